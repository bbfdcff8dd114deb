#include "gateway/cli/show_time.h"

#include "absl/time/time.h"

namespace tracegate {

std::string DayAndTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

}  // namespace tracegate
