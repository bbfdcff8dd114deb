#include "gateway/evidence/retention/retention_period.h"

#include <string>

#include "absl/time/civil_time.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

std::string EndText(const std::string& begin, RetentionPeriod period) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", EndOf(At(begin), period), absl::UTCTimeZone());
}

TEST(RetentionPeriod, EndsOnTheSameDayOfALaterYear) {
  EXPECT_EQ(EndText("2026-07-14T09:30:05.250001Z", {.years = 10}), "2036-07-14T09:30:05.250001Z");
  EXPECT_EQ(EndText("2023-12-31T23:59:59Z", {.years = 1}), "2024-12-31T23:59:59Z");
  EXPECT_EQ(EndText("2000-01-01T00:00:00Z", {.years = 100}), "2100-01-01T00:00:00Z");
}

TEST(RetentionPeriod, CountsInUtcWhateverTheZoneOfTheWriter) {
  EXPECT_EQ(EndText("2026-03-01T00:30:00+02:00", {.years = 1}), "2027-02-28T22:30:00Z");
}

TEST(RetentionPeriod, EndsADayLaterWhereThereIsNo29February) {
  EXPECT_EQ(EndText("2024-02-29T12:00:00Z", {.years = 1}), "2025-03-01T12:00:00Z");
  EXPECT_EQ(EndText("2024-02-29T12:00:00Z", {.years = 4}), "2028-02-29T12:00:00Z");
  EXPECT_EQ(EndText("2096-02-29T12:00:00Z", {.years = 4}), "2100-03-01T12:00:00Z");
}

TEST(RetentionPeriod, AddsDaysBehindTheYears) {
  EXPECT_EQ(EndText("2026-12-30T00:00:00Z", {.days = 3}), "2027-01-02T00:00:00Z");
  EXPECT_EQ(EndText("2027-02-28T00:00:00Z", {.years = 1, .days = 1}), "2028-02-29T00:00:00Z");
  EXPECT_EQ(EndText("2026-01-01T00:00:00Z", {.days = 36'500}), "2125-12-08T00:00:00Z");
}

TEST(RetentionPeriod, KnowsWhichCanBeShorter) {
  EXPECT_FALSE(CanBeShorter({10, 0}, {10, 0}));
  EXPECT_FALSE(CanBeShorter({10, 1}, {10, 0}));
  EXPECT_TRUE(CanBeShorter({10, 0}, {10, 1}));
  EXPECT_TRUE(CanBeShorter({9, 364}, {10, 0}));
  EXPECT_TRUE(CanBeShorter({0, 365}, {1, 0}));  // in a leap year
  EXPECT_FALSE(CanBeShorter({0, 366}, {1, 0}));
  EXPECT_FALSE(CanBeShorter({1, 0}, {0, 365}));
  EXPECT_TRUE(CanBeShorter({1, 0}, {0, 366}));
  EXPECT_FALSE(CanBeShorter({20, 0}, {10, 3650}));
}

// The quick answer against every day of eight years around a century that is no leap year.
TEST(RetentionPeriod, NeverMissesOneThatIsShorter) {
  const RetentionPeriod periods[] = {{0, 365},  {0, 366},  {1, 0}, {1, 1}, {3, 365},  {4, 0},
                                     {0, 1460}, {0, 1461}, {4, 1}, {8, 0}, {0, 2922}, {0, 2921}};
  for (const RetentionPeriod& next : periods) {
    for (const RetentionPeriod& former : periods) {
      bool shorter = false;
      for (absl::CivilDay day(2092, 1, 1); day < absl::CivilDay(2104, 1, 1) && !shorter; ++day) {
        const absl::Time begin = absl::FromCivil(day, absl::UTCTimeZone());
        shorter = EndOf(begin, next) < EndOf(begin, former);
      }
      if (shorter) {
        EXPECT_TRUE(CanBeShorter(next, former)) << next.years << "y" << next.days << "d against "
                                                << former.years << "y" << former.days << "d";
      }
    }
  }
}

}  // namespace
}  // namespace tracegate
