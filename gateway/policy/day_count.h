#ifndef TRACEGATE_GATEWAY_POLICY_DAY_COUNT_H_
#define TRACEGATE_GATEWAY_POLICY_DAY_COUNT_H_

#include <cstdint>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace tracegate {

// How many of a UTC day. A clock that goes back stays in the later day.
class DayCount {
 public:
  int64_t Used(absl::Time now) { return Turn(absl::ToCivilDay(now, absl::UTCTimeZone())); }
  void Add(absl::Time now) {
    Used(now);
    ++used_;
  }
  // At least so many of that day were used; nothing where a later day has begun.
  void Restore(absl::CivilDay day, int64_t used) {
    if (day < day_) return;
    Turn(day);
    if (used > used_) used_ = used;
  }

 private:
  int64_t Turn(absl::CivilDay day) {
    if (day > day_) {
      day_ = day;
      used_ = 0;
    }
    return used_;
  }

  absl::CivilDay day_ = absl::CivilDay::min();
  int64_t used_ = 0;
};

// How long until the next UTC day begins; more than zero.
inline absl::Duration UntilMidnight(absl::Time now) {
  const absl::CivilDay tomorrow = absl::ToCivilDay(now, absl::UTCTimeZone()) + 1;
  return absl::FromCivil(tomorrow, absl::UTCTimeZone()) - now;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_DAY_COUNT_H_
