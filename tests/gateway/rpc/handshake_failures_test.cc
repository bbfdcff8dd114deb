#include "gateway/rpc/handshake_failures.h"

#include <grpc/support/log.h>
#include <gtest/gtest.h>

namespace tracegate {
namespace {

TEST(HandshakeFailures, ReadsTheReasonOutOfALineAndOfNoOther) {
  EXPECT_EQ(
      HandshakeFailureIn("Handshake failed with fatal error SSL_ERROR_SSL: error:0A00010B:SSL "
                         "routines::wrong version number."),
      "SSL_ERROR_SSL: error:0A00010B:SSL routines::wrong version number.");
  EXPECT_EQ(HandshakeFailureIn("a handshake failed with fatal error x"), "");
  EXPECT_EQ(HandshakeFailureIn("Handshake failed with fatal error a\nb\x1b[31m"), "a?b?[31m");
}

TEST(HandshakeFailures, CountsByReasonForgetsWhatWasTakenAndIsBounded) {
  FollowHandshakes();
  TakeHandshakeFailures();
  gpr_log(GPR_ERROR, "Handshake failed with fatal error one");
  gpr_log(GPR_ERROR, "Handshake failed with fatal error one");
  gpr_log(GPR_ERROR, "Handshake failed with fatal error two");
  const auto failures = TakeHandshakeFailures();
  ASSERT_EQ(failures.size(), 2u);
  EXPECT_EQ(failures.at("one"), 2);
  EXPECT_EQ(failures.at("two"), 1);
  EXPECT_TRUE(TakeHandshakeFailures().empty());
  for (int i = 0; i < 100; ++i) gpr_log(GPR_ERROR, "Handshake failed with fatal error %d", i);
  int64_t count = 0;
  const auto many = TakeHandshakeFailures();
  for (const auto& [reason, times] : many) count += times;
  EXPECT_LE(many.size(), 17u);
  EXPECT_EQ(count, 100);
}

}  // namespace
}  // namespace tracegate
