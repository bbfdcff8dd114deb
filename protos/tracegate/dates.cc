#include "protos/tracegate/dates.h"

#include "absl/strings/str_format.h"

namespace tracegate {
namespace {

bool IsSet(const v1::Date& date) { return date.year() != 0 && IsRealDate(date); }

}  // namespace

bool IsRealDate(const v1::Date& date) {
  if (date.year() == 0) return date.month() == 0 && date.day() == 0;
  if (date.year() < 1 || date.year() > 9999) return false;
  if (date.month() == 0) return date.day() == 0;
  if (date.month() < 1 || date.month() > 12 || date.day() < 0) return false;
  if (date.day() == 0) return true;
  // A civil day is brought into its month: 30 February becomes 1 or 2 March.
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return day.month() == date.month() && day.day() == date.day();
}

absl::CivilDay FirstDay(const v1::Date& date) {
  return absl::CivilDay(date.year(), date.month() == 0 ? 1 : date.month(),
                        date.day() == 0 ? 1 : date.day());
}

absl::CivilDay LastDay(const v1::Date& date) {
  if (date.month() == 0) return absl::CivilDay(date.year(), 12, 31);
  if (date.day() == 0) {
    return absl::CivilDay(absl::CivilMonth(date.year(), date.month()) + 1) - 1;
  }
  return absl::CivilDay(date.year(), date.month(), date.day());
}

bool IsLater(const v1::Date& one, const v1::Date& other) {
  return IsSet(one) && IsSet(other) && FirstDay(one) > LastDay(other);
}

v1::Date DateOf(absl::CivilDay day) {
  v1::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

v1::Date YearOf(const v1::Date& date) {
  v1::Date year;
  year.set_year(date.year());
  return year;
}

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "";
  if (date.month() == 0) return absl::StrFormat("%04d", date.year());
  if (date.day() == 0) return absl::StrFormat("%04d-%02d", date.year(), date.month());
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

}  // namespace tracegate
