#ifndef TRACEGATE_GATEWAY_DAEMON_CONFIG_DEFAULTS_H_
#define TRACEGATE_GATEWAY_DAEMON_CONFIG_DEFAULTS_H_

#include <string>

#include "absl/status/status.h"
#include "protos/tracegate/config/yaml_places.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// Fills in what the file leaves out; docs/operating/configuration.md lists the same figures.
void FillDefaults(config::v1::GatewayConfig* config);

// Makes every path absolute: relative ones are relative to the folder of the file.
void ResolvePaths(const std::string& config_path, config::v1::GatewayConfig* config);

// What can be said of the configuration alone: required keys, State codes, bounds, names used twice. The first thing
// wrong, with its place.
absl::Status CheckConfig(const config::v1::GatewayConfig& config, const YamlPlaces& places);

// A configuration as it counts: read, defaults filled in, checked, paths resolved; none of the files it names is read.
// Errors: CONFIG_INVALID with file, line and key.
absl::Status ReadGatewayConfig(const std::string& path, config::v1::GatewayConfig* config,
                               YamlPlaces* places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_CONFIG_DEFAULTS_H_
