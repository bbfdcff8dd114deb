#include "gateway/rpc/gateway_client.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/grpc_bytes.h"
#include "protos/tracegate/wire_status.h"

namespace tracegate {
namespace {

using grpc::ByteBuffer;
using grpc::internal::RpcMethod;

constexpr int kReceiveBytesMax = 64 << 20;

absl::Status FromGrpcStatus(const grpc::Status& status) {
  return UnpackStatus(status.error_code(), status.error_message(), status.error_details());
}

std::string ReceiptIn(const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find(kReceiptMetadata);
  if (found == metadata.end()) return {};
  return std::string(found->second.data(), found->second.size());
}

std::shared_ptr<grpc::Channel> Connect(const GatewayClient::Options& options) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = options.roots_pem;
  tls.pem_cert_chain = options.certificate_chain_pem;
  tls.pem_private_key = options.private_key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kReceiveBytesMax);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // mutual TLS goes straight to the gateway
  if (!options.tls_name.empty()) arguments.SetSslTargetNameOverride(options.tls_name);
  return grpc::CreateCustomChannel(options.address, grpc::SslCredentials(tls), arguments);
}

// How far requests run ahead of their replies: what is sent and not answered yet lies somewhere on the way, and cannot be
// stopped any more.
class Lead {
 public:
  // Waits until another may be sent; false once the exchange is over.
  bool Take() {
    absl::MutexLock lock(&mutex_);
    const auto may_go_on = [&] { return over_ || ahead_ < GatewayClient::kAheadMax; };
    mutex_.Await(absl::Condition(&may_go_on));
    ++ahead_;
    return !over_;
  }
  void Give() {
    absl::MutexLock lock(&mutex_);
    --ahead_;
  }
  void Close() {
    absl::MutexLock lock(&mutex_);
    over_ = true;
  }

 private:
  absl::Mutex mutex_;
  int ahead_ ABSL_GUARDED_BY(mutex_) = 0;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

class GatewayClient::Impl {
 public:
  explicit Impl(const Options& options) : channel_(Connect(options)) {}

  absl::StatusOr<std::string> Call(const std::string& method, const std::string& request,
                                   absl::Duration timeout, std::string* receipt) {
    grpc::ClientContext context;
    SetDeadline(&context, timeout);
    ByteBuffer reply;
    const auto status = grpc::internal::BlockingUnaryCall<ByteBuffer, ByteBuffer>(
        channel_.get(), RpcMethod(method.c_str(), RpcMethod::NORMAL_RPC, channel_), &context,
        BufferOf(request), &reply);
    if (!status.ok()) return FromGrpcStatus(status);
    if (receipt != nullptr) *receipt = ReceiptIn(context);
    return BytesOf(reply);
  }

  absl::Status Stream(const std::string& method, const std::string& request, absl::Duration timeout,
                      const std::function<bool(const std::string&)>& on_reply) {
    grpc::ClientContext context;
    SetDeadline(&context, timeout);
    std::unique_ptr<grpc::ClientReader<ByteBuffer>> reader(
        grpc::internal::ClientReaderFactory<ByteBuffer>::Create(
            channel_.get(), RpcMethod(method.c_str(), RpcMethod::SERVER_STREAMING, channel_),
            &context, BufferOf(request)));
    ByteBuffer reply;
    while (reader->Read(&reply)) {
      if (on_reply(BytesOf(reply))) continue;
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
    return FromGrpcStatus(reader->Finish());
  }

  absl::Status Exchange(const std::string& method, absl::Duration timeout,
                        const std::function<std::optional<std::string>()>& next,
                        const std::function<bool(const std::string&)>& on_reply) {
    grpc::ClientContext context;
    SetDeadline(&context, timeout);
    std::unique_ptr<grpc::ClientReaderWriter<ByteBuffer, ByteBuffer>> stream(
        grpc::internal::ClientReaderWriterFactory<ByteBuffer, ByteBuffer>::Create(
            channel_.get(), RpcMethod(method.c_str(), RpcMethod::BIDI_STREAMING, channel_),
            &context));
    Lead lead;
    std::thread sender([&] {
      while (lead.Take()) {
        const auto message = next();
        if (!message) break;
        if (!stream->Write(BufferOf(*message))) return;  // Finish says why
      }
      stream->WritesDone();
    });
    bool wanted = true;
    ByteBuffer reply;
    while (wanted && stream->Read(&reply)) {
      wanted = on_reply(BytesOf(reply));
      lead.Give();
    }
    lead.Close();
    if (!wanted) context.TryCancel();
    sender.join();
    const auto status = stream->Finish();
    return wanted ? FromGrpcStatus(status) : absl::OkStatus();
  }

  bool connected() const {
    return channel_->GetState(/*try_to_connect=*/false) == GRPC_CHANNEL_READY;
  }

 private:
  static void SetDeadline(grpc::ClientContext* context, absl::Duration timeout) {
    if (timeout == absl::InfiniteDuration()) return;
    context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(timeout));
  }

  const std::shared_ptr<grpc::Channel> channel_;
};

GatewayClient::GatewayClient(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
GatewayClient::~GatewayClient() = default;

absl::StatusOr<std::string> GatewayClient::CallRaw(const std::string& method,
                                                   const std::string& request,
                                                   absl::Duration timeout, std::string* receipt) {
  return impl_->Call(method, request, timeout, receipt);
}

absl::Status GatewayClient::StreamRaw(const std::string& method, const std::string& request,
                                      absl::Duration timeout,
                                      const std::function<bool(const std::string&)>& reply) {
  return impl_->Stream(method, request, timeout, reply);
}

absl::Status GatewayClient::ExchangeRaw(const std::string& method, absl::Duration timeout,
                                        const std::function<std::optional<std::string>()>& next,
                                        const std::function<bool(const std::string&)>& reply) {
  return impl_->Exchange(method, timeout, next, reply);
}

bool GatewayClient::connected() const { return impl_->connected(); }

}  // namespace tracegate
