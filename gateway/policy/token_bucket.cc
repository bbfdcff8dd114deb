#include "gateway/policy/token_bucket.h"

#include <algorithm>

namespace tracegate {
namespace {

// What the arithmetic of doubles may lose: a call at the very instant of its hint is let through.
constexpr double kWhole = 1.0 - 1e-6;

}  // namespace

TokenBucket::TokenBucket(int64_t per_minute, int64_t burst)
    : per_minute_(per_minute),
      burst_(static_cast<double>(std::max<int64_t>(burst, 1))),
      tokens_(burst_) {}

void TokenBucket::Configure(int64_t per_minute, int64_t burst) {
  const double taken = burst_ - tokens_;
  per_minute_ = per_minute;
  burst_ = static_cast<double>(std::max<int64_t>(burst, 1));
  tokens_ = std::max(burst_ - taken, 0.0);
}

absl::Duration TokenBucket::Wait(absl::Time now, int64_t spare) {
  Refill(now);
  const double tokens = tokens_ - static_cast<double>(spare);
  if (per_minute_ < 1 || tokens >= kWhole) return absl::ZeroDuration();
  // A wait rounded to nothing would be no hint.
  return std::max(absl::Minutes((1.0 - tokens) / static_cast<double>(per_minute_)),
                  absl::Milliseconds(1));
}

void TokenBucket::Take() {
  if (per_minute_ >= 1) tokens_ = std::max(tokens_ - 1.0, 0.0);
}

bool TokenBucket::Full(absl::Time now) {
  Refill(now);
  return per_minute_ < 1 || tokens_ >= burst_;
}

void TokenBucket::Refill(absl::Time now) {
  if (now <= filled_at_) return;
  if (per_minute_ < 1) {
    filled_at_ = now;
    return;
  }
  const double minutes = absl::FDivDuration(now - filled_at_, absl::Minutes(1));
  tokens_ = std::min(burst_, tokens_ + minutes * static_cast<double>(per_minute_));
  filled_at_ = now;
}

}  // namespace tracegate
