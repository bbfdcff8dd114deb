#include "gateway/policy/pair_quota.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::Status PairQuota::Take(const config::v1::Agreement& agreement, absl::Time now) {
  const auto& quota = agreement.quota();
  absl::MutexLock lock(&mutex_);
  Count& count = counts_[agreement.id()];
  if (count.per_minute != quota.per_minute()) {
    count.minute.Configure(quota.per_minute(), quota.per_minute());
    count.per_minute = quota.per_minute();
  }
  if (quota.per_day() > 0 && count.today.Used(now) >= quota.per_day()) {
    return RetryableFailure(v1::REASON_QUOTA_EXCEEDED,
                            "the " + std::to_string(quota.per_day()) +
                                " questions of this UTC day under " + agreement.id() + " are asked",
                            UntilMidnight(now));
  }
  if (const absl::Duration wait = count.minute.Wait(now); wait > absl::ZeroDuration()) {
    return RetryableFailure(
        v1::REASON_RATE_LIMITED,
        agreement.id() + " allows " + std::to_string(quota.per_minute()) + " questions a minute",
        wait);
  }
  count.minute.Take();
  count.today.Add(now);
  return absl::OkStatus();
}

void PairQuota::Restore(std::string_view agreement_id, absl::CivilDay day, int64_t used) {
  absl::MutexLock lock(&mutex_);
  counts_[std::string(agreement_id)].today.Restore(day, used);
}

int64_t PairQuota::UsedToday(std::string_view agreement_id, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  auto found = counts_.find(std::string(agreement_id));
  return found == counts_.end() ? 0 : found->second.today.Used(now);
}

}  // namespace tracegate
