#ifndef TRACEGATE_TESTS_BENCH_LOOPBACK_GATEWAY_H_
#define TRACEGATE_TESTS_BENCH_LOOPBACK_GATEWAY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/daemon/gateway.h"
#include "gateway/rpc/gateway_client.h"

namespace tracegate {

// A certificate chain and its key, PEM.
struct Credential {
  std::string chain_pem;
  std::string key_pem;
};

// Brazil's gateway in this process, over one SQLite registry, on 127.0.0.1 with mutual TLS. Everything it needs is
// minted and written to a folder: keys, trust, configuration. Portugal is a State that it answers.
//
// Thread safety: none but for what is const. Lifetime: the folder outlives it; ends with Stop or the destructor.
// Call RequireTls13 (gateway/identity/tls_floor.h) before.
class LoopbackGateway {
 public:
  struct Options {
    std::string folder;         // exists; files are written into it
    std::string registry_file;  // SQLite, in the folder
    std::string mapping_yaml;
    int registry_concurrency = 4;
  };

  static absl::StatusOr<std::unique_ptr<LoopbackGateway>> Start(const Options& options);
  ~LoopbackGateway();

  std::string address() const;
  std::string verifier_key() const { return gateway_->verifier_key(); }
  const std::string& roots_pem() const { return roots_pem_; }
  const Credential& server() const { return server_; }
  const Credential& officer() const { return officer_; }  // registry officer of Brazil
  const Credential& peer() const { return peer_; }        // Portugal's gateway

  // Where its records are kept; to be opened by others once it has stopped.
  std::string records_file() const { return folder_ + "/records.db"; }

  GatewayClient::Options ClientOptions(const Credential& caller) const;

  // The certificate that a new connection is shown, PEM; empty where none could be made.
  std::string ShownCertificate() const;

  // Gives the gateway a new key and a certificate of the same CA, and has it take them up.
  void Renew();

  // Writes a CRL of Brazil's CA that takes the officer's certificate back. The gateway follows the file by itself.
  void RevokeOfficer();

  // Writes another configuration in place of the present one, and has the gateway look at it.
  void Reconfigure(const std::string& yaml);
  const std::string& configuration() const { return configuration_; }

  // Ends it; nothing but records_file may be called then.
  void Stop() { gateway_.reset(); }

 private:
  struct Pki;
  LoopbackGateway();

  absl::Status WriteFiles(const Options& options);

  std::unique_ptr<Pki> pki_;
  std::string folder_;
  std::string configuration_;
  std::string roots_pem_;
  Credential server_;
  Credential officer_;
  Credential peer_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_LOOPBACK_GATEWAY_H_
