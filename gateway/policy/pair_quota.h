#ifndef TRACEGATE_GATEWAY_POLICY_PAIR_QUOTA_H_
#define TRACEGATE_GATEWAY_POLICY_PAIR_QUOTA_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gateway/policy/day_count.h"
#include "gateway/policy/token_bucket.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// How much is asked under each agreement. The bounds come with the agreement, so that a new configuration changes them
// and keeps the counts; every question is counted, bounded or not, so that a bound set at noon knows the morning.
//
// Thread safety: safe. Its size is the number of agreements ever named.
class PairQuota {
 public:
  // Counts one question. RESOURCE_EXHAUSTED with a retry hint: RATE_LIMITED past the minute's, QUOTA_EXCEEDED past the
  // day's; then nothing is counted.
  absl::Status Take(const config::v1::Agreement& agreement, absl::Time now);

  // Says at the start how many of that UTC day's were used before. Never lowers a count.
  void Restore(std::string_view agreement_id, absl::CivilDay day, int64_t used);

  // Questions counted under that agreement in the UTC day of `now`.
  int64_t UsedToday(std::string_view agreement_id, absl::Time now);

 private:
  struct Count {
    TokenBucket minute{0, 1};
    int32_t per_minute = 0;
    DayCount today;
  };

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Count> counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_PAIR_QUOTA_H_
