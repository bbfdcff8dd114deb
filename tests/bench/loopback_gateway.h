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

  std::string address() const;
  std::string verifier_key() const { return gateway_->verifier_key(); }
  const std::string& roots_pem() const { return roots_pem_; }
  const Credential& server() const { return server_; }
  const Credential& officer() const { return officer_; }  // registry officer of Brazil
  const Credential& peer() const { return peer_; }        // Portugal's gateway

  // Where its records are kept; to be opened by others once it has stopped.
  std::string records_file() const { return folder_ + "/records.db"; }

  GatewayClient::Options ClientOptions(const Credential& caller) const;

  // Ends it; nothing but records_file may be called then.
  void Stop() { gateway_.reset(); }

 private:
  LoopbackGateway() = default;

  std::string folder_;
  std::string roots_pem_;
  Credential server_;
  Credential officer_;
  Credential peer_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_LOOPBACK_GATEWAY_H_
