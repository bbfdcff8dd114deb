#ifndef TRACEGATE_GATEWAY_TRACING_LISTENERS_H_
#define TRACEGATE_GATEWAY_TRACING_LISTENERS_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tracegate {

// Those who hear of something until they leave. Whoever left is swept out when the list is read, and when it has doubled:
// so adding stays cheap, and nobody who left stays for good.
//
// `Listener` has gone(). Thread safety: none; its owner guards it.
template <typename Listener>
class Listeners {
 public:
  using All = std::vector<std::shared_ptr<Listener>>;

  void Add(std::shared_ptr<Listener> listener) {
    if (all_.size() >= sweep_at_) {
      Sweep();
      sweep_at_ = std::max(kSweepFrom, 2 * all_.size());
    }
    all_.push_back(std::move(listener));
  }
  // Who still listens.
  const All& Present() {
    Sweep();
    return all_;
  }
  All TakeAll() { return std::exchange(all_, {}); }
  // With those who left and were not swept out yet.
  size_t size() const { return all_.size(); }

 private:
  static constexpr size_t kSweepFrom = 64;

  void Sweep() {
    std::erase_if(all_, [](const auto& listener) { return listener->gone(); });
  }

  All all_;
  size_t sweep_at_ = kSweepFrom;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_LISTENERS_H_
