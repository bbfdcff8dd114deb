#include "gateway/evidence/time_stamp/gen_time.h"

#include <gtest/gtest.h>

namespace tracegate {
namespace {

const absl::Time kNoon =
    absl::FromCivil(absl::CivilSecond(2026, 1, 31, 12, 0, 0), absl::UTCTimeZone());

TEST(GenTime, IsReadWithItsFraction) {
  EXPECT_EQ(ParseGenTime("20260131120000Z"), kNoon);
  EXPECT_EQ(ParseGenTime("20260131120000.5Z"), kNoon + absl::Milliseconds(500));
  EXPECT_EQ(ParseGenTime("20260131120000.000001Z"), kNoon + absl::Microseconds(1));
  EXPECT_EQ(ParseGenTime("20260131120000.123456789Z"), kNoon + absl::Nanoseconds(123456789));
  EXPECT_EQ(ParseGenTime("20260131120000.500Z"), kNoon + absl::Milliseconds(500));
  EXPECT_EQ(ParseGenTime("20240229235959Z"),
            absl::FromCivil(absl::CivilSecond(2024, 2, 29, 23, 59, 59), absl::UTCTimeZone()));
}

TEST(GenTime, IsNothingElse) {
  for (const char* text : {"",
                           "Z",
                           "20260131120000",
                           "2026013112000Z",
                           "202601311200Z",
                           "20260131120000+0100",
                           "20260131120000.Z",
                           "20260131120000.1234567890Z",
                           "20260131120000,5Z",
                           "20260131120000.5",
                           "20260131120000.-5Z",
                           "20260229120000Z",
                           "20261301120000Z",
                           "20260100120000Z",
                           "20260131240000Z",
                           "20260131126000Z",
                           "20260131120060Z",
                           "2026013112000 Z",
                           "260131120000Z",
                           "20260131120000ZZ"}) {
    EXPECT_FALSE(ParseGenTime(text)) << text;
  }
}

}  // namespace
}  // namespace tracegate
