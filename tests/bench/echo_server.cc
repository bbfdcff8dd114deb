#include "tests/bench/echo_server.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/codegen/service_type.h>

namespace tracegate {
namespace {

using grpc::ByteBuffer;

constexpr int kConcurrentStreamsMax = 1024;  // as the gateway's

}  // namespace

class EchoServer::Impl : public grpc::Service {
 public:
  explicit Impl(const Credential& credential) {
    AddMethod(new grpc::internal::RpcServiceMethod(kEchoMethod,
                                                   grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodRawCallback(0, new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
                                 [this](grpc::CallbackServerContext* context, const ByteBuffer*,
                                        ByteBuffer* response) {
                                   *response = reply_;
                                   grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
                                   reactor->Finish(grpc::Status::OK);
                                   return reactor;
                                 }));
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
    tls.pem_key_cert_pairs.push_back({credential.key_pem, credential.chain_pem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kConcurrentStreamsMax);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }

  ~Impl() override {
    server_->Shutdown();
    server_->Wait();
  }

  void SetReplyBytes(size_t bytes) {
    const grpc::Slice slice(std::string(bytes, 'x'));
    reply_ = ByteBuffer(&slice, 1);
  }
  int port() const { return port_; }

 private:
  ByteBuffer reply_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

EchoServer::EchoServer(const Credential& credential) : impl_(std::make_unique<Impl>(credential)) {}
EchoServer::~EchoServer() = default;

void EchoServer::SetReplyBytes(size_t bytes) { impl_->SetReplyBytes(bytes); }
std::string EchoServer::address() const { return "127.0.0.1:" + std::to_string(impl_->port()); }

}  // namespace tracegate
