#ifndef TRACEGATE_TESTS_BENCH_ECHO_SERVER_H_
#define TRACEGATE_TESTS_BENCH_ECHO_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "tests/bench/loopback_gateway.h"

namespace tracegate {

inline constexpr char kEchoMethod[] = "/tracegate.bench.Echo/Call";

// What gRPC alone costs: a callback server with the gateway's TLS settings that takes raw bytes and replies with as
// many as it was told, and does nothing else.
//
// Thread safety: SetReplyBytes from any thread, between loads.
class EchoServer {
 public:
  // Listens on a free port of 127.0.0.1.
  explicit EchoServer(const Credential& credential);
  ~EchoServer();

  void SetReplyBytes(size_t bytes);
  std::string address() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_ECHO_SERVER_H_
