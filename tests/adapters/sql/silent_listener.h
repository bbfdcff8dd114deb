#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_SILENT_LISTENER_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_SILENT_LISTENER_H_

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace tracegate {

// A port at which connections come about and nobody ever says anything.
class SilentListener {
 public:
  SilentListener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, raw, size), 0);
    EXPECT_EQ(listen(socket_, 64), 0);
    EXPECT_EQ(getsockname(socket_, raw, &size), 0);
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~SilentListener() { Close(); }

  SilentListener(const SilentListener&) = delete;
  SilentListener& operator=(const SilentListener&) = delete;

  const std::string& port() const { return port_; }

  // Resets the connections that nobody took.
  void Close() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

 private:
  int socket_;
  std::string port_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_SILENT_LISTENER_H_
