#include "gateway/tracing/retry_wait.h"

#include <algorithm>
#include <random>

namespace tracegate {

absl::Duration RetryWait(const TracingLimits& limits, int attempts) {
  thread_local std::minstd_rand jitter{std::random_device{}()};
  const double share = std::uniform_real_distribution<double>(0.8, 1.2)(jitter);
  return share *
         std::min(limits.retry_first * (int64_t{1} << std::min(attempts, 20)), limits.retry_max);
}

}  // namespace tracegate
