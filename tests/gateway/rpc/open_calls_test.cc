#include "gateway/rpc/open_calls.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status BelieveAllBut(const std::string& revoked, const std::string& leaf) {
  if (leaf != revoked) return absl::OkStatus();
  return Failure(v1::REASON_CERTIFICATE_REVOKED, "revoked");
}

TEST(OpenCalls, EndsTheCallsOfWhoIsNoLongerBelievedAndNoOther) {
  OpenCalls calls;
  std::vector<std::string> ended;
  const auto end = [&](const std::string& name) {
    return [&ended, name](const absl::Status& why) {
      EXPECT_EQ(DetailOf(why).reason(), v1::REASON_CERTIFICATE_REVOKED);
      ended.push_back(name);
      return true;
    };
  };
  const auto one = calls.Add("a", "", end("one"));
  const auto two = calls.Add("b", "", end("two"));
  const auto three = calls.Add("a", "chain", end("three"));
  std::vector<std::string> asked;
  const int count = calls.Recheck([&](const std::string& leaf, const std::string& chain) {
    asked.push_back(leaf + "+" + chain);
    return BelieveAllBut("a", leaf);
  });
  EXPECT_EQ(count, 2);
  EXPECT_EQ(std::multiset<std::string>(ended.begin(), ended.end()),
            (std::multiset<std::string>{"one", "three"}));
  EXPECT_EQ(std::multiset<std::string>(asked.begin(), asked.end()),
            (std::multiset<std::string>{"a+", "a+chain", "b+"}));
}

TEST(OpenCalls, ForgetsACallThatHasLeftItsPlace) {
  OpenCalls calls;
  {
    const auto place = calls.Add("a", "", [](const absl::Status&) { return true; });
  }
  EXPECT_EQ(calls.size(), 0u);
  auto place = calls.Add("a", "", [](const absl::Status&) { return true; });
  OpenCalls::Place moved = std::move(place);
  EXPECT_EQ(calls.size(), 1u);
  moved = OpenCalls::Place();
  EXPECT_EQ(calls.size(), 0u);
}

TEST(OpenCalls, DoesNotCountACallThatEndedByItself) {
  OpenCalls calls;
  const auto place = calls.Add("a", "", [](const absl::Status&) { return false; });
  EXPECT_EQ(calls.Recheck([](const auto& leaf, const auto&) { return BelieveAllBut("a", leaf); }),
            0);
}

}  // namespace
}  // namespace tracegate
