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
// already. `loaded_at` is when CRLs are first read; see KeepLoadedAt for reading them again.
// Errors: CONFIG_INVALID with the place of the key whose file cannot be read.
absl::StatusOr<std::vector<TrustBundleSource>> ReadTrustFiles(const config::v1::Identity& identity,
                                                              const YamlPlaces& places,
                                                              absl::Time loaded_at);

// After reading again: where a State's CRLs are the very bytes that they were in `former`, puts the instant back at
// which those were first read. Else a missing CRL's grace would begin anew with every reload.
void KeepLoadedAt(const std::vector<TrustBundleSource>& former,
                  std::vector<TrustBundleSource>* sources);

// What was read, loaded. Errors: CONFIG_INVALID naming the State and what is unsound.
absl::StatusOr<std::shared_ptr<const TrustBundles>> LoadTrust(
    const std::vector<TrustBundleSource>& sources, const YamlPlaces& places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_TRUST_FILES_H_
