#include "gateway/rpc/unknown_method.h"

#include "gateway/rpc/grpc_bytes.h"
#include "gateway/rpc/recorded_service.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

class RefusedCall : public grpc::ServerGenericBidiReactor {
 public:
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerGenericBidiReactor* UnknownMethod::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  auto* call = new RefusedCall;
  chain_->Refuse(IncomingFrom(*context, context->method()),
                 Failure(v1::REASON_METHOD_UNKNOWN, "there is no such RPC"),
                 [call](absl::Status why) { call->Finish(ToGrpcStatus(why)); });
  return call;
}

}  // namespace tracegate
