#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CHANCE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CHANCE_H_

#include <cstdint>
#include <random>
#include <vector>

#include "absl/time/time.h"

namespace tracegate::simulation {

// Chance from a seed: the same draws on every machine.
class Chance {
 public:
  explicit Chance(uint64_t seed) : random_(seed) {}

  // 0 to `below` - 1.
  int Below(int below) { return static_cast<int>(random_() % static_cast<uint64_t>(below)); }
  int Between(int low, int high) { return low + Below(high - low + 1); }
  bool OneIn(int count) { return Below(count) == 0; }

  template <typename T>
  const T& OneOf(const std::vector<T>& choices) {
    return choices[static_cast<size_t>(Below(static_cast<int>(choices.size())))];
  }

  // Each doubling of `low` is as likely as the next: seconds and weeks come alike.
  absl::Duration Between(absl::Duration low, absl::Duration high) {
    int doublings = 0;
    while (low * (int64_t{2} << doublings) < high) ++doublings;
    const absl::Duration from = low * (int64_t{1} << Below(doublings + 1));
    return std::min(high, from + from * Below(1000) / 1000);
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CHANCE_H_
