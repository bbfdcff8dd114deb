#include "protos/tracegate/dates.h"

#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

TEST(Dates, KnowTheCalendar) {
  for (const v1::Date& real : {v1::Date(), ExampleDate(2024), ExampleDate(2024, 2),
                               ExampleDate(2024, 2, 29), ExampleDate(2023, 12, 31)}) {
    EXPECT_TRUE(IsRealDate(real)) << real.ShortDebugString();
  }
  for (const v1::Date& wrong :
       {ExampleDate(0, 5), ExampleDate(2023, 2, 29), ExampleDate(2024, 13), ExampleDate(2024, 0, 1),
        ExampleDate(2024, 4, 31), ExampleDate(-1), ExampleDate(10000), ExampleDate(2024, 1, -1)}) {
    EXPECT_FALSE(IsRealDate(wrong)) << wrong.ShortDebugString();
  }
}

TEST(Dates, SpanAllThatTheyCanMean) {
  EXPECT_EQ(FirstDay(ExampleDate(2024)), absl::CivilDay(2024, 1, 1));
  EXPECT_EQ(LastDay(ExampleDate(2024)), absl::CivilDay(2024, 12, 31));
  EXPECT_EQ(LastDay(ExampleDate(2024, 2)), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(LastDay(ExampleDate(2024, 12)), absl::CivilDay(2024, 12, 31));
  EXPECT_EQ(FirstDay(ExampleDate(2024, 2, 3)), LastDay(ExampleDate(2024, 2, 3)));
}

TEST(Dates, AreLaterOnlyWhereTheySurelyAre) {
  EXPECT_TRUE(IsLater(ExampleDate(2024, 3, 1), ExampleDate(2024, 2)));
  EXPECT_FALSE(IsLater(ExampleDate(2024, 2, 29), ExampleDate(2024, 2)));
  EXPECT_FALSE(IsLater(ExampleDate(2024), ExampleDate(2024, 2)));
  EXPECT_FALSE(IsLater(ExampleDate(2024), v1::Date()));
  EXPECT_FALSE(IsLater(v1::Date(), ExampleDate(2024)));
}

TEST(Dates, AreWrittenAsFarAsTheyAreKnown) {
  EXPECT_EQ(DateText(ExampleDate(2024, 3, 1)), "2024-03-01");
  EXPECT_EQ(DateText(ExampleDate(2024, 3)), "2024-03");
  EXPECT_EQ(DateText(ExampleDate(2024)), "2024");
  EXPECT_EQ(DateText(v1::Date()), "");
}

}  // namespace
}  // namespace tracegate
