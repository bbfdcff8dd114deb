#ifndef TRACEGATE_GATEWAY_RPC_RECORDED_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_RECORDED_SERVICE_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>

#include <deque>
#include <string>

#include "gateway/rpc/call_chain.h"

namespace tracegate {

// One proto service as gRPC sees it: every RPC of the descriptor, as raw bytes into the call chain. So no RPC can be
// served past the chain, and one that nothing handles yet is refused and recorded like any other.
class RecordedService : public grpc::Service {
 public:
  // `chain` outlives the server.
  RecordedService(const google::protobuf::ServiceDescriptor& service, const CallChain* chain);

 private:
  void AddUnary(int index, const std::string& name);
  void AddServerStream(int index, const std::string& name);
  void AddClientStream(int index, const std::string& name);

  const CallChain* const chain_;
  std::deque<std::string> names_;  // gRPC keeps pointers into these
};

// The certificate of a TLS session, as the peer sent it.
void ReadCertificate(const grpc::AuthContext& context, IncomingCall* incoming);

// What gRPC knows of a call, for the chain.
IncomingCall IncomingFrom(const grpc::ServerContextBase& context, const std::string& method);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_RECORDED_SERVICE_H_
