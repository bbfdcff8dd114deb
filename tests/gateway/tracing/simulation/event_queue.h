#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_EVENT_QUEUE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_EVENT_QUEUE_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "absl/time/time.h"

namespace tracegate::simulation {

// Everything that is still to happen, by time, and by the order of posting where the time is the same. Time stands until
// the next event is taken.
class EventQueue {
 public:
  explicit EventQueue(absl::Time start) : now_(start) {}

  absl::Time Now() const { return now_; }

  // One that lies in the past happens next.
  void At(absl::Time when, std::function<void()> event) {
    events_.emplace(std::pair(std::max(when, now_), next_++), std::move(event));
  }

  // Runs the next event, unless it lies after `end`; then false.
  bool RunNext(absl::Time end) {
    if (events_.empty() || events_.begin()->first.first > end) return false;
    auto node = events_.extract(events_.begin());
    now_ = node.key().first;
    node.mapped()();
    return true;
  }

 private:
  absl::Time now_;
  std::map<std::pair<absl::Time, uint64_t>, std::function<void()>> events_;
  uint64_t next_ = 0;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_EVENT_QUEUE_H_
