#include "adapters/peer/peer_adapter.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/peer/peer_answer.h"
#include "adapters/peer/peer_channel.h"
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

}  // namespace

// A connection and what it was made with.
struct PeerAdapter::Connection {
  Connection(std::shared_ptr<const PeerCredentials> made_with,
             std::shared_ptr<grpc::Channel> channel)
      : credentials(std::move(made_with)), stub(std::move(channel)) {}

  const std::shared_ptr<const PeerCredentials> credentials;
  grpc::GenericStub stub;
};

// How many calls are in flight, on whatever connection; all end with the adapter.
class PeerAdapter::CallsInFlight {
 public:
  explicit CallsInFlight(int calls_max) : calls_max_(calls_max) {}

  // Cancels what is in flight and waits for its callbacks.
  ~CallsInFlight() {
    stop_.request_stop();
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* calls) { return *calls == 0; }, &calls_));
  }

  std::stop_token ending() const { return stop_.get_token(); }

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

 private:
  const int calls_max_;
  std::stop_source stop_;
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
};

namespace {

struct PeerCall {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
  std::optional<std::stop_callback<std::function<void()>>> asker_left;
  std::optional<std::stop_callback<std::function<void()>>> adapter_ends;
};

absl::StatusOr<std::string> ReplyOf(const grpc::Status& status, const grpc::ByteBuffer& reply) {
  if (status.ok()) return BytesOf(reply);
  return UnpackStatus(status.error_code(), status.error_message(), status.error_details());
}

}  // namespace

PeerAdapter::PeerAdapter(Options options)
    : options_(std::move(options)), calls_(std::make_unique<CallsInFlight>(options_.calls_max)) {}

PeerAdapter::~PeerAdapter() = default;

std::shared_ptr<PeerAdapter::Connection> PeerAdapter::Connect() {
  auto credentials = options_.trust->Credentials(options_.peer.state);
  if (credentials == nullptr) return nullptr;
  absl::MutexLock lock(&mutex_);
  if (connection_ == nullptr || connection_->credentials != credentials) {
    auto channel = ConnectPeer(options_.peer, *credentials, options_.trust);
    connection_ = std::make_shared<Connection>(std::move(credentials), std::move(channel));
  }
  return connection_;
}

void PeerAdapter::Call(const RegistryCall& bounds, const char* method, const std::string& request,
                       std::function<void(absl::StatusOr<std::string>)> done) {
  auto connection = Connect();
  if (connection == nullptr) {
    return done(Failure(v1::REASON_PEER_UNAVAILABLE,
                        "no bundle of " + options_.peer.state + " is configured any more"));
  }
  if (!calls_->Enter()) {
    return done(
        RetryableFailure(v1::REASON_OVERLOADED, "too many questions to this peer", kBusyHint));
  }
  auto* call = new PeerCall;
  if (bounds.deadline != absl::InfiniteFuture()) {
    call->context.set_deadline(absl::ToChronoTime(bounds.deadline));
  }
  const grpc::Slice slice(request.data(), request.size());
  call->request = grpc::ByteBuffer(&slice, 1);
  call->asker_left.emplace(bounds.cancelled, [call] { call->context.TryCancel(); });
  call->adapter_ends.emplace(calls_->ending(), [call] { call->context.TryCancel(); });
  connection->stub.UnaryCall(&call->context, method, {}, &call->request, &call->reply,
                             [this, call, connection, done = std::move(done)](grpc::Status status) {
                               call->asker_left.reset();
                               call->adapter_ends.reset();
                               auto reply = ReplyOf(status, call->reply);
                               delete call;
                               done(std::move(reply));
                               calls_->Leave();
                             });
}

adapter::v1::DescribeResponse PeerAdapter::Describe() const {
  adapter::v1::DescribeResponse description;
  description.set_name(options_.name);
  description.add_states(options_.peer.state);
  description.add_search_fields(adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
  description.set_partial_serials(true);
  return description;
}

void PeerAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  v1::CreateTraceRequest ask;
  ask.set_request_id(request.hop_id());
  *ask.mutable_request() = std::move(*request.mutable_request());
  Call(call, kCreateTrace, ask.SerializeAsString(),
       [this, request_id = ask.request_id(), done = std::move(done)](auto reply) {
         if (!reply.ok()) return done(ReadPeerFailure(reply.status(), options_.name));
         done(ReadPeerReply(*std::move(reply), options_.peer.state, request_id, absl::Now()));
       });
}

void PeerAdapter::GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) {
  done(Failure(v1::REASON_METHOD_UNKNOWN, "a peer gateway shows no records by number"));
}

void PeerAdapter::Health(RegistryCall call, HealthDone done) {
  Call(call, kHealthCheck, "", [this, done = std::move(done)](const auto& reply) {
    done(reply.ok() ? absl::OkStatus() : ReadPeerFailure(reply.status(), options_.name));
  });
}

}  // namespace tracegate
