#ifndef TRACEGATE_ADAPTERS_PLUGIN_OPEN_PLUGIN_ADAPTER_H_
#define TRACEGATE_ADAPTERS_PLUGIN_OPEN_PLUGIN_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/plugin/plugin_adapter.h"
#include "adapters/plugin/remote_endpoint.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// The adapter that a configuration names: a program that this gateway runs, or one that runs by itself. Starts and asks
// nothing. `own_certificate` is what the latter is shown, from any thread; empty where this gateway has none for that State.
// `tell` may be empty. Errors: CONFIG_INVALID naming the field.
absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenPluginAdapter(
    const config::v1::PluginRegistry& config, PluginAdapter::Options options,
    std::function<OwnCertificate()> own_certificate,
    std::function<void(const std::string& trouble)> tell);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_OPEN_PLUGIN_ADAPTER_H_
