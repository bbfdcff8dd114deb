#include "gateway/rpc/listener.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <string>

#include "absl/time/clock.h"
#include "gateway/rpc/socket_address.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

SocketAddress Ipv4(const char* text, int port) {
  SocketAddress address;
  auto& in = reinterpret_cast<sockaddr_in&>(address.storage);
  in.sin_family = AF_INET;
  inet_pton(AF_INET, text, &in.sin_addr);
  address.set_port(port);
  address.bytes = sizeof(in);
  return address;
}

SocketAddress Ipv6(const char* text, int port) {
  SocketAddress address;
  auto& in = reinterpret_cast<sockaddr_in6&>(address.storage);
  in.sin6_family = AF_INET6;
  inet_pton(AF_INET6, text, &in.sin6_addr);
  address.set_port(port);
  address.bytes = sizeof(in);
  return address;
}

TEST(PeerName, IsAsGrpcTellsItToCalls) {
  EXPECT_EQ(PeerNameOf(Ipv4("192.0.2.1", 40000)), "ipv4:192.0.2.1:40000");
  EXPECT_EQ(PeerNameOf(Ipv6("2001:db8::1", 40000)), "ipv6:%5B2001:db8::1%5D:40000");
  EXPECT_EQ(PeerNameOf(Ipv6("::ffff:192.0.2.1", 40000)), "ipv4:192.0.2.1:40000");
}

TEST(AddressesToListenOn, TakesNamesAndBothFamilies) {
  EXPECT_EQ(AddressesToListenOn("127.0.0.1:50051")->at(0).port(), 50051);
  EXPECT_EQ(AddressesToListenOn("[::1]:50051")->at(0).storage.ss_family, AF_INET6);
  for (const char* wrong :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http/2", "[::1:50051", "256.0.0.1:50051"}) {
    const auto refused = AddressesToListenOn(wrong);
    EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_CONFIG_INVALID) << wrong;
  }
}

// gRPC's part: says what it was handed, and ends it.
class FakeServer : public grpc::experimental::ExternalConnectionAcceptor {
 public:
  explicit FakeServer(int* handed) : handed_(handed) {}
  void HandleNewConnection(NewConnectionParameters* connection) override {
    ++*handed_;
    shutdown(connection->fd, SHUT_RDWR);
    close(connection->fd);
  }

 private:
  int* const handed_;
};

void ConnectTo(int port) {
  const SocketAddress address = Ipv4("127.0.0.1", port);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(connect(client, address.get(), address.bytes), 0);
  char byte = 0;
  EXPECT_EQ(recv(client, &byte, 1, 0), 0);  // until the other side has ended it
  close(client);
}

TEST(Listener, HandsEachConnectionOverAndForgetsItOnceItHasEnded) {
  OpenConnections connections(2);
  int handed = 0;
  auto listener = Listener::Bind("127.0.0.1:0");
  ASSERT_TRUE(listener.ok()) << listener.status();
  ASSERT_GT((*listener)->port(), 0);
  (*listener)->Serve(std::make_unique<FakeServer>(&handed), &connections);
  // More than may be open at once: each has ended before too many are counted.
  for (int i = 0; i < 8; ++i) {
    ConnectTo((*listener)->port());
    while (connections.size() > 0) absl::SleepFor(absl::Milliseconds(1));
  }
  (*listener)->Close();
  EXPECT_EQ(handed, 8);
  EXPECT_EQ(connections.TakeTurnedAway(), 0);
  EXPECT_EQ(connections.TakeCallless().at("127.0.0.1"), 8);
}

TEST(Listener, SaysThatThePortIsTaken) {
  auto first = Listener::Bind("127.0.0.1:0");
  ASSERT_TRUE(first.ok());
  const auto second = Listener::Bind("127.0.0.1:" + std::to_string((*first)->port()));
  EXPECT_EQ(DetailOf(second.status()).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(second.status().message()), testing::HasSubstr("server.listen"));
}

}  // namespace
}  // namespace tracegate
