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
  EXPECT_EQ(weapon.model, "Taurus PT 92");
  EXPECT_EQ(weapon.type, "Pistola");
}

TEST(WordsIn, TakesALoneNumberForTheSerialAndNeitherOfTwo) {
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123")).serial, "ABC123");
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123 KLM456")).serial, "");
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123 n\u00BA KLM456")).serial, "KLM456");
}

TEST(WordsIn, TakesWhatALabelSaysForThat) {
  const WrittenWeapon weapon = WeaponOf(
      WordsIn("make: Glock, Modelo: 17 Gen4; Calibre:9x19\nTipo: pistola, país de fabricação: "
              "Áustria, Serial No: ABC123"));
  EXPECT_EQ(weapon.make, "Glock");
  EXPECT_EQ(weapon.model, "17 Gen4");
  EXPECT_EQ(weapon.calibre, "9x19");
  EXPECT_EQ(weapon.type, "pistola");
  EXPECT_EQ(weapon.country, "Áustria");
  EXPECT_EQ(weapon.serial, "ABC123");
}

TEST(WordsIn, KeepsALabelledWordThatIsNotKnown) {
  const std::vector<MarksWord> words = WordsIn("Maker: Foo Arms, model: AK-47");
  EXPECT_EQ(WeaponOf(words).make, "Foo Arms");
  EXPECT_EQ(words.front().meaning, "not known");
  EXPECT_EQ(WeaponOf(words).model, "AK-47");
}

TEST(WordsIn, TakesALabelThatMayBeTwoThingsForWhatFollows) {
  EXPECT_EQ(WeaponOf(WordsIn("Typ: Pistole")).type, "Pistole");
  EXPECT_EQ(WeaponOf(WordsIn("Typ: M57")).model, "M57");
}

TEST(WordsIn, GoesOnBehindWhatALabelledThingNeeds) {
  const WrittenWeapon weapon = WeaponOf(WordsIn("make: Taurus PT 92 cal 9mm"));
  EXPECT_EQ(weapon.make, "Taurus");
  EXPECT_EQ(weapon.model, "PT 92");
  EXPECT_EQ(weapon.calibre, "cal 9mm");
}

TEST(WordsIn, ReadsTheWholeCellBehindASerialsLabel) {
  const WrittenWeapon frame =
      WeaponOf(WordsIn("serial: 77123 (slide), AB12345 (frame), 9x19, Glock 17"));
  EXPECT_EQ(frame.serial, "77123 (slide), AB12345 (frame)");
  EXPECT_EQ(frame.calibre, "9x19");
  EXPECT_EQ(frame.make, "Glock");
  EXPECT_EQ(WeaponOf(WordsIn("S/N:AB123 Glock 17")).serial, "AB123");
  EXPECT_EQ(WeaponOf(WordsIn("serial: AB12?4 made in Brazil")).serial, "AB12?4");
  EXPECT_EQ(WeaponOf(WordsIn("serial: AB123, Glock, 45678")).serial, "AB123");
}

TEST(WordsIn, TellsThatANumberWasRemovedOrCannotBeRead) {
  EXPECT_EQ(WeaponOf(WordsIn("make: Taurus; serial: RASPADO")).serial, "RASPADO");
  EXPECT_EQ(WeaponOf(WordsIn("Pistola Taurus 9mm numeração raspada")).serial, "numeração raspada");
  EXPECT_EQ(WeaponOf(WordsIn("Revólver Rossi .38 nº ilegível")).serial, "nº ilegível");
  EXPECT_EQ(WordsIn("Colt Python .357 Magnum filed off").back().meaning, "removed");
  // A number that is told stands.
  EXPECT_EQ(WeaponOf(WordsIn("Glock nº ABC123, other marks removed")).serial, "ABC123");
  EXPECT_EQ(WeaponOf(WordsIn("Glock ABC123 slide worn")).serial, "ABC123");
}

TEST(WordsIn, KeepsMakerModelAndCalibreApart) {
  const WrittenWeapon revolver = WeaponOf(WordsIn("Smith & Wesson M10 .38 Special"));
  EXPECT_EQ(revolver.make, "Smith & Wesson");
  EXPECT_EQ(revolver.model, "Smith & Wesson M10");
  EXPECT_EQ(revolver.calibre, ".38 Special");
  const WrittenWeapon shotgun = WeaponOf(WordsIn("Remington 870 12 gauge shotgun"));
  EXPECT_EQ(shotgun.make, "Remington");
  EXPECT_EQ(shotgun.model, "Remington 870");
  EXPECT_EQ(shotgun.calibre, "12 gauge");
  EXPECT_EQ(shotgun.type, "shotgun");
  const WrittenWeapon pistol = WeaponOf(WordsIn(".40 S&W Glock 22"));
  EXPECT_EQ(pistol.calibre, ".40 S&W");
  EXPECT_EQ(pistol.make, "Glock");
  EXPECT_EQ(WeaponOf(WordsIn("Fuzil cal 7,62x39, AK-47")).calibre, "cal 7,62x39");
}

TEST(WordsIn, TakesAnImportMarkWhole) {
  const std::vector<MarksWord> words = WordsIn("Romarm imported by CAI ST ALB VT");
  EXPECT_EQ(words.back().text, "CAI ST ALB VT");
  EXPECT_EQ(words.back().meaning, "imported into US by Century Arms, ST ALB VT");
  EXPECT_EQ(WeaponOf(words).country, "");
  EXPECT_THAT(WordsIn("imported by somebody"), IsEmpty());
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
