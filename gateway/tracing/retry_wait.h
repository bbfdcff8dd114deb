#ifndef TRACEGATE_GATEWAY_TRACING_RETRY_WAIT_H_
#define TRACEGATE_GATEWAY_TRACING_RETRY_WAIT_H_

#include "absl/time/time.h"
#include "gateway/tracing/house.h"

namespace tracegate {

// How long to wait before something is tried again that failed once more than `attempts` times: retry_first, doubled each
// time, at most retry_max; a fifth more or less, so that what failed together does not come back together. Any thread.
absl::Duration RetryWait(const TracingLimits& limits, int attempts);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_RETRY_WAIT_H_
