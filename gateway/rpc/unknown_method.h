#ifndef TRACEGATE_GATEWAY_RPC_UNKNOWN_METHOD_H_
#define TRACEGATE_GATEWAY_RPC_UNKNOWN_METHOD_H_

#include <grpcpp/generic/async_generic_service.h>

#include "gateway/rpc/call_chain.h"

namespace tracegate {

// Takes every call to a method that no service has: refused as METHOD_UNKNOWN, and recorded.
class UnknownMethod : public grpc::CallbackGenericService {
 public:
  // `chain` outlives the server.
  explicit UnknownMethod(const CallChain* chain) : chain_(chain) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  const CallChain* const chain_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_UNKNOWN_METHOD_H_
