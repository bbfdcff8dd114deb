#include "gateway/tracing/trace_id.h"

#include <cstdint>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

TEST(TraceId, HasTwentySixCharactersOfCrockfordsAlphabet) {
  for (int i = 0; i < 200; ++i) {
    const std::string id = MakeTraceId(absl::FromUnixSeconds(1'780'000'000 + i));
    EXPECT_EQ(id.size(), 26u);
    EXPECT_EQ(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos) << id;
  }
}

TEST(TraceId, IsThatOfTheUlidSpecificationForItsExampleTime) {
  const absl::Time time = absl::FromUnixMillis(1469918176385);
  EXPECT_EQ(MakeTraceId(time, 0, 0), "01ARYZ6S410000000000000000");
  EXPECT_EQ(MakeTraceId(time, 0xFFFF, UINT64_MAX), "01ARYZ6S41ZZZZZZZZZZZZZZZZ");
  EXPECT_EQ(MakeTraceId(time, 0, 1), "01ARYZ6S410000000000000001");
  EXPECT_EQ(MakeTraceId(time, 1, 0), "01ARYZ6S41000G000000000000");
}

TEST(TraceId, SortsByTheTimeItWasMadeWhateverTheChance) {
  std::string before = MakeTraceId(absl::FromUnixMillis(0), 0xFFFF, UINT64_MAX);
  for (int64_t ms = 1; ms < 2'000'000'000'000; ms = ms * 3 + 1) {
    const std::string id = MakeTraceId(absl::FromUnixMillis(ms), 0, 0);
    EXPECT_LT(before, id);
    before = MakeTraceId(absl::FromUnixMillis(ms), 0xFFFF, UINT64_MAX);
  }
}

TEST(TraceId, IsNeverTheSameTwice) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(ids.insert(MakeTraceId(absl::FromUnixSeconds(1'780'000'000))).second);
  }
}

}  // namespace
}  // namespace tracegate
