#ifndef TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_CONFIG_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_CONFIG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/plugin/child_process.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// OK where it says one way to reach the adapter, and all that this way needs; a program must be there. CONFIG_INVALID naming
// the field of the registry, as do the others.
absl::Status CheckPluginConfig(const config::v1::PluginRegistry& config);

// What a configured child is run as, with the little of this process's own environment that it gets.
ChildProcess::Command CommandOf(const config::v1::PluginRegistry& config);

// The CA of a remote adapter's certificate, PEM.
absl::StatusOr<std::string> ReadRoots(const config::v1::PluginRegistry& config);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_CONFIG_H_
