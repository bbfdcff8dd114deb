#ifndef TRACEGATE_ADAPTERS_CATALOG_H_
#define TRACEGATE_ADAPTERS_CATALOG_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/peer/peer_trust.h"
#include "adapters/registry_adapter.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// What adapters of every kind may need of the gateway they stand in.
struct AdapterSurroundings {
  std::shared_ptr<const PeerTrust> peer_trust;
};

// Builds the adapter of one configured registry: the explicit list of kinds. Reads the files that the kind needs (a
// mapping) but asks the registry nothing. Errors: CONFIG_INVALID, the field relative to the registry.
absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildAdapter(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings);

// How long one call may take: configured, or 10 s.
absl::Duration TimeoutOf(const config::v1::Registry& registry);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CATALOG_H_
