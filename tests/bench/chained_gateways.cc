#include "tests/bench/chained_gateways.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gateway/daemon/configuration.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kTlsName[] = "localhost";
constexpr char kSerial[] = "38126";

constexpr char kConfiguration[] = R"(states: [STATE]
server: {listen: "127.0.0.1:0"}
identity:
  certificate_chain: gateway.pem
  private_key: gateway.key
  trust:
    - {state: BR, trust_domain: br.example, bundle: ../BR/root.pem, crl: ../BR/crl.pem}
    - {state: RS, trust_domain: rs.example, bundle: ../RS/root.pem, crl: ../RS/crl.pem}
    - {state: DE, trust_domain: de.example, bundle: ../DE/root.pem, crl: ../DE/crl.pem}
storage: {sqlite: {file: records.db}}
evidence: {origin: NAME.example/tracegate, signing_key: log.key}
limits: {calls_per_minute: -1, calls_at_once: -1}
harvest_guard: {off: true}
agreements:
  - id: BR-RS
    asking_state: BR
    answering_state: RS
    legal_basis: ITI
    purposes: [CRIMINAL_INVESTIGATION]
    disclose: [record_number, firearm, events]
    valid_from: 2020-01-01
  - id: BR-DE
    asking_state: BR
    answering_state: DE
    legal_basis: ITI
    purposes: [CRIMINAL_INVESTIGATION]
    disclose: [record_number, firearm, events]
    valid_from: 2020-01-01
registries:
  - name: registry
    state: STATE
    sql: {sqlite_file: registry.db, mapping: mapping.yaml}
)";

constexpr char kMapping[] = R"(source: pistol
record_number: id
serial_search: {column: serial}
fields:
  - {column: serial, to: firearm.serial_number, required: true}
  - {column: maker, to: firearm.manufacturer}
events:
  - kind: EVENT
    fields:
      - {column: day, to: date, date_format: "%Y-%m-%d"}
      - {column: went_to, to: to_state}
)";

absl::Status Write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  if (out << text << std::flush) return absl::OkStatus();
  return absl::InternalError("cannot write " + file);
}

// A registry with that pistol, or without; what happened to it is the mapping's kind of event.
absl::Status WriteRegistry(const std::string& file, bool has_it, const std::string& went_to) {
  sqlite3* raw = nullptr;
  const bool opened = sqlite3_open(file.c_str(), &raw) == SQLITE_OK;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(raw, &sqlite3_close);
  std::string sql =
      "CREATE TABLE pistol (id TEXT PRIMARY KEY, serial TEXT, maker TEXT, day TEXT, went_to TEXT);"
      "CREATE INDEX by_serial ON pistol (serial);";
  if (has_it) {
    sql +=
        absl::StrFormat("INSERT INTO pistol VALUES ('R-1', '%s', 'ZASTAVA', '1999-03-02', '%s');",
                        kSerial, went_to);
  }
  if (opened && sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK)
    return absl::OkStatus();
  return absl::InternalError(sqlite3_errmsg(raw));
}

struct Country {
  Country(const std::string& state_code, const std::string& domain_name)
      : state(state_code), domain(domain_name), root(Minted::Root(state_code)) {}

  std::string state;
  std::string domain;  // "br"
  Minted root;
};

absl::StatusOr<std::unique_ptr<Gateway>> StartOne(const Country& country, const std::string& folder,
                                                  const std::string& event,
                                                  const std::string& went_to,
                                                  const std::string& peers, Credential* shown) {
  const std::string at = folder + "/" + country.state + "/";
  const Minted leaf =
      country.root.Leaf("spiffe://" + country.domain + ".example/gateway/peer", {kTlsName});
  Mint log_key;
  log_key.key_type = KeyType::kEd25519;
  *shown = {leaf.pem(), leaf.key_pem()};
  absl::Status written = Write(at + "gateway.pem", leaf.pem());
  written.Update(Write(at + "gateway.key", leaf.key_pem()));
  written.Update(Write(at + "log.key", Minted::SelfSigned(log_key).key_pem()));
  written.Update(Write(at + "mapping.yaml", absl::StrReplaceAll(kMapping, {{"EVENT", event}})));
  written.Update(WriteRegistry(at + "registry.db", country.state != "BR", went_to));
  written.Update(Write(
      at + "gateway.yaml",
      absl::StrReplaceAll(kConfiguration, {{"STATE", country.state}, {"NAME", country.domain}}) +
          peers));
  if (!written.ok()) return written;
  auto configuration = LoadConfiguration(at + "gateway.yaml", absl::Now());
  if (!configuration.ok()) return configuration.status();
  return Gateway::Start(*std::move(configuration));
}

std::string PeerText(const std::string& state, int port) {
  return absl::StrFormat(
      "  - name: %s-gateway\n    state: %s\n    concurrency: 1024\n"
      "    peer: {address: \"127.0.0.1:%d\", tls_name: %s}\n",
      state, state, port, kTlsName);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChainedGateways>> ChainedGateways::Start(const std::string& folder) {
  const Country brazil("BR", "br");
  const Country serbia("RS", "rs");
  const Country germany("DE", "de");
  for (const Country* country : {&brazil, &serbia, &germany}) {
    const std::string at = folder + "/" + country->state;
    std::filesystem::create_directory(at);
    absl::Status written = Write(at + "/root.pem", country->root.pem());
    written.Update(Write(at + "/crl.pem", country->root.Crl()));
    if (!written.ok()) return written;
  }
  std::unique_ptr<ChainedGateways> out(new ChainedGateways);
  auto exporter = StartOne(serbia, folder, "EXPORT", "DE", "", &out->server_);
  if (!exporter.ok()) return exporter.status();
  auto importer = StartOne(germany, folder, "THEFT", "", "", &out->server_);
  if (!importer.ok()) return importer.status();
  const std::string peers =
      PeerText("RS", (*exporter)->port()) + PeerText("DE", (*importer)->port());
  auto asker = StartOne(brazil, folder, "EXPORT", "", peers, &out->server_);
  if (!asker.ok()) return asker.status();
  const Minted officer = brazil.root.Leaf("spiffe://br.example/policia-civil/registry", {kTlsName});
  out->officer_ = {.address = "127.0.0.1:" + std::to_string((*asker)->port()),
                   .tls_name = kTlsName,
                   .roots_pem = brazil.root.pem(),
                   .certificate_chain_pem = officer.pem(),
                   .private_key_pem = officer.key_pem()};
  out->gateways_.push_back(*std::move(exporter));
  out->gateways_.push_back(*std::move(importer));
  out->gateways_.push_back(*std::move(asker));
  return out;
}

std::string ChainedRequest(uint64_t number) {
  v1::CreateTraceRequest create;
  create.set_request_id(absl::StrFormat("%016d", number));
  v1::TraceRequest& request = *create.mutable_request();
  v1::Firearm& weapon = *request.mutable_item()->mutable_weapon();
  weapon.set_serial_number(kSerial);
  weapon.mutable_manufacturer()->set_verbatim("ZASTAVA");
  weapon.mutable_country_of_manufacture()->set_iso_code("RS");
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_legal_justification("Possession of a firearm without a licence");
  request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  request.mutable_recovery()->set_state("BR");
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return create.SerializeAsString();
}

}  // namespace tracegate
