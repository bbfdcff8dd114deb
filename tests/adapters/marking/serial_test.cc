#include "adapters/marking/serial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Whole {
  const char* text;
  const char* key;
  v1::SerialStatus status;
};

class ReadsWholeSerial : public testing::TestWithParam<Whole> {};

TEST_P(ReadsWholeSerial, WithItsKeyAndStatus) {
  const SerialReading reading = ReadSerial(GetParam().text);
  EXPECT_EQ(reading.verbatim, GetParam().text);
  EXPECT_EQ(reading.key, GetParam().key);
  EXPECT_EQ(reading.status, GetParam().status);
  EXPECT_EQ(reading.pattern, "");
  EXPECT_FALSE(reading.ambiguous);
}

constexpr auto kComplete = v1::SERIAL_STATUS_COMPLETE;

INSTANTIATE_TEST_SUITE_P(
    Serials, ReadsWholeSerial,
    testing::Values(
        Whole{"TJX12345", "TJX12345", kComplete}, Whole{" tjx 12345 ", "TJX12345", kComplete},
        Whole{"S-1-2-3-4-5-6", "S123456", kComplete},
        Whole{"T1234-07 BM 12345", "T123407BM12345", kComplete},
        Whole{"T1234 - 07BM12345", "T123407BM12345", kComplete},
        Whole{"123456-C", "123456C", kComplete}, Whole{"123456 C", "123456C", kComplete},
        Whole{"E 123456", "E123456", kComplete}, Whole{"DE 123456", "DE123456", kComplete},
        Whole{"1.234.567", "1234567", kComplete}, Whole{"12/345", "12345", kComplete},
        Whole{"123456/FORCE", "123456", kComplete}, Whole{"N\u00BA 12345", "12345", kComplete},
        Whole{"S/N: 12345", "12345", kComplete}, Whole{"No. 12345", "12345", kComplete},
        Whole{"NO 12345", "NO12345", kComplete}, Whole{", AB12345", "AB12345", kComplete},
        Whole{"\uFF21\uFF11\uFF12\uFF13", "A123", kComplete},
        Whole{"\u0420\u041D 1234", "PH1234", kComplete}, Whole{"BLMS", "BLMS", kComplete},
        Whole{"AB12345 (na face direita da arma\u00E7\u00E3o)", "AB12345", kComplete},
        Whole{"Cano AB 12345", "AB12345", kComplete},
        Whole{"Armassao AB 12345", "AB12345", kComplete},
        Whole{"AB12345 revelado na arma\u00E7\u00E3o", "AB12345", v1::SERIAL_STATUS_RESTORED},
        Whole{"AB12345 (restored)", "AB12345", v1::SERIAL_STATUS_RESTORED},
        Whole{"Suprimido por abras\u00E3o (ap\u00F3s revela\u00E7\u00E3o: AB12345)", "AB12345",
              v1::SERIAL_STATUS_RESTORED},
        Whole{"REMARCADO PARA 123456", "123456", v1::SERIAL_STATUS_COUNTERFEIT},
        Whole{"123456 (n\u00E3o original)", "123456", v1::SERIAL_STATUS_COUNTERFEIT},
        Whole{"123456.0", "123456", kComplete}, Whole{"123456,00", "123456", kComplete},
        Whole{"=\"00123456\"", "00123456", kComplete}, Whole{"'00123456", "00123456", kComplete},
        Whole{"\u0661\u0662\u0663\u0664", "1234", kComplete},
        Whole{"\u06F1\u06F2\u06F3\u06F4", "1234", kComplete},
        Whole{"\u0631\u0642\u0645 \u0661\u0662\u0663", "123", kComplete},
        Whole{"\u0391\u0392 123", "AB123", kComplete}, Whole{"SN#12345", "12345", kComplete},
        Whole{"No.12345", "12345", kComplete}, Whole{"#12345", "12345", kComplete},
        Whole{"N.S. AB123", "AB123", kComplete}, Whole{"matr. 12345", "12345", kComplete},
        Whole{"\u0437\u0430\u0432. \u2116 12345", "12345", kComplete},
        Whole{"CP - 12345", "CP12345", kComplete}, Whole{"12345 cal 38", "12345", kComplete},
        Whole{"cal. .38 n\u00BA 12345", "12345", kComplete},
        Whole{"AB12345 - LAUDO 123/2020", "AB12345", kComplete},
        Whole{"AB12345 (report 4567/2020)", "AB12345", kComplete},
        Whole{"KXX860", "KXX860", kComplete}, Whole{"12X45", "12X45", kComplete}));

struct NoNumber {
  const char* text;
  v1::SerialStatus status;
};

class ReadsWordsInPlaceOfSerial : public testing::TestWithParam<NoNumber> {};

TEST_P(ReadsWordsInPlaceOfSerial, AsAStatusWithoutANumber) {
  const SerialReading reading = ReadSerial(GetParam().text);
  EXPECT_EQ(reading.status, GetParam().status);
  EXPECT_THAT(reading.numbers, IsEmpty());
  EXPECT_EQ(reading.key + reading.pattern, "");
  EXPECT_THAT(SpellingsOf(reading), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Words, ReadsWordsInPlaceOfSerial,
    testing::Values(
        NoNumber{"ELIMINADO", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"Raspado.", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"removido por a\u00E7\u00E3o mec\u00E2nica", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"-NUMERA\u00C7\u00C3O REMOVIDA;-", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"OBLITERATED", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"LIMADO", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"ABGESCHLIFFEN", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"meul\u00E9", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"Removidos (vide foto 9).", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"N\u00E3o possui.", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"SEM NUMERO", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"no serial number", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"ohne Nummer", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"ileg\u00EDvel", v1::SERIAL_STATUS_PARTIAL},
        NoNumber{"", v1::SERIAL_STATUS_UNSPECIFIED}, NoNumber{"-", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"NULL", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"0", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"0000", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"N/A", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"Vide item 9 do campo observa\u00E7\u00E3o", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"XXXX", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"matricola abrasa", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"herausgefr\u00E4st", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"\u043D\u043E\u043C\u0435\u0440 \u0441\u043F\u0438\u043B\u0435\u043D",
                 v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"\u0645\u0637\u0645\u0648\u0633", v1::SERIAL_STATUS_OBLITERATED},
        NoNumber{"SIN N\u00B0", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"sans n\u00B0", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"senza matricola", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"\u0431/\u043D", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"NSN", v1::SERIAL_STATUS_NEVER_MARKED},
        NoNumber{"CORRODED", v1::SERIAL_STATUS_PARTIAL},
        NoNumber{"N/K", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"S/N\u00BA", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"TESTE", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"N", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"vide laudo n\u00BA 1234/2020", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"apreendida em 12/05/2019", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"#REF!", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"2021-07-24 00:00:00", v1::SERIAL_STATUS_UNSPECIFIED},
        NoNumber{"Unlegible handwriting", v1::SERIAL_STATUS_UNSPECIFIED}));

struct Partly {
  const char* text;
  const char* pattern;
  int unread;
  bool length_unknown;
};

class ReadsPartOfSerial : public testing::TestWithParam<Partly> {};

TEST_P(ReadsPartOfSerial, AsAPattern) {
  const SerialReading reading = ReadSerial(GetParam().text);
  EXPECT_EQ(reading.pattern, GetParam().pattern);
  EXPECT_EQ(reading.unread, GetParam().unread);
  EXPECT_EQ(reading.length_unknown, GetParam().length_unknown);
  EXPECT_EQ(reading.status, v1::SERIAL_STATUS_PARTIAL);
  EXPECT_EQ(reading.key, "");
  EXPECT_THAT(SpellingsOf(reading), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Patterns, ReadsPartOfSerial,
    testing::Values(
        Partly{"KLU12???", "KLU12???", 3, false}, Partly{"K W F ? 1 2 ? ?", "KWF?12??", 3, false},
        Partly{"FX**12", "FX??12", 2, false}, Partly{"A1_ _ 23", "A1??23", 2, false},
        Partly{"ACS....12", "ACS*12", 0, true}, Partly{"TJX 12 (?) (?)", "TJX12??", 2, false},
        Partly{"8(ILEG\u00CDVEL)71", "8*71", 0, true},
        Partly{"(ILEG\u00CDVEL)1234", "*1234", 0, true},
        Partly{"A123X45, X representa o algarismo n\u00E3o identificado.", "A123?45", 1, false},
        Partly{"1234x, x algarismo n\u00E3o identificado devido a corros\u00E3o.", "1234?", 1,
               false},
        Partly{"A12345 (RASPADO)", "*A12345*", 0, true},
        Partly{"***123 (***n\u00E3o identificado)", "???123", 3, false},
        Partly{"AB1**2 (**NAO REVELADO)", "AB1??2", 2, false},
        Partly{"?NO 123", "?NO123", 1, false}, Partly{"TJX1#345", "TJX1?345", 1, false},
        Partly{"12XX45", "12??45", 2, false}, Partly{"1234XXX", "1234???", 3, false},
        Partly{"TJxx45", "TJ??45", 2, false}, Partly{"E???????", "E???????", 7, false},
        Partly{"ends in 1234", "*1234", 0, true}, Partly{"n\u00BA final 1234", "*1234", 0, true},
        Partly{"begins with AB12", "AB12*", 0, true},
        Partly{"probably AB1234", "*AB1234*", 0, true},
        Partly{"1.23457E+11", "12345???????", 7, false}, Partly{"1,2E+5", "1?????", 5, false},
        Partly{"[TJX]12345", "*12345", 0, true}));

struct Choice {
  const char* text;
  const char* pattern;
  std::vector<std::string> alternatives;
};

class ReadsSetOfCharacters : public testing::TestWithParam<Choice> {};

TEST_P(ReadsSetOfCharacters, AsEachNumberItMayBe) {
  const SerialReading reading = ReadSerial(GetParam().text);
  EXPECT_EQ(reading.pattern, GetParam().pattern);
  EXPECT_EQ(reading.alternatives, GetParam().alternatives);
  EXPECT_EQ(reading.numbers.size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, ReadsSetOfCharacters,
    testing::Values(Choice{"AB[38B]12", "AB?12", {"AB312", "AB812", "ABB12"}},
                    Choice{"AB(3/7)12", "AB?12", {"AB312", "AB712"}},
                    Choice{"AB(3 ou 7)12", "AB?12", {"AB312", "AB712"}},
                    Choice{"ab{3,7}12", "AB?12", {"AB312", "AB712"}},
                    Choice{"AB1(3)12", "AB1?12", {"AB1312"}},
                    Choice{"AB[38]1[0O]2", "AB?1?2", {"AB3102", "AB31O2", "AB8102", "AB81O2"}},
                    Choice{"AB[38]1?", "AB?1?", {}}, Choice{"AB[45]12", "AB*12", {}}));

TEST(ReadSerial, TakesABracketApartFromTheNumberForARemark) {
  for (const char* text : {"AB12345 [38B]", "AB12345 (3/7)"}) {
    EXPECT_THAT(ReadSerial(text).alternatives, IsEmpty()) << text;
  }
}

TEST(ReadSerial, GivesEachNumberItsPart) {
  struct Told {
    const char* text;
    v1::WeaponPart first, second;
  };
  for (const Told& told :
       {Told{"Frame AB12345 Slide CD67890", v1::WEAPON_PART_FRAME, v1::WEAPON_PART_SLIDE},
        Told{"canna 12345 telaio 67890", v1::WEAPON_PART_BARREL, v1::WEAPON_PART_FRAME},
        Told{"Lauf 12345, Griffst\u00FCck 67890", v1::WEAPON_PART_BARREL, v1::WEAPON_PART_FRAME},
        Told{"S\u00C9RIE: AB12345 CANO: CD54321", v1::WEAPON_PART_UNSPECIFIED,
             v1::WEAPON_PART_BARREL},
        Told{"\u0441\u0442\u0432\u043E\u043B 12345, \u0440\u0430\u043C\u043A\u0430 12346",
             v1::WEAPON_PART_BARREL, v1::WEAPON_PART_FRAME},
        Told{"AB12345 cano CD67890 ferrolho", v1::WEAPON_PART_BARREL, v1::WEAPON_PART_SLIDE},
        Told{"culasse 12345 + carcasse 67890", v1::WEAPON_PART_BOLT, v1::WEAPON_PART_FRAME}}) {
    const SerialReading reading = ReadSerial(told.text);
    ASSERT_THAT(reading.numbers, SizeIs(2)) << told.text;
    EXPECT_EQ(reading.numbers[0].part, told.first) << told.text;
    EXPECT_EQ(reading.numbers[1].part, told.second) << told.text;
  }
}

TEST(ReadSerial, KnowsTheLicenceNumberThatUsFramesBeginWith) {
  EXPECT_TRUE(ReadSerial("98712345-000123").licence_prefix);
  EXPECT_EQ(ReadSerial("98712345-000123").key, "98712345000123");
  EXPECT_FALSE(ReadSerial("9871234-000123").licence_prefix);
  EXPECT_FALSE(ReadSerial("98712345000123").licence_prefix);
}

TEST(ReadSerial, PrefersTheNumberOfTheFrame) {
  const SerialReading reading =
      ReadSerial("AARK123 no ferrolho/cano e aanw456 na arma\u00E7\u00E3o.");
  ASSERT_THAT(reading.numbers, SizeIs(2));
  EXPECT_EQ(reading.key, "AANW456");
  EXPECT_FALSE(reading.ambiguous);
  EXPECT_EQ(reading.numbers[0].part, v1::WEAPON_PART_SLIDE);
  EXPECT_EQ(reading.numbers[1].part, v1::WEAPON_PART_FRAME);
  EXPECT_EQ(ReadSerial("A123 (frame) / B456").key, "A123");
}

TEST(ReadSerial, PrefersTheOnlyNumberOnNoNamedPart) {
  const SerialReading reading = ReadSerial("AB12345, B4567 (cano)");
  EXPECT_EQ(reading.key, "AB12345");
  EXPECT_FALSE(reading.ambiguous);
}

TEST(ReadSerial, SaysWhereItCannotChoose) {
  for (const char* text :
       {"AZC123 e LZG456", "MDY123(cano) FLB456(ferrolho)", "123456/765432", "A123, B456"}) {
    EXPECT_TRUE(ReadSerial(text).ambiguous) << text;
  }
}

TEST(ReadSerial, TakesOneNumberOnSeveralPartsAsOne) {
  const SerialReading reading = ReadSerial("BCVR123(cano) BCVR123 (ferrolho)");
  EXPECT_THAT(reading.numbers, SizeIs(1));
  EXPECT_FALSE(reading.ambiguous);
}

TEST(ReadSerial, LetsRemovalOnAnotherPartAlone) {
  const SerialReading reading =
      ReadSerial("kgc12345 na Arma\u00E7\u00E3o, removida no Ferrolho e Cano.");
  EXPECT_EQ(reading.key, "KGC12345");
  EXPECT_EQ(reading.status, kComplete);
}

TEST(ReadSerial, SpellsANumberAsRegistriesMightWriteIt) {
  EXPECT_THAT(SpellingsOf(ReadSerial("t1234-07 bo")),
              ElementsAre("t1234-07 bo", "T1234-07 BO", "T123407BO", "T1234-07BO", "T1234 07 BO",
                          "T123407B0"));
  EXPECT_THAT(SpellingsOf(ReadSerial("12345")), ElementsAre("12345"));
  EXPECT_THAT(SpellingsOf(ReadSerial("\u0420\u041D1")), ElementsAre("\u0420\u041D1", "PH1", "RN1"));
}

TEST(ReadSerial, NoticesWhatASpreadsheetDid) {
  EXPECT_EQ(ReadSerial("123456.0").damage, SpreadsheetDamage::kDecimal);
  EXPECT_EQ(ReadSerial("1.23457E+11").damage, SpreadsheetDamage::kExponent);
  EXPECT_EQ(ReadSerial("1,23E+05").damage, SpreadsheetDamage::kExponent);
  EXPECT_EQ(ReadSerial("123456.01").damage, SpreadsheetDamage::kNone);
  EXPECT_EQ(ReadSerial("24/07/2021").damage, SpreadsheetDamage::kDate);
  EXPECT_EQ(ReadSerial("24/13/2021").damage, SpreadsheetDamage::kNone);
  EXPECT_EQ(ReadSerial("#N/A").damage, SpreadsheetDamage::kError);
  EXPECT_EQ(ReadSerial("########").damage, SpreadsheetDamage::kError);
  EXPECT_EQ(ReadSerial("##1234").damage, SpreadsheetDamage::kNone);
  EXPECT_EQ(ReadSerial("E123456").damage, SpreadsheetDamage::kNone);
}

TEST(ReadSerial, KnowsModelsThatStandForSerials) {
  EXPECT_TRUE(ReadSerial("1911").model_token);
  EXPECT_TRUE(ReadSerial("Mod 70").model_token);
  EXPECT_FALSE(ReadSerial("19110").model_token);
}

TEST(SpellingsToAsk, EndWithTheTextAsItWasWritten) {
  EXPECT_THAT(SpellingsToAsk(ReadSerial(" 38126 (ferrolho 771) ")),
              ElementsAre("38126", "38126 (ferrolho 771)"));
  EXPECT_THAT(SpellingsToAsk(ReadSerial("TJX12345")), ElementsAre("TJX12345")) << "once";
  EXPECT_THAT(SpellingsToAsk(ReadSerial("AB1234 - RASPADO")), ElementsAre("AB1234 - RASPADO"));
  EXPECT_THAT(SpellingsToAsk(ReadSerial("e\u0301 1234 (x)")),
              testing::IsSupersetOf({"e\u0301 1234 (x)", "\u00E9 1234 (x)"}))
      << "as written, and in the form that is compared";
}

TEST(SpellingsToAsk, AreTheAlternativesOfASet) {
  EXPECT_THAT(SpellingsToAsk(ReadSerial("AB[38]1")), ElementsAre("AB31", "AB81", "AB[38]1"));
}

TEST(SpellingsToAsk, AreNoneWhereThereIsNoNumber) {
  for (const char* text : {"", "RASPADO", "S/N", "0000"}) {
    EXPECT_THAT(SpellingsToAsk(ReadSerial(text)), IsEmpty()) << text;
  }
}

TEST(SpellingsToAsk, AreWithinWhatARegistryTakes) {
  const std::string fits = "12345 (" + std::string(248, 'x') + ")";
  ASSERT_EQ(fits.size(), kSpellingBytesAskedMax);
  EXPECT_THAT(SpellingsToAsk(ReadSerial(fits)), testing::Contains(fits));
  EXPECT_THAT(SpellingsToAsk(ReadSerial(fits + ")")), Not(testing::Contains(fits + ")")));
}

TEST(ReadSerialOf, CountsWhatTheMarkSays) {
  v1::Item item;
  item.mutable_weapon()->set_serial_number("AB1234");
  v1::Mark& mark = *item.mutable_weapon()->add_marks();
  mark.set_kind(v1::MARK_KIND_SERIAL);
  mark.set_text("AB1234");
  EXPECT_EQ(ReadSerialOf(item).key, "AB1234");
  mark.add_uncertain()->set_position(2);
  mark.add_uncertain()->set_position(99);
  mark.add_uncertain()->set_position(-1);
  EXPECT_EQ(ReadSerialOf(item).pattern, "AB?234");
  mark.mutable_uncertain(0)->set_candidates("81");
  EXPECT_THAT(ReadSerialOf(item).alternatives, ElementsAre("AB8234", "AB1234"));
  mark.mutable_uncertain(0)->set_candidates("8)");
  EXPECT_THAT(ReadSerialOf(item).alternatives, IsEmpty());
  EXPECT_EQ(ReadSerialOf(item).pattern, "AB?234");
  mark.clear_uncertain();
  mark.set_restored(true);
  EXPECT_EQ(ReadSerialOf(item).status, v1::SERIAL_STATUS_RESTORED);
  mark.set_length_unknown(true);
  EXPECT_EQ(ReadSerialOf(item).pattern, "*AB1234*");
}

TEST(ReadSerialOf, FindsTheSerialAmongTheMarks) {
  v1::Item item;
  v1::Mark& barrel = *item.mutable_weapon()->add_marks();
  barrel.set_kind(v1::MARK_KIND_SERIAL);
  barrel.set_part(v1::WEAPON_PART_BARREL);
  barrel.set_text("777777");
  EXPECT_THAT(ReadSerialOf(item).numbers, IsEmpty());
  v1::Mark& frame = *item.mutable_weapon()->add_marks();
  frame.set_kind(v1::MARK_KIND_SERIAL);
  frame.set_part(v1::WEAPON_PART_FRAME);
  frame.set_text("888888");
  EXPECT_EQ(ReadSerialOf(item).key, "888888");
}

}  // namespace
}  // namespace tracegate
