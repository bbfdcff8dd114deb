#include "gateway/cli/marks_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/marks_text.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(WordsIn, RecognisesWhatASentenceSaysOfAWeapon) {
  const WrittenWeapon weapon =
      WeaponOf(WordsIn("Pistola Taurus PT 92 cal 9mm n\u00BA TJX12345 made in Brazil"));
  EXPECT_EQ(weapon.make, "Taurus");
  EXPECT_EQ(weapon.calibre, "cal 9mm");
  EXPECT_EQ(weapon.serial, "TJX12345");
  EXPECT_EQ(weapon.country, "made in Brazil");
  EXPECT_EQ(weapon.model, "PT 92");
  EXPECT_EQ(weapon.type, "Pistola");
}

TEST(WordsIn, TakesALoneNumberForTheSerialAndNeitherOfTwo) {
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123")).serial, "ABC123");
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123 KLM456")).serial, "");
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123 n\u00BA KLM456")).serial, "KLM456");
}

TEST(WordsIn, FindsNothingInOtherWords) {
  EXPECT_THAT(WordsIn("it is of no use to me"), IsEmpty());
  EXPECT_THAT(WordsIn(""), IsEmpty());
  EXPECT_THAT(WordsIn(" , ; "), IsEmpty());
}

TEST(ExplainMarks, ShowsTheTextAsEachKindOfMark) {
  const auto explained = ExplainMarks("CAI ST ALB VT", "en");
  EXPECT_EQ(explained["as"]["import_mark"]["state"], "US");
  EXPECT_EQ(explained["as"]["make"]["canonical"], nullptr);
  EXPECT_THAT(ShowMarks(explained), HasSubstr("Century Arms"));
  EXPECT_THAT(ShowMarks(ExplainMarks("Taurus", "en")), HasSubstr("would ask BR"));
}

}  // namespace
}  // namespace tracegate
