#include "gateway/cli/record_registries.h"

#include <iostream>

#include "absl/time/clock.h"
#include "gateway/daemon/config_defaults.h"

namespace tracegate {

absl::StatusOr<std::vector<config::v1::Registry>> RecordRegistries(const std::string& config_file,
                                                                   const std::string& name) {
  config::v1::GatewayConfig config;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(config_file, &config, &places); !status.ok()) return status;
  std::vector<config::v1::Registry> registries;
  for (const config::v1::Registry& registry : config.registries()) {
    const bool is_meant = name.empty() || registry.name() == name;
    const bool finds_records = !registry.has_peer() && !registry.has_desk();
    if (finds_records && is_meant) registries.push_back(registry);
  }
  return registries;
}

AdapterSurroundings SurroundingsHere() {
  AdapterSurroundings surroundings{.peer_trust = nullptr, .clock = absl::Now};
  surroundings.tell_trouble = [](const std::string& name, const std::string& trouble) {
    std::cerr << "tracegate: " << name << ": " << trouble << "\n";
  };
  return surroundings;
}

}  // namespace tracegate
