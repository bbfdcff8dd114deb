#ifndef TRACEGATE_GATEWAY_TRACING_REGISTRY_TABLE_H_
#define TRACEGATE_GATEWAY_TRACING_REGISTRY_TABLE_H_

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "adapters/cross_checker.h"
#include "adapters/partner_gateway.h"
#include "adapters/registry_adapter.h"
#include "adapters/registry_standing.h"

namespace tracegate {

// One registry this gateway can ask.
struct Registry {
  std::string name;
  std::string state;  // whose records it holds
  // A peer gateway, asked over the border by mutual TLS; otherwise a registry of this house.
  bool is_peer = false;
  absl::Duration timeout;
  std::unique_ptr<RegistryAdapter> adapter;
  // People answer: days may pass.
  bool is_desk = false;
  // Whether it can be asked just now, as far as is known; may be empty: nothing is.
  std::function<RegistryStanding()> standing = {};
  // The adapter itself, where it says by itself whether it knows an item; null: its records are compared here.
  CrossChecker* cross_checker = nullptr;
  // The adapter itself, where it is another State's gateway that is asked about transfers.
  PartnerGateway* partner = nullptr;
};

// Which States this gateway serves, and what it can ask of whom. Immutable.
class RegistryTable {
 public:
  RegistryTable(std::set<std::string, std::less<>> states_served, std::vector<Registry> registries)
      : states_served_(std::move(states_served)), registries_(std::move(registries)) {}

  // Whether that State's agencies use this gateway as their own.
  bool Serves(std::string_view state) const { return states_served_.contains(state); }

  // The registry to ask for that State's records; null where there is none.
  const Registry* ForState(std::string_view state) const {
    for (const Registry& registry : registries_) {
      if (registry.state == state) return &registry;
    }
    return nullptr;
  }

  const std::vector<Registry>& registries() const { return registries_; }
  const std::set<std::string, std::less<>>& states_served() const { return states_served_; }

 private:
  const std::set<std::string, std::less<>> states_served_;
  const std::vector<Registry> registries_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_REGISTRY_TABLE_H_
