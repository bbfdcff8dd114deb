#include "tests/gateway/evidence/time_stamp/loopback_http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kRequestBytesMax = 1 << 16;

// One connection, with or without TLS.
class Wire {
 public:
  Wire(int socket, SSL_CTX* tls) : socket_(socket), ssl_(tls == nullptr ? nullptr : SSL_new(tls)) {}
  ~Wire() {
    if (ssl_ == nullptr) return;
    SSL_shutdown(ssl_);
    SSL_free(ssl_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool Open() {
    return ssl_ == nullptr || (SSL_set_fd(ssl_, socket_) == 1 && SSL_accept(ssl_) == 1);
  }
  std::string Read() {
    char bytes[4096];
    const auto size = ssl_ == nullptr ? recv(socket_, bytes, sizeof bytes, 0)
                                      : SSL_read(ssl_, bytes, sizeof bytes);
    return {bytes, static_cast<size_t>(size > 0 ? size : 0)};
  }
  void Write(const std::string& bytes) {
    if (bytes.empty()) return;
    if (ssl_ != nullptr) {
      SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
      return;
    }
    size_t sent = 0;
    while (sent < bytes.size()) {
      const auto size = send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) return;
      sent += static_cast<size_t>(size);
    }
  }

 private:
  const int socket_;
  SSL* const ssl_;
};

size_t LengthIn(const std::string& head) {
  const size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

std::optional<LoopbackHttp::Request> TakeRequest(Wire& wire) {
  std::string bytes;
  while (bytes.size() < kRequestBytesMax) {
    const size_t end = bytes.find("\r\n\r\n");
    if (end != std::string::npos && bytes.size() >= end + 4 + LengthIn(bytes)) {
      return LoopbackHttp::Request{bytes.substr(0, end), bytes.substr(end + 4)};
    }
    const std::string more = wire.Read();
    if (more.empty()) return std::nullopt;
    bytes += more;
  }
  return std::nullopt;
}

int BoundSocket(int* port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  *port = ntohs(address.sin_port);
  return listener;
}

SSL_CTX* TlsOf(const Minted& minted) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  BIO* bio = BIO_new_mem_buf(minted.pem().data(), -1);
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  bio = BIO_new_mem_buf(minted.key_pem().data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  if (SSL_CTX_use_certificate(context, certificate) != 1 ||
      SSL_CTX_use_PrivateKey(context, key) != 1) {
    std::abort();
  }
  X509_free(certificate);
  EVP_PKEY_free(key);
  return context;
}

}  // namespace

void LoopbackHttp::FreeContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

LoopbackHttp::LoopbackHttp(Handler handler, const std::optional<Minted>& tls)
    : handler_(std::move(handler)), tls_(tls ? TlsOf(*tls) : nullptr) {
  // OpenSSL writes to a client that has gone away.
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = BoundSocket(&port_);
  if (listen(listener_, 8) != 0) std::abort();
  thread_ = std::thread([this] { Serve(); });
}

LoopbackHttp::~LoopbackHttp() {
  stopping_.Notify();
  // Ends an accept, and a read of a client that sends nothing.
  shutdown(listener_, SHUT_RDWR);
  const int connection = connection_;
  if (connection >= 0) shutdown(connection, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string LoopbackHttp::address() const {
  return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + "/stamp";
}

void LoopbackHttp::Serve() {
  while (!stopping_.HasBeenNotified()) {
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    connection_ = socket;
    if (!stopping_.HasBeenNotified()) Handle(socket);
    connection_ = -1;
    close(socket);
  }
}

void LoopbackHttp::Handle(int socket) {
  Wire wire(socket, tls_.get());
  if (!wire.Open()) return;
  const auto request = TakeRequest(wire);
  if (!request) return;
  ++requests_;
  if (!asked_.HasBeenNotified()) asked_.Notify();
  const auto answer = handler_(*request);
  if (answer) return wire.Write(*answer);
  stopping_.WaitForNotification();
}

std::string HttpAnswer(const std::string& status, const std::string& type,
                       const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         body;
}

std::string DeadAddress() {
  int port = 0;
  close(BoundSocket(&port));
  return "http://127.0.0.1:" + std::to_string(port) + "/stamp";
}

}  // namespace tracegate
