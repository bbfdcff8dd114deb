#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_TIMERS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_TIMERS_H_

#include <functional>
#include <map>
#include <utility>

#include "gateway/tracing/timers.h"

namespace tracegate::simulation {

// Timers of one life of a gateway: events in the simulation's queue.
class SimulatedTimers : public Timers {
 public:
  // Has the event happen at that time by the gateway's clock, if the gateway still lives the same life.
  using Post = std::function<void(absl::Time, std::function<void()>)>;

  explicit SimulatedTimers(Post post) : post_(std::move(post)) {}

  Id At(absl::Time when, std::function<void()> callback) override {
    const Id id = next_++;
    if (stopped_) return id;
    waiting_.emplace(id, std::move(callback));
    post_(when, [this, id] { Fire(id); });
    return id;
  }

  void Cancel(Id id) override { waiting_.erase(id); }

  // Drops what waits, and takes nothing any more.
  void Stop() {
    stopped_ = true;
    std::exchange(waiting_, {}).clear();
  }

 private:
  void Fire(Id id) {
    if (auto node = waiting_.extract(id)) node.mapped()();
  }

  const Post post_;
  std::map<Id, std::function<void()>> waiting_;
  Id next_ = 1;
  bool stopped_ = false;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_TIMERS_H_
