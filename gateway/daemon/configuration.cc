#include "gateway/daemon/configuration.h"

#include <utility>

#include "adapters/catalog.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/daemon/named_file.h"
#include "gateway/daemon/trust_files.h"
#include "gateway/identity/key_pair.h"
#include "gateway/identity/spiffe_id.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using config::v1::GatewayConfig;

constexpr absl::Duration kReplyWaitMax = absl::Minutes(10);

// A failure found further inside, told with the place of the key it is about. One that names its own file (a mapping)
// stays as it is.
absl::Status Placed(const absl::Status& status, const std::string& prefix,
                    const YamlPlaces& places) {
  const v1::FailureDetail detail = DetailOf(status);
  if (status.ok() || detail.violations().empty()) return status;
  const v1::FieldViolation& violation = detail.violations(0);
  if (status.message() != violation.field() + ": " + violation.description()) return status;
  return places.Failure(prefix + violation.field(), violation.description());
}

std::string StateOf(const std::string& spiffe_id, const TrustBundles& bundles) {
  const auto id = ParseSpiffeId(spiffe_id);
  const TrustBundle* bundle = id.ok() ? bundles.ForTrustDomain(id->trust_domain) : nullptr;
  return bundle == nullptr ? "" : bundle->state;
}

absl::Status LoadIdentity(const YamlPlaces& places, absl::Time now, Configuration* out) {
  const auto& identity = out->proto.identity();
  auto chain = ReadNamedFile(identity.certificate_chain(), "identity.certificate_chain", places);
  if (!chain.ok()) return chain.status();
  auto key = ReadNamedFile(identity.private_key(), "identity.private_key", places);
  if (!key.ok()) return key.status();
  auto pair = CheckKeyPair({identity.certificate_chain(), identity.private_key(), *chain, *key},
                           {.server = true, .client = true}, now);
  if (!pair.ok()) {
    return places.Failure("identity.certificate_chain", std::string(pair.status().message()));
  }
  if (pair->spiffe_id.empty()) {
    return places.Failure("identity.certificate_chain",
                          "the certificate has no SPIFFE ID in its URI name");
  }
  auto bundles = LoadTrust(identity, places, now);
  if (!bundles.ok()) return bundles.status();
  out->certificate_chain_pem = *std::move(chain);
  out->private_key_pem = *std::move(key);
  out->gateway_id = pair->spiffe_id;
  out->gateway_state = StateOf(pair->spiffe_id, **bundles);
  out->certificate_not_after = pair->not_after;
  out->trust = *std::move(bundles);
  return absl::OkStatus();
}

absl::StatusOr<std::string> RootsOf(const std::string& state, const GatewayConfig& config,
                                    const YamlPlaces& places) {
  for (const auto& trust : config.identity().trust()) {
    if (trust.state() == state) return ReadNamedFile(trust.bundle(), "identity.trust", places);
  }
  return std::string();
}

absl::Status LoadRegistries(const YamlPlaces& places, Configuration* out) {
  std::vector<Registry> registries;
  for (int i = 0; i < out->proto.registries_size(); ++i) {
    const auto& configured = out->proto.registries(i);
    auto roots = RootsOf(configured.state(), out->proto, places);
    if (!roots.ok()) return roots.status();
    auto adapter = BuildAdapter(
        configured, {out->certificate_chain_pem, out->private_key_pem, *std::move(roots)});
    if (!adapter.ok()) {
      return Placed(adapter.status(), "registries[" + std::to_string(i) + "].", places);
    }
    registries.push_back({configured.name(), configured.state(), configured.has_peer(),
                          TimeoutOf(configured), *std::move(adapter)});
  }
  out->registries = std::make_unique<RegistryTable>(
      std::set<std::string, std::less<>>(out->proto.states().begin(), out->proto.states().end()),
      std::move(registries));
  return absl::OkStatus();
}

TracingLimits LimitsOf(const config::v1::Tracing& tracing) {
  return {.open_traces_max = tracing.open_traces_max(),
          .hops_max = tracing.hops_max(),
          .expiry = ToDuration(tracing.expiry()),
          .retry_first = ToDuration(tracing.retry_first()),
          .retry_max = ToDuration(tracing.retry_max()),
          .reply_wait_max = kReplyWaitMax};
}

}  // namespace

absl::StatusOr<Configuration> LoadConfiguration(const std::string& path, absl::Time now) {
  Configuration out;
  YamlPlaces places;
  if (auto status = ReadYamlMessage(path, &out.proto, &places); !status.ok()) return status;
  FillDefaults(&out.proto);
  if (auto status = CheckConfig(out.proto, places); !status.ok()) return status;
  ResolvePaths(path, &out.proto);
  if (auto status = LoadIdentity(places, now, &out); !status.ok()) return status;
  auto signing_key =
      ReadNamedFile(out.proto.evidence().signing_key(), "evidence.signing_key", places);
  if (!signing_key.ok()) return signing_key.status();
  out.signing_key_pem = *std::move(signing_key);
  auto agreements = AgreementBook::Create(out.proto.agreements());
  if (!agreements.ok()) return Placed(agreements.status(), "", places);
  out.agreements = *std::move(agreements);
  if (auto status = LoadRegistries(places, &out); !status.ok()) return status;
  out.limits = LimitsOf(out.proto.tracing());
  return out;
}

}  // namespace tracegate
