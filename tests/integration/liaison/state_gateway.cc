#include "tests/integration/liaison/state_gateway.h"

#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "gateway/daemon/configuration.h"

namespace tracegate {
namespace {

constexpr char kTlsName[] = "localhost";

constexpr char kMapping[] = R"(
source: weapon
record_number: id
serial_search: {column: serial}
fields:
  - {column: serial, to: firearm.serial_number}
  - {column: maker, to: firearm.manufacturer}
)";

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << "the test's gateway cannot start: " << why << "\n";
  std::abort();
}

void Write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  if (!(out << text << std::flush)) GiveUp("cannot write " + file);
}

void WriteRegistry(const std::string& file, const std::string& sql) {
  sqlite3* db = nullptr;
  const bool written = sqlite3_open(file.c_str(), &db) == SQLITE_OK &&
                       sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(db);
  if (!written) GiveUp("cannot write " + file);
}

StateGateway::Books BooksWith(const std::vector<std::string>& serials) {
  std::string sql = "CREATE TABLE weapon (id TEXT PRIMARY KEY, serial TEXT, maker TEXT);";
  for (const std::string& serial : serials) {
    sql += "INSERT INTO weapon VALUES ('rec-" + serial + "', '" + serial + "', 'Taurus');";
  }
  return {sql, kMapping};
}

std::string DomainOf(const std::string& state) { return absl::AsciiStrToLower(state) + ".example"; }

Minted LeafOf(const Roots& roots, const std::string& state, const std::string& who) {
  return roots.at(state).Leaf("spiffe://" + DomainOf(state) + "/" + who, {kTlsName});
}

std::string TrustRows(const Roots& roots) {
  std::string rows;
  for (const auto& [state, root] : roots) {
    rows += "    - {state: " + state + ", trust_domain: " + DomainOf(state) + ", bundle: " + state +
            ".pem, no_revocation: true}\n";
  }
  return rows;
}

// Of a registry in the gateway's folder.
std::string FileOf(const std::string& state, const std::string& kind) { return state + "." + kind; }

std::string ConfigurationOf(const Roots& roots, const StateGateway::Options& options) {
  std::string states;
  for (const auto& [state, books] : options.books) states += (states.empty() ? "" : ", ") + state;
  std::string yaml = "states: [" + states + "]\nserver: {listen: \"127.0.0.1:0\"}\n" +
                     "identity:\n  certificate_chain: gateway.pem\n  private_key: gateway.key\n" +
                     "  trust:\n" + TrustRows(roots) + "storage: {sqlite: {file: records.db}}\n" +
                     "evidence: {origin: " + DomainOf(options.state) +
                     "/tracegate, signing_key: log.key}\nregistries:\n";
  for (const auto& [state, books] : options.books) {
    yaml += "  - name: registry-" + absl::AsciiStrToLower(state) + "\n    state: " + state +
            "\n    sql: {sqlite_file: " + FileOf(state, "db") +
            ", mapping: " + FileOf(state, "yaml") + "}\n";
  }
  for (const auto& [state, address] : options.peers) {
    yaml += "  - name: peer-" + absl::AsciiStrToLower(state) + "\n    state: " + state +
            "\n    timeout: 2s\n    peer: {address: \"" + address + "\", tls_name: " + kTlsName +
            "}\n";
  }
  if (!options.agreements.empty()) yaml += "agreements:\n" + options.agreements;
  if (!options.directory.empty()) yaml += "directory:\n" + options.directory;
  return yaml;
}

}  // namespace

StateGateway::StateGateway(const Roots& roots, const Options& given)
    : roots_(&roots), state_(given.state) {
  Options options = given;
  if (options.books.empty()) options.books.emplace(state_, BooksWith(options.serials));
  const std::string at = options.folder + "/";
  const Minted gateway = LeafOf(roots, state_, "gateway/peer");
  Mint log_key;
  log_key.key_type = KeyType::kEd25519;
  Write(at + "gateway.pem", gateway.pem());
  Write(at + "gateway.key", gateway.key_pem());
  Write(at + "log.key", Minted::SelfSigned(log_key).key_pem());
  for (const auto& [state, root] : roots) Write(at + state + ".pem", root.pem());
  for (const auto& [state, books] : options.books) {
    Write(at + FileOf(state, "yaml"), books.mapping);
    WriteRegistry(at + FileOf(state, "db"), books.sql);
  }
  Write(at + "gateway.yaml", ConfigurationOf(roots, options));
  auto read = LoadConfiguration(at + "gateway.yaml", absl::Now());
  if (!read.ok()) GiveUp(std::string(read.status().message()));
  auto started = Gateway::Start(*std::move(read));
  if (!started.ok()) GiveUp(std::string(started.status().message()));
  gateway_ = *std::move(started);
}

GatewayClient StateGateway::ClientAs(const std::string& who) const { return ClientAs(state_, who); }

GatewayClient StateGateway::ClientAs(const std::string& state, const std::string& who) const {
  const Minted leaf = LeafOf(*roots_, state, who);
  return GatewayClient({.address = address(),
                        .tls_name = kTlsName,
                        .roots_pem = roots_->at(state_).pem(),
                        .certificate_chain_pem = leaf.pem(),
                        .private_key_pem = leaf.key_pem()});
}

}  // namespace tracegate
