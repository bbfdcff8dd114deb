#include "tests/bench/loopback_gateway.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>

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
limits: {calls_per_minute: -1, calls_at_once: -1}
harvest_guard: {off: true}
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

Credential CredentialOf(const Minted& leaf) { return {leaf.pem(), leaf.key_pem()}; }

}  // namespace

struct LoopbackGateway::Pki {
  const Minted brazil = Minted::Root("BR");
  const Minted portugal = Minted::Root("PT");
  const Minted officer = brazil.Leaf("spiffe://br.example/policia-civil/registry", {kTlsName});

  Minted Gateway() const { return brazil.Leaf("spiffe://br.example/gateway/peer", {kTlsName}); }
};

LoopbackGateway::LoopbackGateway() : pki_(std::make_unique<Pki>()) {}
LoopbackGateway::~LoopbackGateway() = default;

absl::Status LoopbackGateway::WriteFiles(const Options& options) {
  Mint log_key;
  log_key.key_type = KeyType::kEd25519;
  const std::string at = folder_ + "/";
  absl::Status written = Write(at + "gateway.pem", server_.chain_pem);
  written.Update(Write(at + "gateway.key", server_.key_pem));
  written.Update(Write(at + "br.pem", pki_->brazil.pem()));
  written.Update(Write(at + "pt.pem", pki_->portugal.pem()));
  written.Update(Write(at + "br.crl.pem", pki_->brazil.Crl()));
  written.Update(Write(at + "pt.crl.pem", pki_->portugal.Crl()));
  written.Update(Write(at + "log.key", Minted::SelfSigned(log_key).key_pem()));
  written.Update(Write(at + "mapping.yaml", options.mapping_yaml));
  written.Update(Write(at + "gateway.yaml", configuration_));
  return written;
}

absl::StatusOr<std::unique_ptr<LoopbackGateway>> LoopbackGateway::Start(const Options& options) {
  std::unique_ptr<LoopbackGateway> out(new LoopbackGateway);
  out->folder_ = options.folder;
  out->roots_pem_ = out->pki_->brazil.pem();
  out->server_ = CredentialOf(out->pki_->Gateway());
  out->officer_ = CredentialOf(out->pki_->officer);
  out->peer_ =
      CredentialOf(out->pki_->portugal.Leaf("spiffe://pt.example/gateway/peer", {kTlsName}));
  out->configuration_ = kConfiguration;
  out->configuration_ += "    concurrency: " + std::to_string(options.registry_concurrency) + "\n";
  out->configuration_.replace(out->configuration_.find("registry.db"), sizeof "registry.db" - 1,
                              options.registry_file);
  if (auto written = out->WriteFiles(options); !written.ok()) return written;

  auto read = LoadConfiguration(options.folder + "/gateway.yaml", absl::Now());
  if (!read.ok()) return read.status();
  auto gateway = Gateway::Start(*std::move(read));
  if (!gateway.ok()) return gateway.status();
  out->gateway_ = *std::move(gateway);
  return out;
}

std::string LoopbackGateway::ShownCertificate() const {
  const grpc::SslCredentialsOptions tls{roots_pem_, peer_.key_pem, peer_.chain_pem};
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(kTlsName);
  const auto channel = grpc::CreateCustomChannel(address(), grpc::SslCredentials(tls), arguments);
  grpc::ClientContext context;
  grpc::ByteBuffer reply;
  const grpc::Slice nothing;
  const auto status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(),
      grpc::internal::RpcMethod("/grpc.health.v1.Health/Check",
                                grpc::internal::RpcMethod::NORMAL_RPC, channel),
      &context, grpc::ByteBuffer(&nothing, 1), &reply);
  if (!status.ok()) return {};
  const auto shown = context.auth_context()->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  return shown.empty() ? "" : std::string(shown[0].data(), shown[0].size());
}

void LoopbackGateway::Renew() {
  server_ = CredentialOf(pki_->Gateway());
  Write(folder_ + "/gateway.key", server_.key_pem).IgnoreError();
  Write(folder_ + "/gateway.pem", server_.chain_pem).IgnoreError();
  gateway_->Reload();
}

void LoopbackGateway::RevokeOfficer() {
  Write(folder_ + "/br.crl.pem", pki_->brazil.Crl({.revoked = {pki_->officer}})).IgnoreError();
}

void LoopbackGateway::Reconfigure(const std::string& yaml) {
  configuration_ = yaml;
  Write(folder_ + "/gateway.yaml", yaml).IgnoreError();
  gateway_->Reload();
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
