#ifndef TRACEGATE_GATEWAY_CLI_TYPED_TIME_H_
#define TRACEGATE_GATEWAY_CLI_TYPED_TIME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// An instant that somebody typed: RFC 3339, or a day (its beginning, UTC). Errors: CONFIG_INVALID naming the option.
absl::StatusOr<absl::Time> ParseTypedTime(std::string_view option, const std::string& text);

// `2026-01-31T12:00:00Z`.
std::string TimeText(absl::Time time);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TYPED_TIME_H_
