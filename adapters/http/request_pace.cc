#include "adapters/http/request_pace.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// How long a call may be asleep before it is looked again whether anybody waits.
constexpr absl::Duration kLook = absl::Milliseconds(20);

}  // namespace

absl::Status RegistryBusy(const std::string& registry, absl::Duration pause) {
  return RetryableFailure(v1::REASON_REGISTRY_BUSY,
                          "registry '" + registry + "' asks to be asked less often", pause);
}

absl::StatusOr<absl::Time> RequestPace::TakeTurn(absl::Duration remaining) {
  const absl::MutexLock lock(&mutex_);
  const absl::Time now = absl::Now();
  if (paused_until_ > now) return RegistryBusy(registry_, paused_until_ - now);
  const absl::Time turn = std::max(now, next_);
  if (turn - now >= remaining) {
    return RetryableFailure(v1::REASON_OVERLOADED,
                            "registry '" + registry_ + "' is asked as often as it may be",
                            turn - now);
  }
  next_ = turn + step_;
  return turn;
}

absl::Status RequestPace::Await(const CallWatch& watch) {
  if (absl::Status may_go_on = watch.Check(); !may_go_on.ok()) return may_go_on;
  const absl::StatusOr<absl::Time> turn = TakeTurn(watch.Remaining());
  if (!turn.ok()) return turn.status();
  for (absl::Time now = absl::Now(); now < *turn; now = absl::Now()) {
    absl::SleepFor(std::min(*turn - now, kLook));
    if (absl::Status may_go_on = watch.Check(); !may_go_on.ok()) return may_go_on;
  }
  return absl::OkStatus();
}

void RequestPace::Pause(absl::Duration duration) {
  const absl::MutexLock lock(&mutex_);
  paused_until_ = std::max(paused_until_, absl::Now() + duration);
}

}  // namespace tracegate
