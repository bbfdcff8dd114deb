#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_LOOPBACK_HTTP_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_LOOPBACK_HTTP_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "tests/gateway/identity/minted_pki.h"

struct ssl_ctx_st;

namespace tracegate {

// An HTTP server of one test, on a free port of the loopback address: one connection at a time, one
// request a connection.
//
// Lifetime: the destructor ends it, whatever it is doing, a request that hangs included.
class LoopbackHttp {
 public:
  struct Request {
    std::string head;  // request line and headers, up to the blank line
    std::string body;
  };
  // The bytes to answer with, head and all; nothing leaves the client waiting.
  using Handler = std::function<std::optional<std::string>(const Request&)>;

  // With `tls`, over TLS with that certificate.
  explicit LoopbackHttp(Handler handler, const std::optional<Minted>& tls = std::nullopt);
  ~LoopbackHttp();

  std::string address() const;
  // Answered or hanging so far.
  int requests() const { return requests_; }
  void AwaitRequest() const { asked_.WaitForNotification(); }

 private:
  struct FreeContext {
    void operator()(ssl_ctx_st* context) const;
  };
  void Serve();
  void Handle(int socket);

  const Handler handler_;
  std::unique_ptr<ssl_ctx_st, FreeContext> tls_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connection_{-1};
  std::atomic<int> requests_{0};
  absl::Notification asked_;
  absl::Notification stopping_;
  std::thread thread_;
};

// A whole answer.
std::string HttpAnswer(const std::string& status, const std::string& type, const std::string& body);

// The address of a port on which nobody listens.
std::string DeadAddress();

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_LOOPBACK_HTTP_H_
