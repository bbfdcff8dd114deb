#include "gateway/transfers/one_at_a_time.h"

#include <utility>

namespace tracegate {

void OneAtATime::Enter(const std::string& name, std::function<void()> turn) {
  {
    absl::MutexLock lock(&mutex_);
    const auto [found, first] = waiting_.try_emplace(name);
    if (!first) return found->second.push_back(std::move(turn));
  }
  turn();
}

void OneAtATime::Leave(const std::string& name) {
  std::function<void()> next;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = waiting_.find(name);
    if (found->second.empty()) {
      waiting_.erase(found);
      return;
    }
    next = std::move(found->second.front());
    found->second.pop_front();
  }
  next();
}

}  // namespace tracegate
