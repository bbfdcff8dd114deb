#ifndef TRACEGATE_ADAPTERS_CALL_WATCH_H_
#define TRACEGATE_ADAPTERS_CALL_WATCH_H_

#include <atomic>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// Whether a call may go on: its time is not up, somebody waits for it, the adapter stays.
//
// Thread safety: const methods from any thread.
class CallWatch {
 public:
  CallWatch(std::string registry, absl::Time deadline, std::stop_token cancelled,
            const std::atomic<bool>* closing)
      : registry_(std::move(registry)),
        deadline_(deadline),
        cancelled_(std::move(cancelled)),
        closing_(closing) {}

  bool Cancelled() const { return closing_->load() || cancelled_.stop_requested(); }

  absl::Duration Remaining() const { return deadline_ - absl::Now(); }

  // OK, CANCELLED or DEADLINE_EXCEEDED.
  absl::Status Check() const {
    if (Cancelled()) {
      return Failure(v1::REASON_CANCELLED, "registry '" + registry_ + "': the call was cancelled");
    }
    if (Remaining() <= absl::ZeroDuration()) {
      return Failure(v1::REASON_DEADLINE_EXCEEDED,
                     "registry '" + registry_ + "' did not answer in the call's time");
    }
    return absl::OkStatus();
  }

 private:
  std::string registry_;
  absl::Time deadline_;
  std::stop_token cancelled_;
  const std::atomic<bool>* closing_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CALL_WATCH_H_
