#include "gateway/daemon/configuration.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "gateway/daemon/checkpoint_stamps.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/daemon/named_file.h"
#include "gateway/daemon/trust_files.h"
#include "gateway/identity/key_pair.h"
#include "gateway/identity/spiffe_id.h"
#include "gateway/rpc/operations_log.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/duration.h"
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

absl::Status LoadIdentity(const YamlPlaces& places, const Configuration* former, absl::Time now,
                          Configuration* out) {
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
  auto sources = ReadTrustFiles(identity, places, now);
  if (!sources.ok()) return sources.status();
  if (former != nullptr) KeepLoadedAt(former->trust_parts.sources, &*sources);
  auto bundles = LoadTrust(*sources, places);
  if (!bundles.ok()) return bundles.status();
  out->gateway_id = pair->spiffe_id;
  out->gateway_state = StateOf(pair->spiffe_id, **bundles);
  out->certificate_not_after = pair->not_after;
  out->trust_parts = {*std::move(sources), *std::move(bundles), *std::move(chain), *std::move(key)};
  out->trust = std::make_shared<LiveTrust>(out->trust_parts, absl::Now);
  return absl::OkStatus();
}

absl::Status LoadLogKeys(const YamlPlaces& places, Configuration* out) {
  const auto& evidence = out->proto.evidence();
  const std::tuple<const char*, const std::string*, std::string*> files[] = {
      {"evidence.signing_key", &evidence.signing_key(), &out->signing_key_pem},
      {"evidence.next_signing_key", &evidence.next_signing_key(), &out->next_signing_key_pem},
      {"evidence.cosigning_key", &evidence.cosigning_key(), &out->cosigning_key_pem}};
  for (const auto& [key, file, pem] : files) {
    if (file->empty()) continue;
    auto text = ReadNamedFile(*file, key, places);
    if (!text.ok()) return text.status();
    *pem = *std::move(text);
  }
  if (evidence.has_time_stamping()) {
    const auto checked = CheckTimeStamping(evidence.time_stamping());
    if (!checked.ok()) return Placed(checked, "", places);
  }
  auto watchers = ReadLogWatchers(out->proto, places);
  if (!watchers.ok()) return watchers.status();
  out->watchers = *std::move(watchers);
  return absl::OkStatus();
}

void LogRest(const std::string& registry, bool rests) {
  if (rests) {
    LogWarning("registry_rests", {{"registry", registry}});
  } else {
    LogInfo("registry_answers", {{"registry", registry}});
  }
}

void LogTrouble(const std::string& registry, const std::string& trouble) {
  LogWarning("registry_trouble", {{"registry", registry}, {"trouble", trouble}});
}

absl::Status LoadRegistries(const YamlPlaces& places, Configuration* out) {
  std::vector<Registry> registries;
  for (int i = 0; i < out->proto.registries_size(); ++i) {
    const auto& configured = out->proto.registries(i);
    auto adapter = BuildAdapter(configured, {.peer_trust = out->trust,
                                             .clock = absl::Now,
                                             .tell_rest = &LogRest,
                                             .tell_trouble = &LogTrouble});
    if (!adapter.ok()) {
      return Placed(adapter.status(), "registries[" + std::to_string(i) + "].", places);
    }
    // An officer sees a trace whole, other States' answers included.
    if (configured.has_desk() && out->proto.states_size() > 1) {
      return Placed(FieldFailure(v1::REASON_CONFIG_INVALID, "desk",
                                 "needs a gateway of its own; this one serves other States too"),
                    "registries[" + std::to_string(i) + "].", places);
    }
    CircuitBreaker* breaker = adapter->get();
    registries.push_back({.name = configured.name(),
                          .state = configured.state(),
                          .is_peer = configured.has_peer(),
                          .timeout = TimeoutOf(configured),
                          .adapter = *std::move(adapter),
                          .is_desk = configured.has_desk(),
                          .standing = [breaker] { return breaker->Standing(); },
                          .cross_checker = configured.has_peer() ? breaker : nullptr,
                          .partner = configured.has_peer() ? breaker : nullptr});
  }
  out->registries = std::make_unique<RegistryTable>(
      std::set<std::string, std::less<>>(out->proto.states().begin(), out->proto.states().end()),
      std::move(registries));
  return absl::OkStatus();
}

TracingLimits LimitsOf(const config::v1::Tracing& tracing) {
  return {.open_traces_max = tracing.open_traces_max(),
          .hops_max = tracing.hops_max(),
          .hops_at_once = tracing.hops_at_once(),
          .expiry = ToDuration(tracing.expiry()),
          .retry_first = ToDuration(tracing.retry_first()),
          .retry_max = ToDuration(tracing.retry_max()),
          .reply_wait_max = kReplyWaitMax};
}

absl::StatusOr<Configuration> Load(const std::string& path, const Configuration* former,
                                   absl::Time now) {
  Configuration out;
  out.path = path;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(path, &out.proto, &places); !status.ok()) return status;
  if (auto status = LoadIdentity(places, former, now, &out); !status.ok()) return status;
  if (auto status = LoadLogKeys(places, &out); !status.ok()) return status;
  auto agreements = AgreementBook::Create(out.proto.agreements());
  if (!agreements.ok()) return Placed(agreements.status(), "", places);
  out.agreements = *std::move(agreements);
  auto directory = DirectoryBook::Create(out.proto.directory(), now);
  if (!directory.ok()) return Placed(directory.status(), "", places);
  out.directory = *std::move(directory);
  if (auto status = LoadRegistries(places, &out); !status.ok()) return status;
  out.limits = LimitsOf(out.proto.tracing());
  return out;
}

// The part that needs a restart: all but what a reload takes over.
GatewayConfig FixedPart(GatewayConfig config) {
  config.clear_identity();
  config.clear_agreements();
  config.clear_directory();
  config.clear_limits();
  config.clear_harvest_guard();
  return config;
}

}  // namespace

absl::StatusOr<Configuration> LoadConfiguration(const std::string& path, absl::Time now) {
  return Load(path, nullptr, now);
}

absl::StatusOr<std::shared_ptr<LiveTrust>> LoadOwnTrust(const std::string& path, absl::Time now) {
  Configuration part;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(path, &part.proto, &places); !status.ok()) return status;
  if (auto status = LoadIdentity(places, nullptr, now, &part); !status.ok()) return status;
  return part.trust;
}

absl::StatusOr<Configuration> ReloadConfiguration(const Configuration& former, absl::Time now) {
  return Load(former.path, &former, now);
}

std::vector<std::string> FilesFollowed(const Configuration& configuration) {
  const auto& identity = configuration.proto.identity();
  std::vector<std::string> files = {configuration.path, identity.certificate_chain(),
                                    identity.private_key()};
  for (const auto& trust : identity.trust()) {
    files.push_back(trust.bundle());
    if (trust.has_crl()) files.push_back(trust.crl());
  }
  return files;
}

std::vector<std::string> KeysNeedingRestart(const Configuration& former,
                                            const Configuration& next) {
  const GatewayConfig before = FixedPart(former.proto);
  const GatewayConfig after = FixedPart(next.proto);
  std::vector<std::string> keys;
  const auto* type = GatewayConfig::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    google::protobuf::util::MessageDifferencer differencer;
    const std::vector<const google::protobuf::FieldDescriptor*> field = {type->field(i)};
    if (!differencer.CompareWithFields(before, after, field, field)) {
      keys.push_back(type->field(i)->name());
    }
  }
  return keys;
}

bool IsSame(const Configuration& former, const Configuration& next) {
  const auto& a = former.trust_parts;
  const auto& b = next.trust_parts;
  const auto same_source = [](const TrustBundleSource& x, const TrustBundleSource& y) {
    return x.pem == y.pem && x.revocation.has_value() == y.revocation.has_value() &&
           (!x.revocation || x.revocation->crl == y.revocation->crl);
  };
  return google::protobuf::util::MessageDifferencer::Equals(former.proto, next.proto) &&
         a.certificate_chain_pem == b.certificate_chain_pem &&
         a.private_key_pem == b.private_key_pem &&
         std::equal(a.sources.begin(), a.sources.end(), b.sources.begin(), b.sources.end(),
                    same_source);
}

}  // namespace tracegate
