#include "gateway/cli/typed_time.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<absl::Time> ParseTypedTime(std::string_view option, const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return time;
  if (absl::ParseTime("%Y-%m-%d", text, absl::UTCTimeZone(), &time, &error)) return time;
  return FieldFailure(v1::REASON_CONFIG_INVALID, option,
                      "must be an instant such as 2026-01-31T12:00:00Z, or a day");
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

}  // namespace tracegate
