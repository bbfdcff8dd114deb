#ifndef TRACEGATE_PROTOS_TRACEGATE_DATES_H_
#define TRACEGATE_PROTOS_TRACEGATE_DATES_H_

#include <string>

#include "absl/time/civil_time.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// Days of which only the month or the year may be known.

// Whether what is known of it is a day, month or year of the calendar. An empty date is.
bool IsRealDate(const v1::Date& date);

// The first and the last day that it can be. The date is real and has a year.
absl::CivilDay FirstDay(const v1::Date& date);
absl::CivilDay LastDay(const v1::Date& date);

// Whether `one` is surely later than `other`. False where either is empty or not real.
bool IsLater(const v1::Date& one, const v1::Date& other);

v1::Date DateOf(absl::CivilDay day);

// Of a date its year alone.
v1::Date YearOf(const v1::Date& date);

// "2024-03-01", "2024-03", "2024"; empty for an empty one.
std::string DateText(const v1::Date& date);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_DATES_H_
