#include "tests/adapters/http/loopback_https.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kRequestBytesMax = 1 << 20;

void Require(bool good) {
  if (!good) std::abort();
}

X509* CertificateOf(const Minted& minted) {
  BIO* bio = BIO_new_mem_buf(minted.pem().data(), -1);
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return certificate;
}

SSL_CTX* TlsOf(const Minted& minted, const std::optional<Minted>& clients) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  X509* certificate = CertificateOf(minted);
  BIO* bio = BIO_new_mem_buf(minted.key_pem().data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  Require(SSL_CTX_use_certificate(context, certificate) == 1 &&
          SSL_CTX_use_PrivateKey(context, key) == 1);
  X509_free(certificate);
  EVP_PKEY_free(key);
  if (!clients) return context;
  X509* root = CertificateOf(*clients);
  Require(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root) == 1);
  X509_free(root);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // Where clients are asked for, a session is only kept under a name.
  const unsigned char name[] = {'t'};
  SSL_CTX_set_session_id_context(context, name, sizeof name);
  return context;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

LoopbackHttps::Request ReadHead(const std::string& head) {
  LoopbackHttps::Request request;
  std::istringstream lines(head);
  lines >> request.method >> request.target;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const size_t colon = line.find(": ");
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (colon != std::string::npos) {
      request.headers[Lower(line.substr(0, colon))] = line.substr(colon + 2);
    }
  }
  return request;
}

}  // namespace

Mint LoopbackMint() {
  Mint mint;
  mint.common_name = "Registry";
  mint.dns_names = {"localhost"};
  mint.ip_addresses = {"127.0.0.1"};
  return mint;
}

bool LoopbackHttps::Reply::Send(std::string_view bytes) {
  while (open_ && !bytes.empty()) {
    const int sent = SSL_write(ssl_, bytes.data(),
                               static_cast<int>(std::min<size_t>(bytes.size(), size_t{1} << 20)));
    open_ = sent > 0;
    if (open_) bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return open_;
}

void LoopbackHttps::Reply::Whole(int status, const std::string& type, const std::string& body,
                                 const std::string& more_headers) {
  Send("HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Type: " + type +
       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers + "\r\n" +
       body);
}

void LoopbackHttps::Reply::Hang() {
  char byte = 0;
  while (SSL_read(ssl_, &byte, 1) > 0) {
  }
  open_ = false;
}

void LoopbackHttps::Reply::Reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  open_ = false;
}

void LoopbackHttps::FreeContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

LoopbackHttps::LoopbackHttps(Handler handler, const Minted& certificate,
                             const std::optional<Minted>& clients)
    : handler_(std::move(handler)), tls_(TlsOf(certificate, clients)) {
  // OpenSSL writes to a client that has gone away.
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  Require(listener_ >= 0 && bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
          getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
          listen(listener_, 64) == 0);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Serve(); });
}

LoopbackHttps::~LoopbackHttps() {
  std::vector<std::thread> threads;
  shutdown(listener_, SHUT_RDWR);
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    threads.swap(threads_);
  }
  for (std::thread& thread : threads) thread.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
}

std::vector<LoopbackHttps::Request> LoopbackHttps::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int LoopbackHttps::connections() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(sockets_.size());
}

void LoopbackHttps::Serve() {
  while (true) {
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0) return;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    if (ending_) return;
    threads_.emplace_back([this, socket] { Handle(socket); });
  }
}

void LoopbackHttps::Handle(int socket) {
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(tls_.get()), SSL_free);
  bool open = SSL_set_fd(ssl.get(), socket) == 1 && SSL_accept(ssl.get()) == 1;
  bool abrupt = false;
  while (open) {
    const auto request = Take(ssl.get());
    if (!request) break;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(*request);
    }
    Reply reply(ssl.get(), socket);
    handler_(*request, reply);
    open = reply.open();
    abrupt = !open;
  }
  if (!abrupt) SSL_shutdown(ssl.get());
  // The socket's number stays taken until the server ends, so that it ends no other; with SO_LINGER this is an RST.
  linger now{};
  socklen_t size = sizeof now;
  getsockopt(socket, SOL_SOCKET, SO_LINGER, &now, &size);
  if (now.l_onoff == 0) {
    shutdown(socket, SHUT_RDWR);
    return;
  }
  const std::lock_guard lock(mutex_);
  const int placeholder = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // Puts another in the number's place, which closes the connection.
  dup2(placeholder, socket);
  close(placeholder);
}

std::optional<LoopbackHttps::Request> LoopbackHttps::Take(ssl_st* ssl) {
  std::string bytes;
  char buffer[4096];
  while (bytes.size() < kRequestBytesMax) {
    const size_t end = bytes.find("\r\n\r\n");
    if (end != std::string::npos) {
      Request request = ReadHead(bytes.substr(0, end + 2));
      const auto length = request.headers.find("content-length");
      const size_t body = length == request.headers.end() ? 0 : std::stoul(length->second);
      if (bytes.size() >= end + 4 + body) {
        request.body = bytes.substr(end + 4, body);
        return request;
      }
    }
    const int size = SSL_read(ssl, buffer, sizeof buffer);
    if (size <= 0) return std::nullopt;
    bytes.append(buffer, static_cast<size_t>(size));
  }
  return std::nullopt;
}

}  // namespace tracegate
