#ifndef TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_
#define TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/daemon/live_trust.h"
#include "gateway/daemon/log_watchers.h"
#include "gateway/directory/directory_book.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/tracing/house.h"
#include "gateway/tracing/registry_table.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// A configuration file that was read and found sound, and everything that could be built from it without touching the
// store, the network or a registry.
struct Configuration {
  std::string path;                 // of the YAML file
  config::v1::GatewayConfig proto;  // defaults filled in, paths resolved
  LiveTrust::Parts trust_parts;     // as read now; `trust` goes on to what later reloads read
  std::string signing_key_pem;
  std::string next_signing_key_pem;  // empty: none follows
  std::string cosigning_key_pem;     // empty: nobody's witness
  LogWatchers watchers;
  std::string gateway_id;     // SPIFFE ID in the certificate
  std::string gateway_state;  // whose trust domain that names; empty where no bundle is bound to it
  absl::Time certificate_not_after;
  std::shared_ptr<LiveTrust> trust;
  std::shared_ptr<const AgreementBook> agreements;
  std::shared_ptr<const DirectoryBook> directory;
  std::unique_ptr<RegistryTable> registries;  // its peers are asked under `trust`
  TracingLimits limits;
};

// Reads a gateway's YAML file and all files it names. Errors: CONFIG_INVALID with file, line and key, and what would
// be right.
absl::StatusOr<Configuration> LoadConfiguration(const std::string& path, absl::Time now);

// What that gateway shows and whom it believes: of the files that are named, those of `identity` alone are read, so that
// an adapter can be tried where the keys of the log are not. Errors: as LoadConfiguration.
absl::StatusOr<std::shared_ptr<LiveTrust>> LoadOwnTrust(const std::string& path, absl::Time now);

// The same file again. CRLs that are as they were keep the time at which they were first read, so that reading them
// again lengthens no grace.
absl::StatusOr<Configuration> ReloadConfiguration(const Configuration& former, absl::Time now);

// The files that a running gateway follows: the configuration, certificates, keys, bundles and CRLs.
std::vector<std::string> FilesFollowed(const Configuration& configuration);

// What of `next` a running gateway cannot take over: the top-level keys that differ, beside those it can.
std::vector<std::string> KeysNeedingRestart(const Configuration& former, const Configuration& next);

// Whether both say the same to the last byte.
bool IsSame(const Configuration& former, const Configuration& next);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_CONFIGURATION_H_
