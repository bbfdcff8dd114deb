#ifndef TRACEGATE_ADAPTERS_HTTP_REQUEST_PACE_H_
#define TRACEGATE_ADAPTERS_HTTP_REQUEST_PACE_H_

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/call_watch.h"

namespace tracegate {

// How often one registry may be asked, and when it said that it may be asked again.
//
// Thread safety: all methods from any thread.
class RequestPace {
 public:
  // `per_second` 0: as often as one likes. `registry`: its name, for messages.
  RequestPace(std::string registry, int per_second)
      : registry_(std::move(registry)),
        step_(per_second == 0 ? absl::ZeroDuration() : absl::Seconds(1) / per_second) {}

  // Returns when a request may start. Refuses at once, with a hint, where that would be past the call's time
  // (OVERLOADED) or the registry asked to be left alone (REGISTRY_BUSY); CANCELLED and DEADLINE_EXCEEDED as the watch.
  absl::Status Await(const CallWatch& watch);

  // The registry asked not to be asked for so long.
  void Pause(absl::Duration duration);

 private:
  // When a request may start, which no other then does.
  absl::StatusOr<absl::Time> TakeTurn(absl::Duration remaining);

  const std::string registry_;
  const absl::Duration step_;
  absl::Mutex mutex_;
  absl::Time next_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Time paused_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

// What a registry that asked for so long a pause is refused with.
absl::Status RegistryBusy(const std::string& registry, absl::Duration pause);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_REQUEST_PACE_H_
