#ifndef TRACEGATE_TESTS_INTEGRATION_LIAISON_STATE_GATEWAY_H_
#define TRACEGATE_TESTS_INTEGRATION_LIAISON_STATE_GATEWAY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/daemon/gateway.h"
#include "gateway/rpc/gateway_client.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {

// The roots of the States of a test.
using Roots = std::map<std::string, Minted>;

// One State's gateway in this process, on 127.0.0.1 with mutual TLS: its own registry in a SQLite file, and other States'
// gateways as peers. It may serve further States too, each with a registry of its own.
//
// Thread safety: none. Lifetime: the folder outlives it.
class StateGateway {
 public:
  // What a State's registry is made of.
  struct Books {
    std::string sql;
    std::string mapping;  // YAML
  };

  struct Options {
    std::string state;                      // "BR": whose certificate it has
    std::string folder = {};                // exists
    std::vector<std::string> serials = {};  // of the pistols in its registry
    // The States that it serves and their books; none: its own, with those pistols.
    std::map<std::string, Books> books = {};
    // State to address of its gateway.
    std::map<std::string, std::string> peers = {};
    std::string agreements = {};  // YAML rows
    std::string directory = {};   // YAML rows
  };

  // Ends the test's process where it cannot start.
  StateGateway(const Roots& roots, const Options& options);

  std::string address() const { return "127.0.0.1:" + std::to_string(gateway_->port()); }
  std::string verifier_key() const { return gateway_->verifier_key(); }

  // A client with a certificate of its State for that agency and role: "policia/liaison".
  GatewayClient ClientAs(const std::string& who) const;
  // The same of another State's.
  GatewayClient ClientAs(const std::string& state, const std::string& who) const;

  void Stop() { gateway_.reset(); }

 private:
  const Roots* const roots_;
  const std::string state_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_LIAISON_STATE_GATEWAY_H_
