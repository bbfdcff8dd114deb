#include "adapters/plugin/open_plugin_adapter.h"

#include <utility>

#include "adapters/plugin/child_endpoint.h"
#include "adapters/plugin/paced_teller.h"
#include "adapters/plugin/plugin_config.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::StatusOr<std::unique_ptr<AdapterEndpoint>> RemoteOf(
    const config::v1::PluginRegistry& config, const std::string& state,
    std::function<OwnCertificate()> own_certificate) {
  if (!own_certificate) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "plugin.address",
                        "is asked with this gateway's certificate, which needs a bundle of " +
                            state + " in identity.trust");
  }
  auto roots = ReadRoots(config);
  if (!roots.ok()) return roots.status();
  return std::make_unique<RemoteEndpoint>(RemoteEndpoint::Options{
      config.address(), config.tls_name(), *std::move(roots), std::move(own_certificate)});
}

}  // namespace

absl::StatusOr<std::unique_ptr<RegistryAdapter>> OpenPluginAdapter(
    const config::v1::PluginRegistry& config, PluginAdapter::Options options,
    std::function<OwnCertificate()> own_certificate,
    std::function<void(const std::string& trouble)> tell) {
  if (auto sound = CheckPluginConfig(config); !sound.ok()) return sound;
  auto teller = std::make_shared<PacedTeller>(std::move(tell));
  PluginSupervisor::Options process{
      .tell = [teller](const std::string& trouble) { (*teller)(trouble); }};
  if (config.address().empty()) {
    process.endpoint = std::make_unique<ChildEndpoint>(
        ChildEndpoint::Options{.command = CommandOf(config), .tell = process.tell});
  } else {
    auto remote = RemoteOf(config, options.state, std::move(own_certificate));
    if (!remote.ok()) return remote.status();
    process.endpoint = *std::move(remote);
  }
  return std::make_unique<PluginAdapter>(std::move(options), std::move(process));
}

}  // namespace tracegate
