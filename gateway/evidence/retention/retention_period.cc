#include "gateway/evidence/retention/retention_period.h"

#include "absl/time/civil_time.h"

namespace tracegate {
namespace {

// Days in so many years running: at most one leap day in four years begun, at least one in four years passed, but for
// one that a century may miss.
int DaysAtMost(int years) { return years * 365 + (years + 3) / 4; }
int DaysAtLeast(int years) { return years * 365 + (years > 4 ? years / 4 - 1 : 0); }

}  // namespace

absl::Time EndOf(absl::Time begin, const RetentionPeriod& period) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::CivilSecond from = absl::ToCivilSecond(begin, utc);
  const absl::Duration below_second = begin - absl::FromCivil(from, utc);
  // The constructor carries 29 February over to 1 March, and days over into months.
  const absl::CivilDay year_later(from.year() + period.years, from.month(), from.day());
  const absl::CivilDay day = year_later + period.days;
  const absl::CivilSecond end(day.year(), day.month(), day.day(), from.hour(), from.minute(),
                              from.second());
  return absl::FromCivil(end, utc) + below_second;
}

bool CanBeShorter(const RetentionPeriod& next, const RetentionPeriod& former) {
  const int years = former.years - next.years;
  if (years >= 0) return next.days < former.days + DaysAtMost(years);
  return next.days + DaysAtLeast(-years) < former.days;
}

}  // namespace tracegate
