#include "adapters/csv/row_walk.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

const RowFormat kComma = RowFormat::Delimited(',');

TEST(RowWalk, TellsEachRowWithItsLine) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n\"c\nd\",e\n \t\nf,\"g\nh";
  RowWalk walk(kComma, text);
  ASSERT_TRUE(walk.Next());
  EXPECT_THAT(walk.fields(), ElementsAre("a", "b"));
  EXPECT_EQ(walk.line(), 1);
  EXPECT_EQ(walk.begin(), 3u);
  ASSERT_TRUE(walk.Next());
  EXPECT_THAT(walk.fields(), ElementsAre("c\nd", "e"));
  EXPECT_EQ(walk.line(), 3);
  ASSERT_TRUE(walk.Next());
  EXPECT_EQ(walk.line(), 6);
  EXPECT_THAT(walk.fault(), testing::HasSubstr("not closed"));
  ASSERT_TRUE(walk.Next());
  EXPECT_THAT(walk.fields(), ElementsAre("h"));
  EXPECT_EQ(walk.fault(), "");
  EXPECT_FALSE(walk.Next());
}

TEST(RowWalk, HasNoRowInNothing) {
  for (const char* text : {"", "\n \r\n", "\xEF\xBB\xBF"}) {
    EXPECT_FALSE(RowWalk(kComma, text).Next()) << text;
  }
}

}  // namespace
}  // namespace tracegate
