#include "adapters/marking/close_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CloseWords, FindOneSlipInFiveLettersAndTwoInNine) {
  CloseWords words({.one_slip = 5, .two_slips = 9, .latin_alone = true});
  words.Add("ROSSI", 1);
  words.Add("WINCHESTER", 2);
  words.Add("COLT", 3);
  EXPECT_THAT(words.Find("ROSI"), IsEmpty());
  EXPECT_THAT(words.Find("ROSSY"), ElementsAre(1));
  EXPECT_THAT(words.Find("ORSSI"), ElementsAre(1));
  EXPECT_THAT(words.Find("BOSSI"), IsEmpty());
  EXPECT_THAT(words.Find("ROXXI"), IsEmpty());
  EXPECT_THAT(words.Find("WINCHISTIR"), ElementsAre(2));
  EXPECT_THAT(words.Find("WINCHISTIX"), IsEmpty());
  EXPECT_THAT(words.Find("COLTT"), IsEmpty());
  EXPECT_THAT(words.Find("ROSS1"), IsEmpty());
}

TEST(CloseWords, FindOneSlipHoweverLongWhereTwoAreNotAsked) {
  CloseWords words{SlipReach()};
  words.Add("PARABELLUM", 1);
  EXPECT_THAT(words.Find("PARABELUM"), ElementsAre(1));
  EXPECT_THAT(words.Find("PARABELUN"), IsEmpty());
}

TEST(CloseWords, FindLettersOfAnyScriptUnlessLatinAlone) {
  CloseWords any{SlipReach()};
  CloseWords latin({.latin_alone = true});
  for (CloseWords* words : {&any, &latin}) words->Add("\u0420\u041E\u0421\u0421\u0418\u042F", 1);
  EXPECT_THAT(any.Find("\u0420\u041E\u0421\u0418\u042F"), IsEmpty());  // two bytes are missing
  EXPECT_THAT(any.Find("\u0420\u041E\u0421\u0421\u0415\u042F"), ElementsAre(1));
  EXPECT_THAT(latin.Find("\u0420\u041E\u0421\u0421\u0415\u042F"), IsEmpty());
}

TEST(CloseWords, FindOneMeaningOrNone) {
  CloseWords words{SlipReach()};
  words.Add("SLOVENIA", 1);
  words.Add("SLOVENIJA", 1);
  words.Add("SLOVAKIA", 2);
  EXPECT_EQ(words.FindOne("SLOVENYA"), 1u);
  words.Add("SLOVENDA", 3);
  EXPECT_EQ(words.FindOne("SLOVENYA"), std::nullopt);
  EXPECT_EQ(words.FindOne("PORTUGAL"), std::nullopt);
}

TEST(CloseWords, PassOverWordsThatAreTooLong) {
  CloseWords words{SlipReach()};
  words.Add(std::string(64, 'A'), 1);
  words.Add(std::string(65, 'B'), 2);
  EXPECT_THAT(words.Find(std::string(63, 'A')), ElementsAre(1));
  EXPECT_THAT(words.Find(std::string(65, 'A')), IsEmpty());
  EXPECT_THAT(words.Find(std::string(64, 'B')), IsEmpty());
}

TEST(SlipsBetween, CountsASwapAsOneSlip) {
  EXPECT_EQ(SlipsBetween("TAURUS", "TUARUS", 2), 1u);
  EXPECT_EQ(SlipsBetween("TAURUS", "TARUS", 2), 1u);
  EXPECT_EQ(SlipsBetween("TAURUS", "TAURUSS", 2), 1u);
  EXPECT_EQ(SlipsBetween("TAURUS", "TAURUS", 2), 0u);
  EXPECT_EQ(SlipsBetween("TAURUS", "TUARSU", 2), 2u);
  EXPECT_EQ(SlipsBetween("TAURUS", "TUARSU", 1), 2u);
  EXPECT_EQ(SlipsBetween("TAURUS", "GLOCK", 2), 3u);
}

}  // namespace
}  // namespace tracegate
