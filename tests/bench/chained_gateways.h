#ifndef TRACEGATE_TESTS_BENCH_CHAINED_GATEWAYS_H_
#define TRACEGATE_TESTS_BENCH_CHAINED_GATEWAYS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/daemon/gateway.h"
#include "gateway/rpc/gateway_client.h"
#include "tests/bench/loopback_gateway.h"

namespace tracegate {

// The gateways of Brazil, Serbia and Germany in this process, on 127.0.0.1 with mutual TLS. Brazil has no record of the
// pistol with ChainedSerial, Serbia exported it to Germany, and there it was stolen: a trace of Brazil's takes three hops.
//
// Lifetime: the folder exists and outlives it. Call RequireTls13 (gateway/identity/tls_floor.h) before.
class ChainedGateways {
 public:
  static absl::StatusOr<std::unique_ptr<ChainedGateways>> Start(const std::string& folder);

  // Of a registry officer of Brazil, at Brazil's gateway.
  const GatewayClient::Options& officer() const { return officer_; }
  // What Brazil's gateway shows and trusts: for a server that costs what a gateway's TLS costs.
  const Credential& server() const { return server_; }

 private:
  ChainedGateways() = default;

  GatewayClient::Options officer_;
  Credential server_;
  std::vector<std::unique_ptr<Gateway>> gateways_;  // Serbia's, Germany's, Brazil's
};

// A serialised CreateTraceRequest of that officer's for that pistol, under an id made of `number`.
std::string ChainedRequest(uint64_t number);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_CHAINED_GATEWAYS_H_
