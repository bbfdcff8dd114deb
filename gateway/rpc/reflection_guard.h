#ifndef TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_
#define TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_

#include <grpc/grpc_security.h>

#include "gateway/rpc/call_chain.h"

namespace tracegate {

// Lets only identified callers use gRPC's reflection service, which is served beside the call chain. Every other call
// passes: the chain judges it. `chain` outlives the server.
grpc_auth_metadata_processor ReflectionGuard(const CallChain* chain);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_
