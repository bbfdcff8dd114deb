#include "gateway/rpc/socket_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <cstring>
#include <memory>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status CannotListen(const std::string& host_port, const std::string& why) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "server.listen",
                      "cannot listen on " + host_port + ": " + why);
}

// `[::1]:50051` -> `::1`, `50051`.
std::pair<std::string, std::string> HostAndPort(const std::string& host_port) {
  const size_t colon = host_port.rfind(':');
  if (colon == std::string::npos) return {};
  std::string host = host_port.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return {std::move(host), host_port.substr(colon + 1)};
}

std::string Text(int family, const void* address) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(family, address, text, sizeof(text));
  return text;
}

}  // namespace

int SocketAddress::port() const {
  if (storage.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port);
  }
  return ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
}

void SocketAddress::set_port(int port) {
  const in_port_t wire = htons(static_cast<in_port_t>(port));
  if (storage.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(&storage)->sin6_port = wire;
  } else {
    reinterpret_cast<sockaddr_in*>(&storage)->sin_port = wire;
  }
}

absl::StatusOr<std::vector<SocketAddress>> AddressesToListenOn(const std::string& host_port) {
  const auto [host, port] = HostAndPort(host_port);
  if (port.empty()) return CannotListen(host_port, "write it as host:port");
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error =
      getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found);
  if (error != 0) return CannotListen(host_port, gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
  std::vector<SocketAddress> addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    SocketAddress& address = addresses.emplace_back();
    address.bytes = each->ai_addrlen;
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
  }
  return addresses;
}

std::string PeerNameOf(const SocketAddress& address) {
  const std::string port = ":" + std::to_string(address.port());
  if (address.storage.ss_family == AF_INET6) {
    const auto& ipv6 = reinterpret_cast<const sockaddr_in6*>(&address.storage)->sin6_addr;
    if (!IN6_IS_ADDR_V4MAPPED(&ipv6)) return "ipv6:%5B" + Text(AF_INET6, &ipv6) + "%5D" + port;
    return "ipv4:" + Text(AF_INET, &ipv6.s6_addr[12]) + port;
  }
  return "ipv4:" +
         Text(AF_INET, &reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_addr) + port;
}

}  // namespace tracegate
