#include "gateway/rpc/recorded_service.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/security/auth_context.h>

#include <memory>
#include <utility>

#include "gateway/rpc/grpc_bytes.h"
#include "gateway/rpc/item_exchange.h"
#include "gateway/rpc/reply_writer.h"

namespace tracegate {
namespace {

using grpc::ByteBuffer;
using grpc::internal::RpcMethod;

std::string PropertyOf(const grpc::AuthContext& context, const char* name) {
  const auto values = context.FindPropertyValues(name);
  if (values.empty()) return {};
  return std::string(values[0].data(), values[0].size());
}

}  // namespace

void ReadCertificate(const grpc::AuthContext& context, IncomingCall* incoming) {
  incoming->leaf_pem = PropertyOf(context, GRPC_X509_PEM_CERT_PROPERTY_NAME);
  incoming->chain_pem = PropertyOf(context, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME);
}

IncomingCall IncomingFrom(const grpc::ServerContextBase& context, const std::string& method) {
  IncomingCall incoming;
  incoming.method = method;
  incoming.peer = context.peer();
  incoming.deadline = absl::FromChrono(context.deadline());
  if (const auto auth = context.auth_context(); auth != nullptr) ReadCertificate(*auth, &incoming);
  return incoming;
}

RecordedService::RecordedService(const google::protobuf::ServiceDescriptor& service,
                                 const CallChain* chain)
    : chain_(chain) {
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& method = *service.method(i);
    const std::string& name = names_.emplace_back("/" + service.full_name() + "/" + method.name());
    if (method.client_streaming()) {
      AddClientStream(i, name);
    } else if (method.server_streaming()) {
      AddServerStream(i, name);
    } else {
      AddUnary(i, name);
    }
  }
}

void RecordedService::AddUnary(int index, const std::string& name) {
  AddMethod(new grpc::internal::RpcServiceMethod(name.c_str(), RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(index, new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
                                   [this, &name](grpc::CallbackServerContext* context,
                                                 const ByteBuffer* request, ByteBuffer* response) {
                                     grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
                                     IncomingCall incoming = IncomingFrom(*context, name);
                                     incoming.request_bytes = BytesOf(*request);
                                     incoming.give_receipt = [context](const std::string& receipt) {
                                       context->AddTrailingMetadata(kReceiptMetadata, receipt);
                                     };
                                     chain_->RunUnary(
                                         std::move(incoming), [reactor, response](auto reply) {
                                           if (reply.ok()) *response = BufferOf(*reply);
                                           reactor->Finish(ToGrpcStatus(reply.status()));
                                         });
                                     return reactor;
                                   }));
}

void RecordedService::AddServerStream(int index, const std::string& name) {
  AddMethod(
      new grpc::internal::RpcServiceMethod(name.c_str(), RpcMethod::SERVER_STREAMING, nullptr));
  MarkMethodRawCallback(
      index, new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
                 [this, &name](grpc::CallbackServerContext* context,
                               const ByteBuffer* request) -> grpc::ServerWriteReactor<ByteBuffer>* {
                   IncomingCall incoming = IncomingFrom(*context, name);
                   incoming.request_bytes = BytesOf(*request);
                   auto writer = ReplyWriter::Create();
                   chain_->RunStream(std::move(incoming), writer);
                   return writer.get();
                 }));
}

void RecordedService::AddClientStream(int index, const std::string& name) {
  AddMethod(new grpc::internal::RpcServiceMethod(name.c_str(), RpcMethod::BIDI_STREAMING, nullptr));
  MarkMethodRawCallback(index, new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
                                   [this, &name](grpc::CallbackServerContext* context)
                                       -> grpc::ServerBidiReactor<ByteBuffer, ByteBuffer>* {
                                     auto exchange = ItemExchange::Create();
                                     chain_->RunItems(IncomingFrom(*context, name), exchange,
                                                      exchange);
                                     return exchange.get();
                                   }));
}

}  // namespace tracegate
