#include "adapters/catalog.h"

#include <utility>

#include "adapters/csv/csv_adapter.h"
#include "adapters/desk/desk_adapter.h"
#include "adapters/mapping/mapping.h"
#include "adapters/peer/peer_adapter.h"
#include "adapters/plugin/open_plugin_adapter.h"
#include "adapters/registry_adapter.h"
#include "adapters/rest/rest_adapter.h"
#include "adapters/sql/sql_adapter.h"
#include "adapters/xml/xml_adapter.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kBlockingConcurrency = 4;
constexpr int kPluginConcurrency = 16;
constexpr int kPeerConcurrency = 64;
constexpr int kQueueMax = 256;

int Or(int configured, int otherwise) { return configured == 0 ? otherwise : configured; }

// Where trouble with the registry is told; empty where nobody listens.
std::function<void(const std::string&)> TellOf(const config::v1::Registry& registry,
                                               const AdapterSurroundings& surroundings) {
  if (!surroundings.tell_trouble) return {};
  return [name = registry.name(), tell = surroundings.tell_trouble](const std::string& trouble) {
    tell(name, trouble);
  };
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildSql(const config::v1::Registry& registry) {
  auto mapping = Mapping::Load(registry.sql().mapping());
  if (!mapping.ok()) return mapping.status();
  SqlAdapter::Options options{.name = registry.name(),
                              .state = registry.state(),
                              .source = registry.sql(),
                              .mapping = *std::move(mapping),
                              .concurrency = Or(registry.concurrency(), kBlockingConcurrency),
                              .queue_max = Or(registry.queue_max(), kQueueMax),
                              .timeout = TimeoutOf(registry)};
  return SqlAdapter::Open(std::move(options));
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildCsv(const config::v1::Registry& registry,
                                                          const AdapterSurroundings& surroundings) {
  auto mapping = Mapping::Load(registry.csv().mapping());
  if (!mapping.ok()) return mapping.status();
  auto files = CsvAdapter::FilesOf(registry.csv(), *mapping);
  if (!files.ok()) return files.status();
  CsvAdapter::Options options{.name = registry.name(),
                              .state = registry.state(),
                              .mapping = *std::move(mapping),
                              .files = *std::move(files),
                              .concurrency = Or(registry.concurrency(), kBlockingConcurrency),
                              .queue_max = Or(registry.queue_max(), kQueueMax),
                              .timeout = TimeoutOf(registry),
                              .tell = TellOf(registry, surroundings)};
  return std::make_unique<CsvAdapter>(std::move(options));
}

DocumentAdapter::Options OptionsOf(const config::v1::Registry& registry,
                                   const AdapterSurroundings& surroundings) {
  return {.name = registry.name(),
          .state = registry.state(),
          .queue_max = Or(registry.queue_max(), kQueueMax),
          .timeout = TimeoutOf(registry),
          .tell = TellOf(registry, surroundings)};
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildRest(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings) {
  auto mapping = Mapping::Load(registry.rest().mapping());
  if (!mapping.ok()) return mapping.status();
  return OpenRestAdapter(registry.rest(), *std::move(mapping),
                         Or(registry.concurrency(), kBlockingConcurrency),
                         OptionsOf(registry, surroundings));
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildDesk(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings) {
  auto options = DeskAdapter::OptionsOf(registry, surroundings.clock);
  if (!options.ok()) return options.status();
  return std::make_unique<DeskAdapter>(*std::move(options));
}

// What an adapter that runs elsewhere is shown: the same as that State's peers. Empty where that is nothing.
std::function<OwnCertificate()> CertificateFor(const std::string& state,
                                               const std::shared_ptr<const PeerTrust>& trust) {
  if (trust == nullptr || trust->Credentials(state) == nullptr) return {};
  return [trust, state] {
    const auto credentials = trust->Credentials(state);
    return credentials == nullptr
               ? OwnCertificate{}
               : OwnCertificate{credentials->certificate_chain, credentials->private_key};
  };
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildPlugin(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings) {
  return OpenPluginAdapter(registry.plugin(),
                           {.name = registry.name(),
                            .state = registry.state(),
                            .concurrency = Or(registry.concurrency(), kPluginConcurrency),
                            .timeout = TimeoutOf(registry)},
                           CertificateFor(registry.state(), surroundings.peer_trust),
                           TellOf(registry, surroundings));
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildXml(const config::v1::Registry& registry,
                                                          const AdapterSurroundings& surroundings) {
  auto mapping = Mapping::Load(registry.xml().mapping());
  if (!mapping.ok()) return mapping.status();
  return OpenXmlAdapter(registry.xml(), *std::move(mapping),
                        Or(registry.concurrency(), kBlockingConcurrency),
                        OptionsOf(registry, surroundings));
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildPeer(const config::v1::Registry& registry,
                                                           const AdapterSurroundings& surroundings,
                                                           CircuitBreaker::Options* breaker) {
  if (surroundings.peer_trust->Credentials(registry.state()) == nullptr) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "state",
                        "identity.trust has no bundle for " + registry.state() +
                            ", so its gateway cannot be recognised");
  }
  auto peer = std::make_unique<PeerAdapter>(PeerAdapter::Options{
      .name = registry.name(),
      .peer = {registry.state(), registry.peer().address(), registry.peer().tls_name()},
      .trust = surroundings.peer_trust,
      .calls_max = Or(registry.concurrency(), kPeerConcurrency)});
  breaker->reason = v1::REASON_PEER_UNAVAILABLE;
  breaker->cross_checker = peer.get();
  breaker->partner = peer.get();
  return peer;
}

absl::StatusOr<std::unique_ptr<RegistryAdapter>> BuildKind(const config::v1::Registry& registry,
                                                           const AdapterSurroundings& surroundings,
                                                           CircuitBreaker::Options* breaker) {
  switch (registry.kind_case()) {
    case config::v1::Registry::kSql: return BuildSql(registry);
    case config::v1::Registry::kCsv: return BuildCsv(registry, surroundings);
    case config::v1::Registry::kRest: return BuildRest(registry, surroundings);
    case config::v1::Registry::kXml: return BuildXml(registry, surroundings);
    case config::v1::Registry::kDesk: return BuildDesk(registry, surroundings);
    case config::v1::Registry::kPlugin: return BuildPlugin(registry, surroundings);
    case config::v1::Registry::kPeer: return BuildPeer(registry, surroundings, breaker);
    case config::v1::Registry::KIND_NOT_SET: break;
  }
  return FieldFailure(v1::REASON_CONFIG_INVALID, "sql",
                      "say how to reach the registry: sql, csv, rest, xml, desk, plugin or peer");
}

}  // namespace

absl::Duration TimeoutOf(const config::v1::Registry& registry) {
  const absl::Duration configured = ToDuration(registry.timeout());
  return configured > absl::ZeroDuration() ? configured : absl::Seconds(10);
}

absl::StatusOr<std::unique_ptr<CircuitBreaker>> BuildAdapter(
    const config::v1::Registry& registry, const AdapterSurroundings& surroundings) {
  CircuitBreaker::Options options{.name = registry.name(), .clock = surroundings.clock};
  auto adapter = BuildKind(registry, surroundings, &options);
  if (!adapter.ok()) return adapter.status();
  if (surroundings.tell_rest) {
    options.tell_change = [name = registry.name(), tell = surroundings.tell_rest](bool open) {
      tell(name, open);
    };
  }
  return std::make_unique<CircuitBreaker>(*std::move(adapter), std::move(options));
}

}  // namespace tracegate
