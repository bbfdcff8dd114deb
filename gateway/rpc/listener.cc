#include "gateway/rpc/listener.h"

#include <fcntl.h>
#include <grpcpp/server_builder.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "gateway/rpc/operations_log.h"
#include "gateway/rpc/socket_address.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kEventsAtOnce = 64;
// Where no descriptor is left: connections wait in the system's queue meanwhile.
constexpr int kPauseMicros = 100000;

absl::Status CannotListen(const std::string& host_port, int error) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "server.listen",
                      "cannot listen on " + host_port + " (" +
                          std::generic_category().message(error) +
                          "); is the address this machine's and the port free?");
}

// A listening socket, or -1 with errno.
int ListenOn(const SocketAddress& address) {
  const int listening =
      socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listening < 0) return -1;
  const int on = 1;
  const int off = 0;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (address.storage.ss_family == AF_INET6) {
    setsockopt(listening, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
  }
  if (bind(listening, address.get(), address.bytes) == 0 && listen(listening, SOMAXCONN) == 0) {
    return listening;
  }
  const int error = errno;
  close(listening);
  errno = error;
  return -1;
}

int PortOf(int listening) {
  SocketAddress address;
  address.bytes = sizeof(address.storage);
  getsockname(listening, reinterpret_cast<sockaddr*>(&address.storage), &address.bytes);
  return address.port();
}

void Follow(int events, int descriptor, uint32_t what) {
  epoll_event event{};
  event.events = what;
  event.data.fd = descriptor;
  epoll_ctl(events, EPOLL_CTL_ADD, descriptor, &event);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Bind(const std::string& host_port) {
  auto addresses = AddressesToListenOn(host_port);
  if (!addresses.ok()) return addresses.status();
  std::unique_ptr<Listener> listener(new Listener);
  for (SocketAddress& address : *addresses) {
    if (address.port() == 0) address.set_port(listener->port_);
    const int listening = ListenOn(address);
    if (listening < 0) return CannotListen(host_port, errno);
    listener->listening_.push_back(listening);
    listener->port_ = PortOf(listening);
  }
  listener->events_ = epoll_create1(EPOLL_CLOEXEC);
  listener->wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (listener->events_ < 0 || listener->wake_ < 0) return CannotListen(host_port, errno);
  return listener;
}

Listener::~Listener() {
  Close();
  for (const int descriptor : listening_) close(descriptor);
  if (events_ >= 0) close(events_);
  if (wake_ >= 0) close(wake_);
}

void Listener::Serve(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> server,
                     OpenConnections* connections) {
  server_ = std::move(server);
  connections_ = connections;
  Follow(events_, wake_, EPOLLIN);
  for (const int listening : listening_) Follow(events_, listening, EPOLLIN);
  thread_ = std::thread([this] { Loop(); });
}

void Listener::Close() {
  if (!thread_.joinable()) return;
  eventfd_write(wake_, 1);
  thread_.join();
  for (const int descriptor : std::exchange(listening_, {})) close(descriptor);
}

void Listener::Loop() {
  std::array<epoll_event, kEventsAtOnce> events;
  while (true) {
    const int count = epoll_wait(events_, events.data(), kEventsAtOnce, -1);
    for (int i = 0; i < count; ++i) {
      const int descriptor = events[static_cast<size_t>(i)].data.fd;
      if (descriptor == wake_) return;
      if (std::find(listening_.begin(), listening_.end(), descriptor) != listening_.end()) {
        AcceptFrom(descriptor);
      } else {
        // Both sides are shut. Taken out first: gRPC may hold the socket, and so its events, a little longer.
        epoll_ctl(events_, EPOLL_CTL_DEL, descriptor, nullptr);
        connections_->Remove(descriptor);
      }
    }
  }
}

void Listener::AcceptFrom(int listening) {
  const int accepted = accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (accepted >= 0) return HandOver(accepted, listening);
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    LogError("cannot_accept", {{"why", std::generic_category().message(errno)}});
    usleep(kPauseMicros);
  }
}

void Listener::HandOver(int accepted, int listening) {
  const int on = 1;
  setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  SocketAddress address;
  address.bytes = sizeof(address.storage);
  const bool is_open =
      getpeername(accepted, reinterpret_cast<sockaddr*>(&address.storage), &address.bytes) == 0;
  const int held = is_open ? fcntl(accepted, F_DUPFD_CLOEXEC, 0) : -1;
  if (held < 0 || !connections_->Add(held, PeerNameOf(address))) {
    close(accepted);
    return;
  }
  // The end of a connection is reported unasked (EPOLLHUP), once both sides are shut.
  Follow(events_, held, EPOLLET);
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.listener_fd = listening;
  connection.fd = accepted;
  server_->HandleNewConnection(&connection);
}

}  // namespace tracegate
