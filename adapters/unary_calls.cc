#include "adapters/unary_calls.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/wire_status.h"

namespace tracegate {
namespace {

constexpr absl::Duration kBusyHint = absl::Seconds(1);

struct UnaryCall {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
  std::shared_ptr<grpc::GenericStub> stub;
  std::stop_token cancelled;
  std::stop_token ending;
  std::optional<std::stop_callback<std::function<void()>>> asker_left;
  std::optional<std::stop_callback<std::function<void()>>> owner_ends;
};

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.Valid() || !buffer.DumpToSingleSlice(&slice).ok()) return {};
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

absl::StatusOr<std::string> ReplyTo(const UnaryCall& call, const grpc::Status& status) {
  if (status.ok()) return BytesOf(call.reply);
  const bool asked_for = call.cancelled.stop_requested() || call.ending.stop_requested();
  if (status.error_code() == grpc::StatusCode::CANCELLED && !asked_for) {
    return UnpackStatus(grpc::StatusCode::UNAVAILABLE, "the other side broke off", "");
  }
  return UnpackStatus(status.error_code(), status.error_message(), status.error_details());
}

// gRPC ends its callback threads with the last channel that has used them. Where that one goes inside a callback, as it may
// here with its last call, a thread would wait for itself: so a channel that nobody asks anything stays for good.
void KeepCallbackThreads() {
  // volatile: so that it is written down, where a leak detector sees that it is kept.
  static const grpc::GenericStub* volatile const kept = [] {
    auto* stub = new grpc::GenericStub(
        grpc::CreateChannel("unix:/dev/null/nowhere", grpc::InsecureChannelCredentials()));
    auto* call = new UnaryCall;
    const grpc::Slice nothing;
    call->request = grpc::ByteBuffer(&nothing, 1);
    call->context.set_deadline(std::chrono::system_clock::now());
    stub->UnaryCall(&call->context, "/nothing", {}, &call->request, &call->reply,
                    [call](const grpc::Status&) { delete call; });
    return stub;
  }();
  (void)kept;
}

}  // namespace

UnaryCalls::~UnaryCalls() {
  ending_.request_stop();
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](int* callbacks) { return *callbacks == 0; }, &callbacks_));
}

bool UnaryCalls::Enter() {
  absl::MutexLock lock(&mutex_);
  if (calls_ >= calls_max_) return false;
  ++calls_;
  ++callbacks_;
  return true;
}

void UnaryCalls::Answered() {
  absl::MutexLock lock(&mutex_);
  --calls_;
}

void UnaryCalls::Returned() {
  absl::MutexLock lock(&mutex_);
  --callbacks_;
}

void UnaryCalls::Call(const RegistryCall& bounds, const std::shared_ptr<grpc::GenericStub>& stub,
                      const char* method, const std::string& request, Done done) {
  if (!Enter()) {
    return done(RetryableFailure(v1::REASON_OVERLOADED, "too many calls in flight", kBusyHint));
  }
  KeepCallbackThreads();
  auto* call = new UnaryCall;
  if (bounds.deadline != absl::InfiniteFuture()) {
    call->context.set_deadline(absl::ToChronoTime(bounds.deadline));
  }
  const grpc::Slice slice(request.data(), request.size());
  call->request = grpc::ByteBuffer(&slice, 1);
  call->stub = stub;
  call->cancelled = bounds.cancelled;
  call->ending = ending_.get_token();
  call->asker_left.emplace(call->cancelled, [call] { call->context.TryCancel(); });
  call->owner_ends.emplace(call->ending, [call] { call->context.TryCancel(); });
  stub->UnaryCall(&call->context, method, {}, &call->request, &call->reply,
                  [this, call, done = std::move(done)](const grpc::Status& status) {
                    call->asker_left.reset();
                    call->owner_ends.reset();
                    auto reply = ReplyTo(*call, status);
                    delete call;
                    Answered();
                    done(std::move(reply));
                    Returned();
                  });
}

}  // namespace tracegate
