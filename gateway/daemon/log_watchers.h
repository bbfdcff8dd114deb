#ifndef TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_
#define TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/evidence/audit/verifier_key.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// The logs and cosigners of other States that a configuration names, by State.
struct LogWatchers {
  std::map<std::string, audit::VerifierKey, std::less<>> logs;       // watched here
  std::map<std::string, audit::VerifierKey, std::less<>> cosigners;  // that cosign this log
};

// CONFIG_INVALID naming the key that is none.
absl::StatusOr<LogWatchers> ReadLogWatchers(const config::v1::GatewayConfig& config,
                                            const YamlPlaces& places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_
