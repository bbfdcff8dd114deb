#include "gateway/cli/typed_day.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "adapters/mapping/date_format.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<v1::Date> ParseDay(const std::string& option, const std::string& text) {
  for (const char* const format : {"%Y-%m-%d", "%Y-%m", "%Y"}) {
    const auto date = DateFormat::Parse(format)->Read(text);
    if (date.ok()) return date;
  }
  return FieldFailure(v1::REASON_CONFIG_INVALID, option,
                      "must be a day such as 2026-01-31, a month or a year");
}

absl::StatusOr<v1::Date> ParseFirstDay(const std::string& option, const std::string& text) {
  auto date = ParseDay(option, text);
  if (!date.ok()) return date;
  date->set_month(std::max(date->month(), 1));
  date->set_day(std::max(date->day(), 1));
  return date;
}

absl::StatusOr<v1::Date> ParseLastDay(const std::string& option, const std::string& text) {
  auto date = ParseDay(option, text);
  if (!date.ok() || date->day() != 0) return date;
  if (date->month() == 0) date->set_month(12);
  const absl::CivilDay last(absl::CivilMonth(date->year(), date->month()) + 1);
  date->set_day((last - 1).day());
  return date;
}

}  // namespace tracegate
