#include "gateway/identity/tls_probe.h"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "gateway/identity/certificate_text.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {
namespace {

using ContextPtr = std::unique_ptr<SSL_CTX, x509::Freeing<SSL_CTX_free>>;
using ConnectionPtr = std::unique_ptr<SSL, x509::Freeing<SSL_free>>;
using AddressesPtr = std::unique_ptr<addrinfo, x509::Freeing<freeaddrinfo>>;

constexpr int kRoundsMax = 16;

// What a listener did with a ClientHello that offers one version only.
enum class Answer { kServerHello, kVersionAlert, kClosed };

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

absl::StatusOr<Socket> Connect(const std::string& host, uint16_t port, absl::Duration timeout) {
  const std::string place = host + ":" + std::to_string(port);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) {
    return absl::UnavailableError("cannot resolve " + place + ": " + gai_strerror(error));
  }
  AddressesPtr addresses(found);
  std::string last = "no address";
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    Socket socket(::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, 0));
    // The send timeout also bounds connect(2), see socket(7).
    const timeval limit = absl::ToTimeval(timeout);
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(socket.get(), address->ai_addr, address->ai_addrlen) == 0) return socket;
    last = std::strerror(errno);
  }
  return absl::UnavailableError("cannot connect to " + place + ": " + last);
}

// OpenSSL's message callback: notes the arrival of a ServerHello.
void NoteServerHello(int is_write, int, int content_type, const void* bytes, size_t size, SSL*,
                     void* seen) {
  if (is_write == 0 && content_type == SSL3_RT_HANDSHAKE && size > 0 &&
      static_cast<const unsigned char*>(bytes)[0] == SSL3_MT_SERVER_HELLO) {
    *static_cast<bool*>(seen) = true;
  }
}

// Verifies nothing and shows no certificate: only the listener's first words matter.
absl::StatusOr<ContextPtr> OneVersion(int version, bool* seen) {
  ContextPtr context(SSL_CTX_new(TLS_client_method()));
  if (context == nullptr || SSL_CTX_set_min_proto_version(context.get(), version) != 1 ||
      SSL_CTX_set_max_proto_version(context.get(), version) != 1) {
    return absl::UnavailableError("cannot set up a TLS client: " + x509::TakeLibraryError());
  }
  // The floor of this very process would otherwise forbid even asking.
  SSL_CTX_clear_options(context.get(), SSL_OP_NO_TLSv1_2);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_msg_callback(context.get(), NoteServerHello);
  SSL_CTX_set_msg_callback_arg(context.get(), seen);
  return context;
}

// What OpenSSL has to say goes out with send(2) and not through a socket BIO, whose write to a
// listener that has hung up would raise SIGPIPE.
bool SendPending(BIO* out, int socket) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(out, &bytes);
  const bool sent =
      size <= 0 || send(socket, bytes, static_cast<size_t>(size), MSG_NOSIGNAL) == size;
  BIO_reset(out);
  return sent;
}

absl::StatusOr<Answer> Offer(int version, int socket) {
  bool seen = false;
  auto context = OneVersion(version, &seen);
  if (!context.ok()) return context.status();
  ConnectionPtr connection(SSL_new(context->get()));
  static constexpr unsigned char kHttp2[] = {2, 'h', '2'};
  SSL_set_alpn_protos(connection.get(), kHttp2, sizeof kHttp2);
  BIO* in = BIO_new(BIO_s_mem());
  BIO* out = BIO_new(BIO_s_mem());
  SSL_set_bio(connection.get(), in, out);  // takes both

  for (int round = 0; round < kRoundsMax; ++round) {
    ERR_clear_error();
    const int result = SSL_connect(connection.get());
    const int failure = SSL_get_error(connection.get(), result);
    const int reason = ERR_GET_REASON(ERR_peek_error());
    const std::string words = x509::TakeLibraryError();
    if (seen) return Answer::kServerHello;
    if (reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION) return Answer::kVersionAlert;
    if (failure != SSL_ERROR_WANT_READ) {
      return absl::UnavailableError("the listener's answer to a TLS hello is no refusal (" + words +
                                    ")");
    }
    if (!SendPending(out, socket)) return Answer::kClosed;
    char bytes[4096];
    const ssize_t received = recv(socket, bytes, sizeof bytes, 0);
    if (received == 0 || (received < 0 && errno == ECONNRESET)) return Answer::kClosed;
    if (received < 0) return absl::UnavailableError("the listener gave no answer in time");
    BIO_write(in, bytes, static_cast<int>(received));
  }
  return absl::UnavailableError("the listener's answer to a TLS hello does not end");
}

absl::StatusOr<Answer> Try(int version, const std::string& host, uint16_t port,
                           absl::Duration timeout) {
  auto socket = Connect(host, port, timeout);
  if (!socket.ok()) return socket.status();
  return Offer(version, socket->get());
}

}  // namespace

absl::Status ProbeRefusesTls12(const std::string& host, uint16_t port, absl::Duration timeout) {
  auto older = Try(TLS1_2_VERSION, host, port, timeout);
  if (!older.ok()) return older.status();
  if (*older == Answer::kServerHello) {
    return absl::FailedPreconditionError("the listener answers TLS 1.2; it must speak 1.3 only");
  }
  auto newer = Try(TLS1_3_VERSION, host, port, timeout);
  if (!newer.ok()) return newer.status();
  if (*newer != Answer::kServerHello) {
    return absl::UnavailableError("the listener does not answer TLS 1.3");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
