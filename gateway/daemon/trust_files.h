#ifndef TRACEGATE_GATEWAY_DAEMON_TRUST_FILES_H_
#define TRACEGATE_GATEWAY_DAEMON_TRUST_FILES_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/trust_bundle.h"
#include "protos/tracegate/config/yaml_places.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// What a configuration says of each State's trust, with the bundles and CRLs read from their files. Paths are resolved
// already. `loaded_at` is when CRLs are first read: whoever reads them again puts the former instant back where the
// contents are the same, or a missing CRL's grace would begin anew.
// Errors: CONFIG_INVALID with the place of the key whose file cannot be read.
absl::StatusOr<std::vector<TrustBundleSource>> ReadTrustFiles(const config::v1::Identity& identity,
                                                              const YamlPlaces& places,
                                                              absl::Time loaded_at);

// The same, loaded. Errors: CONFIG_INVALID naming the State and what is unsound.
absl::StatusOr<std::shared_ptr<const TrustBundles>> LoadTrust(
    const std::vector<TrustBundleSource>& sources, const YamlPlaces& places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_TRUST_FILES_H_
