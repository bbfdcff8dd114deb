#ifndef TRACEGATE_TESTS_ADAPTERS_HTTP_LOOPBACK_HTTPS_H_
#define TRACEGATE_TESTS_ADAPTERS_HTTP_LOOPBACK_HTTPS_H_

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/gateway/identity/minted_pki.h"

struct ssl_ctx_st;
struct ssl_st;

namespace tracegate {

// An HTTPS server of one test, on a free port of the loopback address: connections are kept, and each has a thread.
//
// Lifetime: the destructor ends it, whatever it is doing, answers that hang included.
class LoopbackHttps {
 public:
  struct Request {
    std::string method;
    std::string target;                          // `/weapons?serial=1`
    std::map<std::string, std::string> headers;  // names in small letters
    std::string body;
  };

  // The connection that a request came by, to be answered on in whatever way.
  class Reply {
   public:
    Reply(ssl_st* ssl, int socket) : ssl_(ssl), socket_(socket) {}

    // False once the client has gone away.
    bool Send(std::string_view bytes);
    // An answer as it should be.
    void Whole(int status, const std::string& type, const std::string& body,
               const std::string& more_headers = "");
    void Json(const std::string& body, const std::string& more_headers = "") {
      Whole(200, "application/json; charset=utf-8", body, more_headers);
    }
    // Says nothing more until the client or the test is gone.
    void Hang();
    // Ends the connection at once: with an RST, or as if all were said.
    void Reset();
    void Close() { open_ = false; }

    bool open() const { return open_; }

   private:
    ssl_st* const ssl_;
    const int socket_;
    bool open_ = true;
  };

  // Called from several threads.
  using Handler = std::function<void(const Request&, Reply&)>;

  // `clients`: who vouches for the certificates of clients; none: they need none.
  LoopbackHttps(Handler handler, const Minted& certificate,
                const std::optional<Minted>& clients = std::nullopt);
  ~LoopbackHttps();
  LoopbackHttps(const LoopbackHttps&) = delete;
  LoopbackHttps& operator=(const LoopbackHttps&) = delete;

  // `https://127.0.0.1:port`.
  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }

  // All so far.
  std::vector<Request> requests() const;
  int connections() const;

 private:
  struct FreeContext {
    void operator()(ssl_ctx_st* context) const;
  };
  void Serve();
  void Handle(int socket);
  std::optional<Request> Take(ssl_st* ssl);

  const Handler handler_;
  std::unique_ptr<ssl_ctx_st, FreeContext> tls_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  bool ending_ = false;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::vector<Request> requests_;
  std::thread accepting_;
};

// A certificate for the loopback address, that `root` vouches for.
Mint LoopbackMint();

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_HTTP_LOOPBACK_HTTPS_H_
