#include "adapters/peer/peer_caller.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <utility>

#include "adapters/peer/peer_channel.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/wire_status.h"

namespace tracegate {
namespace {

constexpr absl::Duration kBusyHint = absl::Seconds(1);

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.Valid() || !buffer.DumpToSingleSlice(&slice).ok()) return {};
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

}  // namespace

// A connection and what it was made with.
struct PeerCaller::Connection {
  Connection(std::shared_ptr<const PeerCredentials> made_with,
             std::shared_ptr<grpc::Channel> channel)
      : credentials(std::move(made_with)), stub(std::move(channel)) {}

  const std::shared_ptr<const PeerCredentials> credentials;
  grpc::GenericStub stub;
};

// How many calls are in flight, on whatever connection; all end with the adapter.
class PeerCaller::CallsInFlight {
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

PeerCaller::PeerCaller(PeerAddress peer, std::shared_ptr<const PeerTrust> trust, int calls_max)
    : peer_(std::move(peer)),
      trust_(std::move(trust)),
      calls_(std::make_unique<CallsInFlight>(calls_max)) {}

PeerCaller::~PeerCaller() = default;

std::shared_ptr<PeerCaller::Connection> PeerCaller::Connect() {
  auto credentials = trust_->Credentials(peer_.state);
  if (credentials == nullptr) return nullptr;
  absl::MutexLock lock(&mutex_);
  if (connection_ == nullptr || connection_->credentials != credentials) {
    auto channel = ConnectPeer(peer_, *credentials, trust_);
    connection_ = std::make_shared<Connection>(std::move(credentials), std::move(channel));
  }
  return connection_;
}

void PeerCaller::Call(const RegistryCall& bounds, const char* method, const std::string& request,
                      Done done) {
  auto connection = Connect();
  if (connection == nullptr) {
    return done(Failure(v1::REASON_PEER_UNAVAILABLE,
                        "no bundle of " + peer_.state + " is configured any more"));
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

}  // namespace tracegate
