#ifndef TRACEGATE_GATEWAY_CLI_TYPED_DAY_H_
#define TRACEGATE_GATEWAY_CLI_TYPED_DAY_H_

#include <string>

#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// Days that somebody typed: `2026-01-31`, `2026-01` or `2026`. Errors: CONFIG_INVALID naming the option.

// As much as was typed.
absl::StatusOr<v1::Date> ParseDay(const std::string& option, const std::string& text);
// The first and the last day of what was typed.
absl::StatusOr<v1::Date> ParseFirstDay(const std::string& option, const std::string& text);
absl::StatusOr<v1::Date> ParseLastDay(const std::string& option, const std::string& text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TYPED_DAY_H_
