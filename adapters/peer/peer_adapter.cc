#include "adapters/peer/peer_adapter.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/peer/peer_answer.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/wire_status.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kCreateTrace[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr absl::Duration kBusyHint = absl::Seconds(1);

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.Valid() || !buffer.DumpToSingleSlice(&slice).ok()) return {};
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

std::shared_ptr<grpc::Channel> Connect(const PeerAdapter::Options& options) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = options.roots_pem;
  tls.pem_cert_chain = options.certificate_chain_pem;
  tls.pem_private_key = options.private_key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // mutual TLS goes straight to the gateway
  if (!options.tls_name.empty()) arguments.SetSslTargetNameOverride(options.tls_name);
  return grpc::CreateCustomChannel(options.address, grpc::SslCredentials(tls), arguments);
}

}  // namespace

// The connection and the calls in flight on it.
class PeerAdapter::Channel {
 public:
  using Done = std::function<void(absl::StatusOr<std::string>)>;

  explicit Channel(const Options& options)
      : calls_max_(options.calls_max), stub_(Connect(options)) {}

  // Cancels what is in flight and waits for its callbacks.
  ~Channel() {
    stop_.request_stop();
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* calls) { return *calls == 0; }, &calls_));
  }

  void Call(const RegistryCall& bounds, const char* method, const std::string& request, Done done) {
    if (!Enter()) {
      return done(RetryableFailure(v1::REASON_OVERLOADED, "too many questions to this peer",
                                   kBusyHint));
    }
    auto* call = new InFlight;
    if (bounds.deadline != absl::InfiniteFuture()) {
      call->context.set_deadline(absl::ToChronoTime(bounds.deadline));
    }
    const grpc::Slice slice(request.data(), request.size());
    call->request = grpc::ByteBuffer(&slice, 1);
    call->asker_left.emplace(bounds.cancelled, [call] { call->context.TryCancel(); });
    call->adapter_ends.emplace(stop_.get_token(), [call] { call->context.TryCancel(); });
    stub_.UnaryCall(&call->context, method, {}, &call->request, &call->reply,
                    [this, call, done = std::move(done)](grpc::Status status) {
                      call->asker_left.reset();
                      call->adapter_ends.reset();
                      auto reply = status.ok() ? absl::StatusOr<std::string>(BytesOf(call->reply))
                                               : UnpackStatus(status.error_code(),
                                                              status.error_message(),
                                                              status.error_details());
                      delete call;
                      done(std::move(reply));
                      Leave();
                    });
  }

 private:
  struct InFlight {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer reply;
    std::optional<std::stop_callback<std::function<void()>>> asker_left;
    std::optional<std::stop_callback<std::function<void()>>> adapter_ends;
  };

  bool Enter() {
    absl::MutexLock lock(&mutex_);
    if (calls_ >= calls_max_) return false;
    ++calls_;
    return true;
  }

  void Leave() {
    absl::MutexLock lock(&mutex_);
    --calls_;
  }

  const int calls_max_;
  grpc::GenericStub stub_;
  std::stop_source stop_;
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
};

PeerAdapter::PeerAdapter(Options options)
    : options_(std::move(options)), channel_(std::make_unique<Channel>(options_)) {}

PeerAdapter::~PeerAdapter() = default;

adapter::v1::DescribeResponse PeerAdapter::Describe() const {
  adapter::v1::DescribeResponse description;
  description.set_name(options_.name);
  description.add_states(options_.state);
  description.add_search_fields(adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
  description.set_partial_serials(true);
  return description;
}

void PeerAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  v1::CreateTraceRequest ask;
  ask.set_request_id(request.hop_id());
  *ask.mutable_request() = std::move(*request.mutable_request());
  channel_->Call(call, kCreateTrace, ask.SerializeAsString(),
                 [this, request_id = ask.request_id(), done = std::move(done)](auto reply) {
                   if (!reply.ok()) return done(ReadPeerFailure(reply.status(), options_.name));
                   done(ReadPeerReply(*std::move(reply), options_.state, request_id, absl::Now()));
                 });
}

void PeerAdapter::GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) {
  done(Failure(v1::REASON_METHOD_UNKNOWN, "a peer gateway shows no records by number"));
}

void PeerAdapter::Health(RegistryCall call, HealthDone done) {
  channel_->Call(call, kHealthCheck, "",
                 [this, done = std::move(done)](const auto& reply) {
                   done(reply.ok() ? absl::OkStatus()
                                   : ReadPeerFailure(reply.status(), options_.name));
                 });
}

}  // namespace tracegate
