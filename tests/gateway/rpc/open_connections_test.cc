#include "gateway/rpc/open_connections.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// Both ends of a connection, of which the table holds a second descriptor on one.
class Wire {
 public:
  Wire() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_), 0); }
  ~Wire() {
    close(ends_[0]);
    close(ends_[1]);
  }
  int Held() const { return fcntl(ends_[0], F_DUPFD_CLOEXEC, 0); }
  // Whether the far end can still send.
  bool open() const { return send(ends_[1], "x", 1, MSG_NOSIGNAL) == 1; }

 private:
  int ends_[2];
};

OpenCalls::Believe AllBut(const std::string& revoked) {
  return [revoked](const std::string& leaf, const std::string&) {
    return leaf == revoked ? Failure(v1::REASON_CERTIFICATE_REVOKED, "revoked") : absl::OkStatus();
  };
}

TEST(OpenConnections, CutsAtTheSecondLookWhoIsNotBelievedAndNobodyElse) {
  OpenConnections connections(10);
  const Wire revoked, other, silent;
  ASSERT_TRUE(connections.Add(revoked.Held(), "ipv4:192.0.2.1:1"));
  ASSERT_TRUE(connections.Add(other.Held(), "ipv4:192.0.2.1:2"));
  ASSERT_TRUE(connections.Add(silent.Held(), "ipv4:192.0.2.1:3"));
  connections.NoteCall("ipv4:192.0.2.1:1", "a", "");
  connections.NoteCall("ipv4:192.0.2.1:2", "b", "");
  EXPECT_EQ(connections.Recheck(AllBut("nobody")), 0);
  EXPECT_EQ(connections.Recheck(AllBut("a")), 0);
  EXPECT_TRUE(revoked.open());  // its open calls are being told why
  EXPECT_EQ(connections.Recheck(AllBut("a")), 1);
  EXPECT_FALSE(revoked.open());
  EXPECT_TRUE(other.open());
  EXPECT_TRUE(silent.open());
}

TEST(OpenConnections, ForgetsADoubtThatHasPassed) {
  OpenConnections connections(10);
  const Wire wire;
  ASSERT_TRUE(connections.Add(wire.Held(), "ipv4:192.0.2.1:1"));
  connections.NoteCall("ipv4:192.0.2.1:1", "a", "");
  EXPECT_EQ(connections.Recheck(AllBut("a")), 0);
  EXPECT_EQ(connections.Recheck(AllBut("nobody")), 0);
  EXPECT_EQ(connections.Recheck(AllBut("a")), 0);
  EXPECT_TRUE(wire.open());
}

TEST(OpenConnections, ClosesWhatIsTooManyAndCountsIt) {
  OpenConnections connections(1);
  const Wire first, second;
  const int held = first.Held();
  ASSERT_TRUE(connections.Add(held, "ipv4:192.0.2.1:1"));
  const int refused = second.Held();
  EXPECT_FALSE(connections.Add(refused, "ipv4:192.0.2.1:2"));
  EXPECT_EQ(fcntl(refused, F_GETFD), -1);
  EXPECT_EQ(connections.size(), 1u);
  EXPECT_EQ(connections.TakeTurnedAway(), 1);
  EXPECT_EQ(connections.TakeTurnedAway(), 0);
  connections.Remove(held);
  EXPECT_TRUE(connections.Add(second.Held(), "ipv4:192.0.2.1:2"));
}

TEST(OpenConnections, NamesTheAddressesThatNeverMadeACall) {
  OpenConnections connections(10);
  const Wire wire;
  const int called = wire.Held(), silent = wire.Held(), again = wire.Held();
  ASSERT_TRUE(connections.Add(called, "ipv4:192.0.2.1:1"));
  ASSERT_TRUE(connections.Add(silent, "ipv4:192.0.2.2:1"));
  ASSERT_TRUE(connections.Add(again, "ipv4:192.0.2.2:2"));
  connections.NoteCall("ipv4:192.0.2.1:1", "", "");  // a call without a certificate is one
  for (const int held : {called, silent, again}) connections.Remove(held);
  EXPECT_THAT(connections.TakeCallless(), ElementsAre(Pair("192.0.2.2", 2)));
  EXPECT_THAT(connections.TakeCallless(), IsEmpty());
}

TEST(OpenConnections, KeepsAFewAddressesApartHoweverManyCome) {
  OpenConnections connections(10);
  const Wire wire;
  for (int i = 0; i < 100; ++i) {
    const int held = wire.Held();
    ASSERT_TRUE(connections.Add(held, "ipv4:198.51.100." + std::to_string(i) + ":1"));
    connections.Remove(held);
  }
  const auto callless = connections.TakeCallless();
  EXPECT_EQ(callless.size(), 17u);
  EXPECT_EQ(callless.at("others"), 84);
}

}  // namespace
}  // namespace tracegate
