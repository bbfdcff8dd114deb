#include "gateway/evidence/time_stamp/checkpoint_stamper.h"

#include <algorithm>
#include <utility>

namespace tracegate {

absl::StatusOr<std::unique_ptr<CheckpointStamper>> CheckpointStamper::Start(
    std::unique_ptr<TimeStampAuthority> authority,
    std::unique_ptr<const TimeStampVerifier> verifier, StampingOptions options) {
  if (absl::Status right = CheckStampingOptions(options); !right.ok()) return right;
  return std::unique_ptr<CheckpointStamper>(
      new CheckpointStamper(std::move(authority), std::move(verifier), std::move(options)));
}

CheckpointStamper::CheckpointStamper(std::unique_ptr<TimeStampAuthority> authority,
                                     std::unique_ptr<const TimeStampVerifier> verifier,
                                     StampingOptions options)
    : authority_(std::move(authority)),
      verifier_(std::move(verifier)),
      wait_max_(options.interval),
      clock_(options.clock),
      stamping_(authority_.get(), verifier_.get(), std::move(options)) {
  thread_ = std::thread([this] { Loop(); });
}

CheckpointStamper::~CheckpointStamper() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Signal();
  }
  authority_->Cancel();
  thread_.join();
}

void CheckpointStamper::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
  changed_.Signal();
}

void CheckpointStamper::Loop() {
  while (AwaitTurn(stamping_.Turn())) {
  }
}

bool CheckpointStamper::AwaitTurn(absl::Time next) {
  // Not past an interval, whatever the clock says: it may be set back meanwhile.
  const absl::Duration wait = std::min(next - clock_(), wait_max_);
  absl::MutexLock lock(&mutex_);
  // Woken too early, the next turn has nothing to do and says so.
  if (!stopping_ && !woken_) changed_.WaitWithTimeout(&mutex_, wait);
  woken_ = false;
  return !stopping_;
}

}  // namespace tracegate
