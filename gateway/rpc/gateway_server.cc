#include "gateway/rpc/gateway_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>
#include <vector>

#include "gateway/rpc/listener.h"
#include "gateway/rpc/recorded_service.h"
#include "gateway/rpc/reflection_guard.h"
#include "gateway/rpc/served_contract.h"
#include "gateway/rpc/unknown_method.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// gRPC's own bound is wider than ours, so that a message somewhat too large is refused with a reason and recorded.
constexpr int kReceiveFactor = 4;
constexpr int kConcurrentStreamsMax = 1024;

}  // namespace

class GatewayServer::Impl {
 public:
  explicit Impl(const CallChain* chain) : chain_(chain), unknown_(chain) {
    for (const auto* service : ServedContract()) {
      services_.push_back(std::make_unique<RecordedService>(*service, chain));
    }
  }

  absl::Status Start(const Options& options) {
    auto listener = Listener::Bind(options.listen);
    if (!listener.ok()) return listener.status();
    listener_ = *std::move(listener);
    if (options.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    const grpc_auth_metadata_processor guard = ReflectionGuard(chain_);
    auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
        options.certificate->Credentials(options.reflection ? &guard : nullptr));
    builder.SetMaxReceiveMessageSize(static_cast<int>(options.message_bytes_max) * kReceiveFactor);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kConcurrentStreamsMax);
    for (const auto& service : services_) builder.RegisterService(service.get());
    builder.RegisterCallbackGenericService(&unknown_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) return Failure(v1::REASON_INTERNAL, "the gRPC server does not start");
    listener_->Serve(std::move(acceptor), options.connections);
    return absl::OkStatus();
  }

  int port() const { return listener_->port(); }

  void Shutdown(absl::Duration grace) {
    listener_->Close();
    server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(grace));
    server_->Wait();
  }

 private:
  const CallChain* const chain_;
  std::vector<std::unique_ptr<RecordedService>> services_;
  UnknownMethod unknown_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Listener> listener_;  // ends before the server does
};

GatewayServer::GatewayServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GatewayServer::~GatewayServer() = default;

absl::StatusOr<std::unique_ptr<GatewayServer>> GatewayServer::Start(const Options& options,
                                                                    const CallChain* chain) {
  auto impl = std::make_unique<Impl>(chain);
  if (auto status = impl->Start(options); !status.ok()) return status;
  return std::unique_ptr<GatewayServer>(new GatewayServer(std::move(impl)));
}

int GatewayServer::port() const { return impl_->port(); }

void GatewayServer::Shutdown(absl::Duration grace) { impl_->Shutdown(grace); }

}  // namespace tracegate
