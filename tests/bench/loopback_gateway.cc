#include "tests/bench/loopback_gateway.h"

#include <fstream>

#include "absl/time/clock.h"
#include "gateway/daemon/configuration.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

constexpr char kTlsName[] = "localhost";

// The registry's file name is put in, and its concurrency behind.
constexpr char kConfiguration[] = R"(states: [BR]
server: {listen: "127.0.0.1:0"}
identity:
  certificate_chain: gateway.pem
  private_key: gateway.key
  trust:
    - {state: BR, trust_domain: br.example, bundle: br.pem, crl: br.crl.pem}
    - {state: PT, trust_domain: pt.example, bundle: pt.pem, crl: pt.crl.pem}
storage: {sqlite: {file: records.db}}
evidence: {origin: br.example/tracegate, signing_key: log.key}
agreements:
  - id: PT-BR-2020
    asking_state: PT
    answering_state: BR
    legal_basis: BILATERAL
    purposes: [CRIMINAL_INVESTIGATION]
    disclose: [record_number, firearm, events]
    handling: [H1]
    requires_confidentiality: true
    valid_from: 2020-01-01
registries:
  - name: br-registry
    state: BR
    sql: {sqlite_file: registry.db, mapping: mapping.yaml}
)";

absl::Status Write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  if (out << text << std::flush) return absl::OkStatus();
  return absl::InternalError("cannot write " + file);
}

Credential Issue(const Minted& root, const char* spiffe_id) {
  const Minted leaf = root.Leaf(spiffe_id, {kTlsName});
  return {leaf.pem(), leaf.key_pem()};
}

}  // namespace

absl::StatusOr<std::unique_ptr<LoopbackGateway>> LoopbackGateway::Start(const Options& options) {
  const Minted brazil = Minted::Root("BR");
  const Minted portugal = Minted::Root("PT");
  Mint log_key;
  log_key.key_type = KeyType::kEd25519;

  std::unique_ptr<LoopbackGateway> out(new LoopbackGateway);
  out->folder_ = options.folder;
  out->roots_pem_ = brazil.pem();
  out->server_ = Issue(brazil, "spiffe://br.example/gateway/peer");
  out->officer_ = Issue(brazil, "spiffe://br.example/policia-civil/registry");
  out->peer_ = Issue(portugal, "spiffe://pt.example/gateway/peer");

  const std::string at = options.folder + "/";
  std::string configuration = kConfiguration;
  configuration += "    concurrency: " + std::to_string(options.registry_concurrency) + "\n";
  configuration.replace(configuration.find("registry.db"), sizeof "registry.db" - 1,
                        options.registry_file);
  absl::Status written = Write(at + "gateway.pem", out->server_.chain_pem);
  written.Update(Write(at + "gateway.key", out->server_.key_pem));
  written.Update(Write(at + "br.pem", brazil.pem()));
  written.Update(Write(at + "pt.pem", portugal.pem()));
  written.Update(Write(at + "br.crl.pem", brazil.Crl()));
  written.Update(Write(at + "pt.crl.pem", portugal.Crl()));
  written.Update(Write(at + "log.key", Minted::SelfSigned(log_key).key_pem()));
  written.Update(Write(at + "mapping.yaml", options.mapping_yaml));
  written.Update(Write(at + "gateway.yaml", configuration));
  if (!written.ok()) return written;

  auto read = LoadConfiguration(at + "gateway.yaml", absl::Now());
  if (!read.ok()) return read.status();
  auto gateway = Gateway::Start(*std::move(read));
  if (!gateway.ok()) return gateway.status();
  out->gateway_ = *std::move(gateway);
  return out;
}

std::string LoopbackGateway::address() const {
  return "127.0.0.1:" + std::to_string(gateway_->port());
}

GatewayClient::Options LoopbackGateway::ClientOptions(const Credential& caller) const {
  return {.address = address(),
          .tls_name = kTlsName,
          .roots_pem = roots_pem_,
          .certificate_chain_pem = caller.chain_pem,
          .private_key_pem = caller.key_pem};
}

}  // namespace tracegate
