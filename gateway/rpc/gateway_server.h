#ifndef TRACEGATE_GATEWAY_RPC_GATEWAY_SERVER_H_
#define TRACEGATE_GATEWAY_RPC_GATEWAY_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/rpc/call_chain.h"
#include "gateway/rpc/open_connections.h"
#include "gateway/rpc/serving_certificate.h"

namespace tracegate {

// The gRPC listener: mutual TLS, every service of the contract through the call chain.
//
// TLS asks each caller for a certificate but leaves judging it to the chain, so that a missing or wrong one gets a
// status with a reason and an entry in the log instead of a broken connection. Nothing but that refusal is ever sent
// to an unidentified caller. Reflection, where switched on, is gRPC's own service beside the chain, for identified
// callers only.
//
// Thread safety: Shutdown from any thread. Lifetime: `chain` outlives it.
class GatewayServer {
 public:
  struct Options {
    std::string listen;  // host:port, port 0: the system chooses
    ServingCertificate* certificate =
        nullptr;                             // outlives the server; may be replaced while it serves
    OpenConnections* connections = nullptr;  // outlives the server
    size_t message_bytes_max = 0;
    bool reflection = false;
  };

  // UNAVAILABLE where the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<GatewayServer>> Start(const Options& options,
                                                              const CallChain* chain);
  ~GatewayServer();

  int port() const;

  // Takes no new calls, waits for those in flight, cancels what is left after `grace`.
  void Shutdown(absl::Duration grace);

 private:
  class Impl;
  explicit GatewayServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_GATEWAY_SERVER_H_
