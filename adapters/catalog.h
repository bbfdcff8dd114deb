#ifndef TRACEGATE_ADAPTERS_CATALOG_H_
#define TRACEGATE_ADAPTERS_CATALOG_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/circuit_breaker.h"
#include "adapters/peer/peer_trust.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// What adapters of every kind may need of the gateway they stand in.
struct AdapterSurroundings {
  std::shared_ptr<const PeerTrust> peer_trust;
  std::function<absl::Time()> clock;  // no default
  // Called from any thread when a registry is let rest (see CircuitBreaker), and when it is asked again; may be empty.
  std::function<void(const std::string& registry, bool rests)> tell_rest = {};
  // Called from any thread with what whoever keeps a registry should look at; nothing of its contents. May be empty.
  std::function<void(const std::string& registry, const std::string& trouble)> tell_trouble = {};
};

// Builds the adapter of one configured registry, behind a breaker of its own: the explicit list of kinds. Reads the files
// that the kind needs (a mapping) but asks the registry nothing. Errors: CONFIG_INVALID, the field relative to the
// registry.
absl::StatusOr<std::unique_ptr<CircuitBreaker>> BuildAdapter(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings);

// How long one call may take: configured, or 10 s.
absl::Duration TimeoutOf(const config::v1::Registry& registry);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CATALOG_H_
