#ifndef TRACEGATE_GATEWAY_RPC_LISTENER_H_
#define TRACEGATE_GATEWAY_RPC_LISTENER_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/rpc/open_connections.h"

namespace grpc::experimental {
class ExternalConnectionAcceptor;
}

namespace tracegate {

// Accepts connections and hands them to gRPC, keeping a hold on each: gRPC itself neither counts connections nor lets
// one be cut. TLS and everything after it is gRPC's.
//
// Thread safety: Bind, Serve and Close in this order, from one thread at a time; port from any. Lifetime: Close, or the
// destructor, before the server that takes the connections shuts down; `connections` outlives it.
class Listener {
 public:
  // Binds every address that `host:port` stands for; port 0: the system chooses one, the same for all. Nothing is
  // accepted yet. CONFIG_INVALID naming `server.listen`.
  static absl::StatusOr<std::unique_ptr<Listener>> Bind(const std::string& host_port);
  ~Listener();

  int port() const { return port_; }

  void Serve(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> server,
             OpenConnections* connections);

  // Accepts no more; connections that are open stay.
  void Close();

 private:
  Listener() = default;
  void Loop();
  void AcceptFrom(int listening);
  void HandOver(int accepted, int listening);

  std::vector<int> listening_;
  int port_ = 0;
  int events_ = -1;  // epoll
  int wake_ = -1;    // eventfd: Close
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> server_;
  OpenConnections* connections_ = nullptr;
  std::thread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_LISTENER_H_
