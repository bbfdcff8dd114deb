#include "adapters/marking/cut_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CutWords, FindTheBeginningOfOneWord) {
  CutWords words(6);
  words.Add("WINCHESTER", 1);
  EXPECT_THAT(words.Find("WINCHESTE"), ElementsAre(1));
  EXPECT_THAT(words.Find("WINCHE"), ElementsAre(1));
  EXPECT_THAT(words.Find("WINCH"), IsEmpty());
  EXPECT_THAT(words.Find("WINCHESTER"), IsEmpty());
  EXPECT_THAT(words.Find("WINCHESTERS"), IsEmpty());
  EXPECT_THAT(words.Find("WINCHO"), IsEmpty());
}

TEST(CutWords, ReachTheSecondWordOfSeveral) {
  CutWords words(6);
  words.Add("COMPANHIA BRASILEIRA DE CARTUCHOS", 1);
  EXPECT_THAT(words.Find("COMPAN"), IsEmpty());
  EXPECT_THAT(words.Find("COMPANHIA"), IsEmpty());
  EXPECT_THAT(words.Find("COMPANHIAB"), ElementsAre(1));
  EXPECT_THAT(words.Find("COMPANHIABRASILEIRADE"), IsEmpty());
  EXPECT_THAT(words.Find("COMPANHIABRASILEIRADEC"), ElementsAre(1));
}

TEST(CutWords, FindNoneWhereTheBeginningIsAWordOfOneOfThem) {
  CutWords words(6);
  words.Add("FEDERALIST", 1);
  EXPECT_THAT(words.Find("FEDERAL"), ElementsAre(1));
  words.Add("FEDERAL ENGINEERING", 2);
  EXPECT_THAT(words.Find("FEDERAL"), IsEmpty());
}

TEST(CutWords, TellAllThatTheBeginningMayMeanOnce) {
  CutWords words(6);
  words.Add("SPRINGFIELD", 2);
  words.Add("SPRINGFIELD ARMS", 1);
  words.Add("SPRINGFIELD ARMORY", 2);
  EXPECT_THAT(words.Find("SPRINGFI"), ElementsAre(2)) << "as the whole word is read";
  EXPECT_THAT(words.Find("SPRINGFIELDARMO"), ElementsAre(2));
  EXPECT_THAT(words.Find("SPRINGFIELDARM"), ElementsAre(1, 2));
}

TEST(CutWords, FindNothingInNothing) {
  CutWords words(0);
  EXPECT_THAT(words.Find(""), IsEmpty());
  words.Add("A", 1);
  EXPECT_THAT(words.Find("A"), IsEmpty());
  EXPECT_THAT(words.Find("B"), IsEmpty());
}

}  // namespace
}  // namespace tracegate
