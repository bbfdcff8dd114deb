#ifndef TRACEGATE_GATEWAY_CLI_FORECAST_REPORT_H_
#define TRACEGATE_GATEWAY_CLI_FORECAST_REPORT_H_

#include <string>

#include "absl/time/time.h"
#include "gateway/evidence/retention/retention_forecast.h"
#include "nlohmann/json.hpp"

namespace tracegate {

// What `retention plan` prints; docs/reference/cli.md names the fields.
nlohmann::json ForecastReport(const RetentionForecast& forecast, absl::Time at);
std::string ForecastText(const RetentionForecast& forecast, absl::Time at);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_FORECAST_REPORT_H_
