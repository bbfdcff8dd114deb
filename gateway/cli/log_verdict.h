#ifndef TRACEGATE_GATEWAY_CLI_LOG_VERDICT_H_
#define TRACEGATE_GATEWAY_CLI_LOG_VERDICT_H_

#include <string>

#include "absl/time/time.h"
#include "gateway/evidence/audit/log_audit.h"
#include "nlohmann/json.hpp"

namespace tracegate {

// What `log verify` says of an audit that took so long: as JSON (docs/reference/cli.md lists the keys), and for people.
nlohmann::json LogVerdict(const audit::AuditReport& report, absl::Duration took);
std::string LogVerdictText(const audit::AuditReport& report, absl::Duration took);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOG_VERDICT_H_
