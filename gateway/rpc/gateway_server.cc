#include "gateway/rpc/gateway_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>
#include <vector>

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
    if (options.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    const grpc_auth_metadata_processor guard = ReflectionGuard(chain_);
    builder.AddListeningPort(
        options.listen, options.certificate->Credentials(options.reflection ? &guard : nullptr),
        &port_);
    builder.SetMaxReceiveMessageSize(static_cast<int>(options.message_bytes_max) * kReceiveFactor);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kConcurrentStreamsMax);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    for (const auto& service : services_) builder.RegisterService(service.get());
    builder.RegisterCallbackGenericService(&unknown_);
    server_ = builder.BuildAndStart();
    if (server_ != nullptr && port_ != 0) return absl::OkStatus();
    return FieldFailure(v1::REASON_CONFIG_INVALID, "server.listen",
                        "cannot listen on " + options.listen +
                            "; is the address this machine's and the port free?");
  }

  int port() const { return port_; }

  void Shutdown(absl::Duration grace) {
    server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(grace));
    server_->Wait();
  }

 private:
  const CallChain* const chain_;
  std::vector<std::unique_ptr<RecordedService>> services_;
  UnknownMethod unknown_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
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
