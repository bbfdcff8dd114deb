#include "gateway/tracing/trace_audience.h"

#include <algorithm>

namespace tracegate {

std::optional<TraceAudience::Waiter> TraceAudience::Take(uint64_t number) {
  const auto found = std::find_if(waiters_.begin(), waiters_.end(),
                                  [&](const Waiter& waiter) { return waiter.number == number; });
  if (found == waiters_.end()) return std::nullopt;
  Waiter waiter = std::move(*found);
  waiters_.erase(found);
  return waiter;
}

std::vector<uint64_t> TraceAudience::numbers() const {
  std::vector<uint64_t> numbers;
  for (const Waiter& waiter : waiters_) numbers.push_back(waiter.number);
  return numbers;
}

void TraceAudience::Add(Watcher watcher, int64_t seen) {
  watchers_.Add(std::make_shared<Watching>(Watching{std::move(watcher), seen}));
}

TraceAudience::Watchers TraceAudience::Hear(int64_t revision) {
  Watchers hearing;
  for (const auto& watching : watchers_.Present()) {
    if (watching->seen >= revision) continue;
    watching->seen = revision;
    hearing.push_back(watching);
  }
  return hearing;
}

}  // namespace tracegate
