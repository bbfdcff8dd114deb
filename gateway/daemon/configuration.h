#ifndef TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_
#define TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/trust_bundle.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/tracing/house.h"
#include "gateway/tracing/registry_table.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// A configuration file that was read and found sound, and everything that could be built from it without touching the
// store, the network or a registry.
struct Configuration {
  config::v1::GatewayConfig proto;  // defaults filled in, paths resolved
  std::string certificate_chain_pem;
  std::string private_key_pem;
  std::string signing_key_pem;
  std::string gateway_id;     // SPIFFE ID in the certificate
  std::string gateway_state;  // whose trust domain that names; empty where no bundle is bound to it
  absl::Time certificate_not_after;
  std::shared_ptr<const TrustBundles> trust;
  std::unique_ptr<AgreementBook> agreements;
  std::unique_ptr<RegistryTable> registries;
  TracingLimits limits;
};

// Reads a gateway's YAML file and all files it names. Errors: CONFIG_INVALID with file, line and key, and what would
// be right.
absl::StatusOr<Configuration> LoadConfiguration(const std::string& path, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_
