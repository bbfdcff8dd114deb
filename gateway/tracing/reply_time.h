#ifndef TRACEGATE_GATEWAY_TRACING_REPLY_TIME_H_
#define TRACEGATE_GATEWAY_TRACING_REPLY_TIME_H_

#include <algorithm>

#include "absl/time/time.h"

namespace tracegate {

// When to reply with what there is to a caller who waits until `deadline`, and no longer than `wait_max`: leaves the reply
// time to be recorded and to travel.
inline absl::Time ReplyTime(absl::Time now, absl::Time deadline, absl::Duration wait_max) {
  const absl::Duration left = std::min(deadline - now, wait_max);
  const absl::Duration margin = std::clamp(left / 10, absl::Milliseconds(20), absl::Seconds(1));
  return now + std::max(left - margin, left / 2);
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_REPLY_TIME_H_
