#ifndef TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_
#define TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/verifier_key.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// The logs that a configuration has this gateway watch, and the peers that cosign its own; by State.
struct LogWatchers {
  std::map<std::string, audit::VerifierKey, std::less<>> logs;  // of `evidence.witnessing.logs`
  std::map<std::string, audit::VerifierKey, std::less<>> cosigners;  // of `registries[].peer`
};

// CONFIG_INVALID naming the key that is none.
absl::StatusOr<LogWatchers> ReadLogWatchers(const config::v1::GatewayConfig& config,
                                            const YamlPlaces& places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_LOG_WATCHERS_H_
