#ifndef TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_
#define TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_

#include <grpcpp/security/auth_metadata_processor.h>

#include "gateway/rpc/call_chain.h"

namespace tracegate {

// gRPC's own reflection service does not go through the call chain: where it is switched on, this lets only identified
// callers reach it. The schema it shows is public; who asks is noted in the operations log.
class ReflectionGuard : public grpc::AuthMetadataProcessor {
 public:
  // `chain` outlives the server.
  explicit ReflectionGuard(const CallChain* chain) : chain_(chain) {}

  bool IsBlocking() const override { return false; }
  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* context,
                       OutputMetadata* consumed, OutputMetadata* response) override;

 private:
  const CallChain* const chain_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_REFLECTION_GUARD_H_
