#include "gateway/identity/tls_floor.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <thread>

#include "gateway/identity/tls_probe.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(20);

// A listener on a loopback port of the kernel's choosing that gives each connection to `answer`.
class Listener {
 public:
  explicit Listener(std::function<void(int)> answer) : answer_(std::move(answer)) {
    // OpenSSL writes to the socket of a probe that has already heard enough and left.
    signal(SIGPIPE, SIG_IGN);
    descriptor_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(descriptor_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(descriptor_, 4), 0);
    EXPECT_EQ(getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~Listener() { Stop(); }

  void Stop() {
    if (descriptor_ < 0) return;
    shutdown(descriptor_, SHUT_RDWR);
    thread_.join();
    close(descriptor_);
    descriptor_ = -1;
  }
  uint16_t port() const { return port_; }

 private:
  void Serve() {
    for (int peer = accept(descriptor_, nullptr, nullptr); peer >= 0;
         peer = accept(descriptor_, nullptr, nullptr)) {
      answer_(peer);
      close(peer);
    }
  }

  std::function<void(int)> answer_;
  int descriptor_ = -1;
  uint16_t port_ = 0;
  std::thread thread_;
};

// A TLS server context made the way gRPC makes one: the minimum set back to 1.2 by hand.
std::shared_ptr<SSL_CTX> MakeContext(int version_max) {
  static const Minted leaf =
      Minted::Root("BR").Leaf("spiffe://br.example/gateway/peer", {"localhost"});
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  BIO* bio = BIO_new_mem_buf(leaf.pem().data(), -1);
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  bio = BIO_new_mem_buf(leaf.key_pem().data(), -1);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), certificate), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), key), 1);
  X509_free(certificate);
  EVP_PKEY_free(key);
  EXPECT_EQ(SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION), 1);
  EXPECT_EQ(SSL_CTX_set_max_proto_version(context.get(), version_max), 1);
  return context;
}

// One handshake with sockets, alerts and all.
std::function<void(int)> TlsServer(int version_max = TLS1_3_VERSION) {
  return [context = MakeContext(version_max)](int peer) {
    SSL* connection = SSL_new(context.get());
    SSL_set_fd(connection, peer);
    SSL_accept(connection);
    SSL_free(connection);
  };
}

// As gRPC does on a failed handshake: what OpenSSL wanted to say is dropped, and the socket closed.
std::function<void(int)> SilentTlsServer() {
  return [context = MakeContext(TLS1_3_VERSION)](int peer) {
    char bytes[4096];
    const ssize_t received = recv(peer, bytes, sizeof bytes, 0);
    SSL* connection = SSL_new(context.get());
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(connection, in, out);
    BIO_write(in, bytes, static_cast<int>(received));
    const int result = SSL_accept(connection);
    if (SSL_get_error(connection, result) == SSL_ERROR_WANT_READ) {
      char* reply = nullptr;
      const auto size = BIO_get_mem_data(out, &reply);
      EXPECT_EQ(send(peer, reply, static_cast<size_t>(size), MSG_NOSIGNAL), size);
    }
    SSL_free(connection);
  };
}

absl::Status Probe(const Listener& listener, absl::Duration timeout = kPatience) {
  return ProbeRefusesTls12("127.0.0.1", listener.port(), timeout);
}

TEST(TlsProbeTest, FindsAListenerThatAnswersTls12) {
  const Listener listener(TlsServer());
  const absl::Status found = Probe(listener);
  EXPECT_EQ(found.code(), absl::StatusCode::kFailedPrecondition) << found;
}

TEST(TlsProbeTest, LearnsNothingFromAClosedPort) {
  Listener listener([](int) {});
  listener.Stop();
  const absl::Status found = Probe(listener);
  EXPECT_EQ(found.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(found.message()), HasSubstr("cannot connect"));
}

TEST(TlsProbeTest, LearnsNothingFromAListenerThatSaysNothing) {
  const Listener listener([](int peer) {
    char bytes[4096];
    while (recv(peer, bytes, sizeof bytes, 0) > 0) {
    }
  });
  const absl::Status found = Probe(listener, absl::Milliseconds(50));
  EXPECT_EQ(found.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(found.message()), HasSubstr("in time"));
}

TEST(TlsProbeTest, TakesHangingUpOnEveryVersionForNoRefusal) {
  const Listener listener([](int) {});
  const absl::Status found = Probe(listener);
  EXPECT_EQ(found.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(found.message()), HasSubstr("does not answer TLS 1.3"));
}

TEST(TlsProbeTest, LearnsNothingFromAListenerThatSpeaksNoTls) {
  const Listener listener([](int peer) {
    constexpr std::string_view kWords = "HTTP/1.1 400 Bad Request\r\n\r\n";
    send(peer, kWords.data(), kWords.size(), MSG_NOSIGNAL);
    char bytes[4096];
    recv(peer, bytes, sizeof bytes, 0);
  });
  EXPECT_EQ(Probe(listener).code(), absl::StatusCode::kUnavailable);
}

TEST(TlsFloorTest, NewListenersRefuseTls12AndSpeakTls13) {
  ASSERT_TRUE(RequireTls13().ok());
  const Listener listener(TlsServer());
  const absl::Status found = Probe(listener);
  EXPECT_TRUE(found.ok()) << found;
}

TEST(TlsFloorTest, RefusalWithoutAWordCountsBesideAnAnswerInTls13) {
  ASSERT_TRUE(RequireTls13().ok());
  const Listener listener(SilentTlsServer());
  const absl::Status found = Probe(listener);
  EXPECT_TRUE(found.ok()) << found;
}

TEST(TlsFloorTest, ListenerHeldToTls12SpeaksNothingAtAll) {
  ASSERT_TRUE(RequireTls13().ok());
  const Listener listener(TlsServer(TLS1_2_VERSION));
  EXPECT_EQ(Probe(listener).code(), absl::StatusCode::kUnavailable);
}

TEST(TlsFloorTest, KeepsTheSecurityLevelOfTheSystem) {
  ASSERT_TRUE(RequireTls13().ok());
  const auto context = MakeContext(TLS1_3_VERSION);
  EXPECT_GE(SSL_CTX_get_security_level(context.get()), 2);
}

TEST(TlsFloorTest, MayBeRequiredTwice) {
  ASSERT_TRUE(RequireTls13().ok());
  EXPECT_TRUE(RequireTls13().ok());
}

}  // namespace
}  // namespace tracegate
