#ifndef TRACEGATE_GATEWAY_RPC_SOCKET_ADDRESS_H_
#define TRACEGATE_GATEWAY_RPC_SOCKET_ADDRESS_H_

#include <sys/socket.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t bytes = 0;

  int port() const;
  void set_port(int port);
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// The addresses to listen on for `host:port` or `[::1]:port`. CONFIG_INVALID naming `server.listen`.
absl::StatusOr<std::vector<SocketAddress>> AddressesToListenOn(const std::string& host_port);

// As gRPC names a peer to its calls: `ipv4:192.0.2.1:40000`, `ipv6:%5B::1%5D:40000`. An IPv4 address inside IPv6 is told
// as IPv4.
std::string PeerNameOf(const SocketAddress& address);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_SOCKET_ADDRESS_H_
