#include "gateway/daemon/config_defaults.h"

#include <filesystem>
#include <set>

#include "gateway/evidence/retention/erasable_kind.h"
#include "gateway/policy/limit_defaults.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/state_code.h"

namespace tracegate {
namespace {

using config::v1::GatewayConfig;

constexpr int kMessageBytesMax = 1 << 20;
constexpr int kMessageBytesLimit = 64 << 20;
constexpr absl::Duration kCrlGraceMax = absl::Hours(30 * 24);

void DefaultTo(int value, google::protobuf::Duration* duration) {
  if (duration->seconds() == 0 && duration->nanos() == 0) duration->set_seconds(value);
}

void Resolve(const std::filesystem::path& folder, std::string* path) {
  if (!path->empty()) *path = (folder / *path).lexically_normal().string();
}

void ResolvePaths(const std::filesystem::path& folder, config::v1::PluginRegistry* plugin) {
  Resolve(folder, plugin->mutable_roots());
  if (plugin->command().empty()) return;
  Resolve(folder, plugin->mutable_command(0));
  *plugin->mutable_folder() = (folder / plugin->folder()).lexically_normal().string();
}

void ResolvePaths(const std::filesystem::path& folder, config::v1::HttpsServer* server) {
  Resolve(folder, server->mutable_ca_file());
  Resolve(folder, server->mutable_certificate_file());
  Resolve(folder, server->mutable_key_file());
  if (server->has_api_key()) Resolve(folder, server->mutable_api_key()->mutable_key_file());
  if (server->has_oauth()) Resolve(folder, server->mutable_oauth()->mutable_client_secret_file());
}

// Plain HTTP, so never beyond this machine.
bool IsLoopback(std::string_view listen) {
  return listen.starts_with("127.") || listen.starts_with("[::1]:") ||
         listen.starts_with("localhost:");
}

// Stops at the first thing wrong.
class Checker {
 public:
  explicit Checker(const YamlPlaces& places) : places_(places) {}

  void Require(bool holds, const std::string& path, std::string_view problem) {
    if (status_.ok() && !holds) status_ = places_.Failure(path, problem);
  }
  void RequireText(const std::string& text, const std::string& path) {
    Require(!text.empty(), path, "is required");
  }
  void RequireState(const std::string& code, const std::string& path) {
    Require(IsStateCode(code), path, "must be an ISO 3166-1 alpha-2 code such as BR");
  }
  absl::Status status() const { return status_; }

 private:
  const YamlPlaces& places_;
  absl::Status status_;
};

void CheckServer(const config::v1::HttpsServer& server, const std::string& at, Checker* check) {
  check->RequireText(server.base_url(), at + ".base_url");
  check->RequireText(server.ca_file(), at + ".ca_file");
  check->Require(server.certificate_file().empty() == server.key_file().empty(),
                 at + ".certificate_file", "and key_file stand together or not at all");
  if (server.has_api_key()) {
    check->RequireText(server.api_key().header(), at + ".api_key.header");
    check->RequireText(server.api_key().key_file(), at + ".api_key.key_file");
  }
  if (!server.has_oauth()) return;
  check->RequireText(server.oauth().token_url(), at + ".oauth.token_url");
  check->RequireText(server.oauth().client_id(), at + ".oauth.client_id");
  check->RequireText(server.oauth().client_secret_file(), at + ".oauth.client_secret_file");
}

void CheckXml(const config::v1::XmlRegistry& xml, const std::string& at, Checker* check) {
  CheckServer(xml.server(), at + ".server", check);
  check->RequireText(xml.mapping(), at + ".mapping");
  for (const auto& [key, question] :
       {std::pair{".find", &xml.find()}, std::pair{".record", &xml.record()}}) {
    check->RequireText(question->path(), at + key + ".path");
    check->RequireText(question->request_file(), at + key + ".request_file");
    check->RequireText(question->answer(), at + key + ".answer");
  }
}

void CheckRegistry(const config::v1::Registry& registry, const std::string& at, Checker* check) {
  check->RequireText(registry.name(), at + ".name");
  check->RequireState(registry.state(), at + ".state");
  check->Require(registry.kind_case() != config::v1::Registry::KIND_NOT_SET, at,
                 "say how to reach it: sql, csv, rest, xml, desk, plugin or peer");
  if (registry.has_sql()) {
    const config::v1::SqlRegistry& sql = registry.sql();
    const int databases =
        !sql.sqlite_file().empty() + !sql.postgresql().empty() + !sql.odbc().empty();
    check->Require(databases == 1, at + ".sql",
                   "must have exactly one of sqlite_file, postgresql and odbc");
    check->RequireText(registry.sql().mapping(), at + ".sql.mapping");
  }
  if (registry.has_csv()) {
    check->RequireText(registry.csv().folder(), at + ".csv.folder");
    check->RequireText(registry.csv().mapping(), at + ".csv.mapping");
  }
  if (registry.has_rest()) {
    CheckServer(registry.rest().server(), at + ".rest.server", check);
    check->RequireText(registry.rest().mapping(), at + ".rest.mapping");
    check->RequireText(registry.rest().find().path(), at + ".rest.find.path");
    check->RequireText(registry.rest().record().path(), at + ".rest.record.path");
  }
  if (registry.has_xml()) CheckXml(registry.xml(), at + ".xml", check);
  if (registry.has_peer()) check->RequireText(registry.peer().address(), at + ".peer.address");
  check->Require(registry.concurrency() >= 0 && registry.concurrency() <= 1024, at + ".concurrency",
                 "must be 1 to 1024");
  const bool has_threads = registry.has_csv() || registry.has_rest() || registry.has_xml();
  check->Require(!has_threads || registry.concurrency() <= 64, at + ".concurrency",
                 "must be 1 to 64 where files are read or a registry is asked over HTTPS");
  check->Require(registry.queue_max() >= 0 && registry.queue_max() <= 65536, at + ".queue_max",
                 "must be 1 to 65536");
}

void CheckTrust(const config::v1::TrustBundle& trust, const std::string& at, Checker* check) {
  check->RequireState(trust.state(), at + ".state");
  check->RequireText(trust.trust_domain(), at + ".trust_domain");
  check->RequireText(trust.bundle(), at + ".bundle");
  check->Require(
      trust.revocation_case() != config::v1::TrustBundle::REVOCATION_NOT_SET, at,
      "say how revoked certificates of " + trust.state() +
          " are known: crl, the file of its CRLs; or no_revocation: true, and nobody asks");
  if (trust.has_crl()) check->RequireText(trust.crl(), at + ".crl");
  if (trust.has_no_revocation()) {
    check->Require(trust.no_revocation(), at + ".no_revocation",
                   "can only be true; to have revocation checked, name the file of CRLs in crl");
    check->Require(!trust.has_crl_grace(), at + ".crl_grace", "means nothing beside no_revocation");
  }
  const absl::Duration grace = ToDuration(trust.crl_grace());
  check->Require(grace >= absl::ZeroDuration() && grace <= kCrlGraceMax, at + ".crl_grace",
                 "must be 0s to 30d");
}

void CheckEvidence(const config::v1::Evidence& evidence, Checker* check) {
  check->RequireText(evidence.origin(), "evidence.origin");
  check->RequireText(evidence.signing_key(), "evidence.signing_key");
  check->Require(evidence.queue_max() >= 1, "evidence.queue_max", "must be at least 1");
  const absl::Duration witnessing = ToDuration(evidence.witnessing().interval());
  check->Require(witnessing >= absl::Seconds(1) && witnessing <= absl::Hours(24),
                 "evidence.witnessing.interval", "must be 1s to 24h");
  for (int i = 0; i < evidence.witnessing().logs_size(); ++i) {
    const std::string at = "evidence.witnessing.logs[" + std::to_string(i) + "]";
    check->RequireState(evidence.witnessing().logs(i).state(), at + ".state");
    check->RequireText(evidence.witnessing().logs(i).key(), at + ".key");
  }
  check->Require(evidence.witnessing().logs().empty() || !evidence.cosigning_key().empty(),
                 "evidence.cosigning_key", "is required to be the witness of other logs");
  if (!evidence.has_time_stamping()) return;
  const auto& stamping = evidence.time_stamping();
  check->RequireText(stamping.url(), "evidence.time_stamping.url");
  check->RequireText(stamping.tsa_bundle(), "evidence.time_stamping.tsa_bundle");
  const absl::Duration interval = ToDuration(stamping.interval());
  check->Require(interval >= absl::Seconds(1) && interval <= absl::Hours(7 * 24),
                 "evidence.time_stamping.interval", "must be 1s to 7d");
  check->Require(ToDuration(stamping.grace()) >= absl::ZeroDuration(),
                 "evidence.time_stamping.grace", "must not be negative");
}

void CheckLimits(const config::v1::Limits& limits, Checker* check) {
  for (const auto& [key, value] :
       {std::pair{"calls_per_minute", limits.calls_per_minute()},
        std::pair{"calls_at_once", limits.calls_at_once()},
        std::pair{"calls_per_day", limits.calls_per_day()},
        std::pair{"strangers_per_minute", limits.strangers_per_minute()}}) {
    check->Require(value >= -1, std::string("limits.") + key,
                   "must be a number of calls; -1 says that there is no such bound");
  }
  check->Require(limits.burst() >= 1, "limits.burst", "must be at least 1");
}

void CheckHarvestGuard(const config::v1::HarvestGuard& guard, Checker* check) {
  const std::string at = "harvest_guard.";
  const absl::Duration window = ToDuration(guard.window());
  check->Require(window >= absl::Minutes(1) && window <= absl::Hours(7 * 24), at + "window",
                 "must be 1m to 7d");
  check->Require(guard.requests_min() >= 1 && guard.requests_min() <= guard.alone_max(),
                 at + "requests_min", "must be 1 to alone_max");
  check->Require(guard.alone_max() <= 2048, at + "alone_max", "must be at most 2048");
  check->Require(guard.serial_step_max() >= 1, at + "serial_step_max", "must be at least 1");
  for (const auto& [key, value] : {std::pair{"walking_percent", guard.walking_percent()},
                                   std::pair{"one_maker_percent", guard.one_maker_percent()},
                                   std::pair{"hits_percent_min", guard.hits_percent_min()}}) {
    check->Require(value >= 1 && value <= 100, at + key, "must be 1 to 100");
  }
  check->Require(guard.slowed_max() >= 1, at + "slowed_max", "must be at least 1");
  check->Require(guard.pressed_max() >= 1, at + "pressed_max", "must be at least 1");
}

void CheckRetentionRule(const config::v1::RetentionRule& rule, const std::string& at,
                        Checker* check) {
  check->RequireText(rule.id(), at + ".id");
  if (!rule.state().empty()) check->RequireState(rule.state(), at + ".state");
  for (int i = 0; i < rule.kinds_size(); ++i) {
    check->Require(IsErasable(rule.kinds(i)), at + ".kinds[" + std::to_string(i) + "]",
                   "is a kind whose content is kept for ever; name one that carries a request, an "
                   "answer or a transfer");
  }
  check->Require(rule.trigger() != config::v1::RETENTION_TRIGGER_UNSPECIFIED, at + ".trigger",
                 "say from when the time counts: ENTRY or TRACE_ENDED");
  check->Require(rule.years() >= 0 && rule.years() <= 100, at + ".years", "must be 0 to 100");
  check->Require(rule.days() >= 0 && rule.days() <= 36500, at + ".days", "must be 0 to 36500");
  check->Require(rule.years() > 0 || rule.days() > 0, at,
                 "say how long contents are kept: years, days, or both");
  check->RequireText(rule.source(), at + ".source");
}

void CheckRetention(const config::v1::Retention& retention, Checker* check) {
  std::set<std::string> ids;
  for (int i = 0; i < retention.rules_size(); ++i) {
    const std::string at = "retention.rules[" + std::to_string(i) + "]";
    CheckRetentionRule(retention.rules(i), at, check);
    check->Require(ids.insert(retention.rules(i).id()).second, at + ".id",
                   "'" + retention.rules(i).id() + "' is used twice");
  }
  const absl::Duration interval = ToDuration(retention.interval());
  check->Require(interval >= absl::Minutes(1) && interval <= absl::Hours(7 * 24),
                 "retention.interval", "must be 1m to 7d");
}

void CheckLiaison(const config::v1::Liaison& liaison, Checker* check) {
  check->Require(liaison.subscriptions_max() >= 1 && liaison.subscriptions_max() <= 100'000,
                 "liaison.subscriptions_max", "must be 1 to 100000");
  const absl::Duration ask_every = ToDuration(liaison.ask_every());
  check->Require(ask_every >= absl::Minutes(1) && ask_every <= absl::Hours(30 * 24),
                 "liaison.ask_every", "must be 1m to 30d");
}

}  // namespace

void FillDefaults(GatewayConfig* config) {
  auto* server = config->mutable_server();
  if (server->message_bytes_max() == 0) server->set_message_bytes_max(kMessageBytesMax);
  if (server->connections_max() == 0) server->set_connections_max(4096);
  DefaultTo(10, server->mutable_drain());
  auto* evidence = config->mutable_evidence();
  if (evidence->queue_max() == 0) evidence->set_queue_max(8192);
  DefaultTo(60, evidence->mutable_witnessing()->mutable_interval());
  if (evidence->has_time_stamping()) {
    DefaultTo(3600, evidence->mutable_time_stamping()->mutable_interval());
    DefaultTo(24 * 3600, evidence->mutable_time_stamping()->mutable_grace());
  }
  auto* tracing = config->mutable_tracing();
  if (tracing->open_traces_max() == 0) tracing->set_open_traces_max(10000);
  if (tracing->hops_max() == 0) tracing->set_hops_max(12);
  if (tracing->hops_at_once() == 0) tracing->set_hops_at_once(1);
  DefaultTo(90 * 24 * 3600, tracing->mutable_expiry());
  DefaultTo(5, tracing->mutable_retry_first());
  DefaultTo(15 * 60, tracing->mutable_retry_max());
  if (config->liaison().subscriptions_max() == 0) {
    config->mutable_liaison()->set_subscriptions_max(1000);
  }
  DefaultTo(24 * 3600, config->mutable_liaison()->mutable_ask_every());
  if (config->has_retention()) {
    DefaultTo(24 * 3600, config->mutable_retention()->mutable_interval());
  }
  FillDefaults(config->mutable_limits());
  FillDefaults(config->mutable_harvest_guard());
}

void ResolvePaths(const std::string& config_path, GatewayConfig* config) {
  const auto folder = std::filesystem::absolute(config_path).parent_path();
  Resolve(folder, config->mutable_server()->mutable_address_file());
  Resolve(folder, config->mutable_identity()->mutable_certificate_chain());
  Resolve(folder, config->mutable_identity()->mutable_private_key());
  for (auto& trust : *config->mutable_identity()->mutable_trust()) {
    Resolve(folder, trust.mutable_bundle());
    if (trust.has_crl()) Resolve(folder, trust.mutable_crl());
  }
  Resolve(folder, config->mutable_storage()->mutable_sqlite()->mutable_file());
  Resolve(folder, config->mutable_tables());
  auto* evidence = config->mutable_evidence();
  for (auto* key : {evidence->mutable_signing_key(), evidence->mutable_next_signing_key(),
                    evidence->mutable_cosigning_key()}) {
    Resolve(folder, key);
  }
  if (evidence->has_time_stamping()) {
    Resolve(folder, evidence->mutable_time_stamping()->mutable_tsa_bundle());
    Resolve(folder, evidence->mutable_time_stamping()->mutable_tls_bundle());
  }
  for (auto& registry : *config->mutable_registries()) {
    if (registry.has_sql()) {
      Resolve(folder, registry.mutable_sql()->mutable_sqlite_file());
      Resolve(folder, registry.mutable_sql()->mutable_mapping());
    }
    if (registry.has_csv()) {
      Resolve(folder, registry.mutable_csv()->mutable_folder());
      Resolve(folder, registry.mutable_csv()->mutable_mapping());
    }
    if (registry.has_rest()) {
      ResolvePaths(folder, registry.mutable_rest()->mutable_server());
      Resolve(folder, registry.mutable_rest()->mutable_mapping());
    }
    if (registry.has_xml()) {
      auto* xml = registry.mutable_xml();
      ResolvePaths(folder, xml->mutable_server());
      Resolve(folder, xml->mutable_mapping());
      Resolve(folder, xml->mutable_schema_file());
      Resolve(folder, xml->mutable_find()->mutable_request_file());
      Resolve(folder, xml->mutable_record()->mutable_request_file());
    }
    if (registry.has_plugin()) ResolvePaths(folder, registry.mutable_plugin());
  }
}

absl::Status CheckConfig(const GatewayConfig& config, const YamlPlaces& places) {
  Checker check(places);
  check.Require(!config.states().empty(), "states",
                "name at least one State that this gateway serves");
  for (int i = 0; i < config.states_size(); ++i) {
    check.RequireState(config.states(i), "states[" + std::to_string(i) + "]");
  }
  check.RequireText(config.server().listen(), "server.listen");
  check.Require(config.server().message_bytes_max() > 0 &&
                    config.server().message_bytes_max() <= kMessageBytesLimit,
                "server.message_bytes_max", "must be 1 to 67108864 bytes");
  check.Require(config.server().connections_max() >= 1, "server.connections_max",
                "must be at least 1");
  check.RequireText(config.identity().certificate_chain(), "identity.certificate_chain");
  check.RequireText(config.identity().private_key(), "identity.private_key");
  check.Require(!config.identity().trust().empty(), "identity.trust",
                "name at least one State's bundle; without it no caller is known");
  for (int i = 0; i < config.identity().trust_size(); ++i) {
    CheckTrust(config.identity().trust(i), "identity.trust[" + std::to_string(i) + "]", &check);
  }
  check.RequireText(config.storage().sqlite().file(), "storage.sqlite.file");
  CheckEvidence(config.evidence(), &check);
  const std::set<std::string> served(config.states().begin(), config.states().end());
  std::set<std::string> names;
  std::set<std::string> states;
  for (int i = 0; i < config.registries_size(); ++i) {
    const auto& registry = config.registries(i);
    const std::string at = "registries[" + std::to_string(i) + "]";
    CheckRegistry(registry, at, &check);
    check.Require(names.insert(registry.name()).second, at + ".name",
                  "'" + registry.name() + "' is used twice");
    check.Require(states.insert(registry.state()).second, at + ".state",
                  registry.state() + " has a registry already; one a State is supported");
    check.Require(!registry.has_peer() || !served.contains(registry.state()), at + ".state",
                  registry.state() + " is served by this gateway itself, so it cannot be a peer");
  }
  check.Require(config.tracing().open_traces_max() >= 1, "tracing.open_traces_max",
                "must be at least 1");
  check.Require(config.tracing().hops_max() >= 1 && config.tracing().hops_max() <= 100,
                "tracing.hops_max", "must be 1 to 100");
  check.Require(config.tracing().hops_at_once() >= 1 && config.tracing().hops_at_once() <= 100,
                "tracing.hops_at_once", "must be 1 to 100");
  CheckLiaison(config.liaison(), &check);
  if (config.has_metrics()) {
    check.RequireText(config.metrics().listen(), "metrics.listen");
    check.Require(IsLoopback(config.metrics().listen()), "metrics.listen",
                  "must be an address of this machine alone, such as 127.0.0.1:9464");
  }
  CheckLimits(config.limits(), &check);
  CheckHarvestGuard(config.harvest_guard(), &check);
  if (config.has_retention()) CheckRetention(config.retention(), &check);
  return check.status();
}

absl::Status ReadGatewayConfig(const std::string& path, GatewayConfig* config, YamlPlaces* places) {
  if (auto status = ReadYamlMessage(path, config, places); !status.ok()) return status;
  FillDefaults(config);
  if (auto status = CheckConfig(*config, *places); !status.ok()) return status;
  ResolvePaths(path, config);
  return absl::OkStatus();
}

}  // namespace tracegate
