#include "gateway/cli/show_time.h"

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace tracegate {

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "";
  std::string text = absl::StrFormat("%04d", date.year());
  if (date.month() != 0) text += absl::StrFormat("-%02d", date.month());
  if (date.day() != 0) text += absl::StrFormat("-%02d", date.day());
  return text;
}

std::string DayAndTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

}  // namespace tracegate
