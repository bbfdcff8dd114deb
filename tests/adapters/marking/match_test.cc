#include "adapters/marking/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "adapters/marking/confusion.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

struct Pair {
  std::function<void(v1::Firearm& asked, v1::Firearm& recorded)> change;
  v1::MatchGrade grade;
};

class ComparesWeapons : public testing::TestWithParam<Pair> {};

v1::MatchEffect EffectOf(const v1::Candidate& candidate, const std::string& field) {
  for (const v1::MatchReason& reason : candidate.reasons()) {
    if (reason.field() == field) return reason.effect();
  }
  return v1::MATCH_EFFECT_UNSPECIFIED;
}

TEST_P(ComparesWeapons, AlikeFromBothSides) {
  v1::Item asked = Pistol();
  v1::Item recorded = Pistol();
  GetParam().change(*asked.mutable_weapon(), *recorded.mutable_weapon());
  const v1::Candidate candidate = Compare(asked, RecordOf(recorded));
  EXPECT_EQ(candidate.grade(), GetParam().grade) << candidate.DebugString();
  EXPECT_EQ(candidate.needs_confirmation(), GetParam().grade != v1::MATCH_GRADE_EXACT);
  EXPECT_EQ(candidate.score() > 0, GetParam().grade != v1::MATCH_GRADE_UNSPECIFIED);
  EXPECT_LE(candidate.score(), 1);
  EXPECT_EQ(candidate.record().SerializeAsString(), RecordOf(recorded).SerializeAsString());

  const v1::Candidate turned = Compare(recorded, RecordOf(asked));
  EXPECT_EQ(turned.grade(), candidate.grade());
  EXPECT_DOUBLE_EQ(turned.score(), candidate.score());
}

std::function<void(v1::Firearm&, v1::Firearm&)> Serials(const char* asked, const char* recorded) {
  return [=](v1::Firearm& one, v1::Firearm& other) {
    one.set_serial_number(asked);
    other.set_serial_number(recorded);
  };
}

std::function<void(v1::Firearm&, v1::Firearm&)> Makers(const char* asked, const char* recorded) {
  return [=](v1::Firearm& one, v1::Firearm& other) {
    one.mutable_manufacturer()->set_verbatim(asked);
    other.mutable_manufacturer()->set_verbatim(recorded);
  };
}

std::function<void(v1::Firearm&, v1::Firearm&)> Recorded(std::function<void(v1::Firearm&)> change) {
  return [=](v1::Firearm&, v1::Firearm& other) { change(other); };
}

constexpr auto kExact = v1::MATCH_GRADE_EXACT;
constexpr auto kProbable = v1::MATCH_GRADE_PROBABLE;
constexpr auto kPossible = v1::MATCH_GRADE_POSSIBLE;
constexpr auto kNone = v1::MATCH_GRADE_UNSPECIFIED;

TEST(Compare, ComesToTheSameForAReadingAndForItsItem) {
  for (const char* serial : {"TJX12345", "TJX1234?", "TJX12345 (cano 77)", "TJX12345 revelado"}) {
    v1::Item asked = Pistol();
    asked.mutable_weapon()->set_serial_number(serial);
    const std::string once = Compare(ItemReading(asked), RecordOf(Pistol())).SerializeAsString();
    EXPECT_EQ(Compare(asked, RecordOf(Pistol())).SerializeAsString(), once) << serial;
    EXPECT_EQ(Compare(ReadItem(asked), RecordOf(Pistol())).SerializeAsString(), once) << serial;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Serials, ComparesWeapons,
    testing::Values(
        Pair{Serials("TJX12345", "tjx 12-345"), kExact},
        Pair{Serials("TJX12345", "TJX12346"), kNone},
        Pair{Serials("TJX12345", "TJX13245"), kPossible},
        Pair{Serials("12345", "TJX12345"), kPossible},
        Pair{Serials("TJX1[23]345", "TJX13345"), kPossible},
        Pair{Serials("TJX12345", "TJX1234"), kPossible},
        Pair{Serials("TJO12345", "TJ012345"), kPossible},
        Pair{Serials("TJX12345", "TJXI2345"), kPossible},
        Pair{Serials("88888888", "BBBBBBBB"), kNone}, Pair{Serials("0012345", "12345"), kPossible},
        Pair{Serials("38126", "38126 (ferrolho 771)"), kExact},
        Pair{Serials("38127", "38126 (ferrolho 771)"), kNone},
        Pair{Serials("3812", "38126 (ferrolho 771)"), kNone},
        Pair{Serials("771", "38126 (ferrolho 771)"), kPossible},
        Pair{Serials("38126", "38126 (ferrolho 771) raspado"), kPossible},
        Pair{Serials("AB1234", "AB1234 - RASPADO"), kPossible},
        Pair{Serials("AB1235", "AB1234 - RASPADO"), kNone},
        Pair{Serials("AB1234", "AB1234 (remarcado)"), kPossible},
        Pair{Serials("TJX1???5", "TJX12345"), kPossible},
        Pair{Serials("TJX1???6", "TJX12345"), kNone}, Pair{Serials("??????45", "TJX12345"), kNone},
        Pair{Serials("TJX..5", "TJX12345"), kPossible},
        Pair{Serials("TJX1?3", "TJX?23"), kPossible},
        Pair{Serials("\u0420\u041D1234", "PH1234"), kPossible},
        Pair{Serials("\u0420\u041D1234", "RN1234"), kPossible},
        Pair{Serials("\u0420\u041D1234", "\u0440\u043D 1234"), kExact},
        Pair{Serials("TJX12345 (revelado)", "TJX12345"), kProbable},
        Pair{Serials("REMARCADO PARA TJX12345", "TJX12345"), kPossible},
        Pair{Serials("A123 e TJX12345", "TJX12345"), kPossible},
        Pair{Serials("", "TJX12345"), kNone}, Pair{Serials("RASPADO", "RASPADO"), kNone},
        Pair{Serials("????????", "TJX12345"), kNone}));

INSTANTIATE_TEST_SUITE_P(Makers, ComparesWeapons,
                         testing::Values(Pair{Makers("TAURUS", "Forjas Taurus S.A."), kExact},
                                         Pair{Makers("TAURUS", ""), kProbable},
                                         Pair{Makers("TAURUS", "Ignorado"), kProbable},
                                         Pair{Makers("TAURUS", "Qwert"), kProbable},
                                         Pair{Makers("Qwert", "QWERT."), kExact},
                                         Pair{Makers("TAURUS", "Rossi"), kProbable},
                                         Pair{Makers("TAURUS", "Glock"), kPossible},
                                         Pair{Makers("Luger", "DWM"), kProbable},
                                         Pair{Makers("Luger", "Glock"), kPossible}));

INSTANTIATE_TEST_SUITE_P(
    OtherFields, ComparesWeapons,
    testing::Values(
        Pair{Recorded([](v1::Firearm& weapon) { weapon.mutable_calibre()->set_verbatim("9 mm"); }),
             kExact},
        Pair{Recorded([](v1::Firearm& weapon) {
               weapon.mutable_calibre()->set_verbatim(".40 S&W");
             }),
             kProbable},
        Pair{Recorded([](v1::Firearm& weapon) { weapon.clear_calibre(); }), kExact},
        Pair{Recorded([](v1::Firearm& weapon) {
               weapon.mutable_model()->set_verbatim("TAURUS PT-92 AF");
             }),
             kExact},
        Pair{Recorded([](v1::Firearm& weapon) { weapon.mutable_model()->set_verbatim("PT 100"); }),
             kProbable},
        Pair{Recorded([](v1::Firearm& weapon) {
               weapon.mutable_country_of_manufacture()->set_verbatim("EUA");
             }),
             kProbable},
        Pair{Recorded([](v1::Firearm& weapon) { weapon.set_year_of_manufacture(2000); }),
             kProbable},
        Pair{Recorded([](v1::Firearm& weapon) { weapon.set_type(v1::FIREARM_TYPE_OTHER_PISTOL); }),
             kExact},
        Pair{Recorded([](v1::Firearm& weapon) { weapon.set_type(v1::FIREARM_TYPE_RIFLE); }),
             kProbable}));

TEST(Compare, ExplainsEachField) {
  v1::Item recorded = Pistol();
  recorded.mutable_weapon()->mutable_manufacturer()->set_verbatim("Glock");
  recorded.mutable_weapon()->set_serial_number("TJXI2345");
  const v1::Candidate candidate = Compare(Pistol(), RecordOf(recorded));
  EXPECT_EQ(candidate.reasons(0).field(), "serial_number");
  EXPECT_EQ(candidate.reasons(0).asked(), "TJX12345");
  EXPECT_EQ(candidate.reasons(0).recorded(), "TJXI2345");
  EXPECT_NE(candidate.reasons(0).note().find("1/I"), std::string::npos);
  EXPECT_EQ(EffectOf(candidate, "serial_number"), v1::MATCH_EFFECT_CONFUSABLE);
  EXPECT_EQ(EffectOf(candidate, "manufacturer"), v1::MATCH_EFFECT_DIFFERS);
  EXPECT_EQ(EffectOf(candidate, "calibre"), v1::MATCH_EFFECT_AGREES);
}

TEST(Compare, ShowsNothingOfWhatIsNotTold) {
  v1::Item recorded = Pistol();
  recorded.mutable_weapon()->clear_country_of_manufacture();
  recorded.mutable_weapon()->clear_year_of_manufacture();
  recorded.mutable_weapon()->set_type(v1::FIREARM_TYPE_UNSPECIFIED);
  const v1::Candidate candidate = Compare(Pistol(), RecordOf(recorded));
  ASSERT_EQ(candidate.reasons_size(), 7);
  for (const int place : {4, 5, 6}) {
    EXPECT_EQ(candidate.reasons(place).effect(), v1::MATCH_EFFECT_NOT_RECORDED);
    EXPECT_EQ(candidate.reasons(place).recorded(), "") << candidate.reasons(place).field();
  }
}

TEST(Compare, GivesNoReasonForWhatNeitherSideTells) {
  v1::Item asked = Pistol();
  asked.mutable_weapon()->clear_model();
  asked.mutable_weapon()->clear_country_of_manufacture();
  asked.mutable_weapon()->clear_year_of_manufacture();
  asked.mutable_weapon()->set_type(v1::FIREARM_TYPE_UNSPECIFIED);
  v1::Item recorded = asked;
  recorded.mutable_weapon()->set_year_of_manufacture(1987);
  const v1::Candidate candidate = Compare(asked, RecordOf(recorded));
  std::vector<std::string> fields;
  for (const v1::MatchReason& reason : candidate.reasons()) fields.push_back(reason.field());
  EXPECT_THAT(fields, testing::ElementsAre("serial_number", "manufacturer", "calibre",
                                           "year_of_manufacture"));
  EXPECT_EQ(candidate.reasons(3).effect(), v1::MATCH_EFFECT_NOT_RECORDED);
  EXPECT_EQ(candidate.reasons(3).recorded(), "1987");
}

TEST(Compare, RanksBetterAgreementHigher) {
  const auto score = [](const char* serial, const char* maker) {
    v1::Item recorded = Pistol();
    recorded.mutable_weapon()->set_serial_number(serial);
    recorded.mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
    return Compare(Pistol(), RecordOf(recorded)).score();
  };
  EXPECT_GT(score("TJX12345", "Taurus"), score("TJX12345", ""));
  EXPECT_GT(score("TJX12345", ""), score("TJX12345", "Glock"));
  EXPECT_GT(score("TJXI2345", "Taurus"), score("TJXIZ345", "Taurus"));
}

TEST(Compare, NeverCallsAPartOrAmmunitionTheWeapon) {
  v1::Item part;
  part.mutable_essential_part()->set_part(v1::WEAPON_PART_BARREL);
  part.mutable_essential_part()->set_serial_number("TJX12345");
  part.mutable_essential_part()->mutable_manufacturer()->set_verbatim("Taurus");
  EXPECT_EQ(Compare(part, RecordOf(Pistol())).grade(), kPossible);
  part.mutable_essential_part()->set_part(v1::WEAPON_PART_FRAME);
  EXPECT_EQ(Compare(part, RecordOf(Pistol())).grade(), kExact);
  v1::Item lot;
  lot.mutable_ammunition_lot()->set_lot_number("TJX12345");
  EXPECT_EQ(Compare(lot, RecordOf(Pistol())).grade(), kNone);
}

TEST(Compare, DoesNotCallAnExactMatchWhatAClientSaysIsPartial) {
  v1::Item asked = Pistol();
  asked.mutable_weapon()->set_serial_status(v1::SERIAL_STATUS_PARTIAL);
  EXPECT_EQ(Compare(asked, RecordOf(Pistol())).grade(), kPossible);
}

TEST(Confusion, IsSymmetricAndWeighted) {
  EXPECT_EQ(ConfusionOf("A0", "AO"), ConfusionOf("AO", "A0"));
  EXPECT_LT(*ConfusionOf("0", "O"), *ConfusionOf("0", "Q"));
  EXPECT_LT(*ConfusionOf("8", "B"), *ConfusionOf("6", "9"));
  EXPECT_FALSE(ConfusionOf("A", "B"));
  EXPECT_FALSE(ConfusionOf("A", "AA"));
}

TEST(Slips, AreToldApart) {
  struct Case {
    const char* key;
    const char* other;
    SlipKind kind;
  };
  for (const Case& told :
       {Case{"TJX12345", "TJX12345", SlipKind::kNone},
        Case{"TJX12B45", "TJX12845", SlipKind::kConfused},
        Case{"TJX12345", "TJX13245", SlipKind::kSwapped},
        Case{"TJX12345", "TXJ12345", SlipKind::kSwapped},
        Case{"0012345", "12345", SlipKind::kLeadingZeros},
        Case{"TJX12345", "12345", SlipKind::kAffix}, Case{"12345", "12345C", SlipKind::kAffix},
        Case{"98712345AB123", "AB123", SlipKind::kAffix},
        Case{"TJX12345", "TJX1245", SlipKind::kOneCharacter},
        Case{"369J257", "369257", SlipKind::kOneCharacter}}) {
    const auto slip = SlipBetween(told.key, told.other);
    ASSERT_TRUE(slip) << told.key << " " << told.other;
    EXPECT_EQ(slip->kind, told.kind) << told.key << " " << told.other;
    EXPECT_EQ(SlipBetween(told.other, told.key)->cost, slip->cost);
    EXPECT_LE(slip->cost, 1);
    EXPECT_EQ(slip->cost > 0, told.kind != SlipKind::kNone);
  }
}

TEST(Slips, AreOneAtATime) {
  for (const auto& [key, other] :
       std::vector<std::pair<const char*, const char*>>{{"TJX12345", "TJX12346"},
                                                        {"TJX12345", "TJX14325"},
                                                        {"TJX12345", "JTX13245"},
                                                        {"TJX12345", "12354"},
                                                        {"TJX123", "123"},
                                                        {"1234", "234"},
                                                        {"TJX12345", "TJX123"},
                                                        {"9871234AB123", "AB123"}}) {
    EXPECT_FALSE(SlipBetween(key, other)) << key << " " << other;
  }
}

// The order of two records that differ in nothing else.
TEST(Scores, AreBestForTheSameWordsThenForOthersOfTheSameMeaningThenForWhatMayBeMeant) {
  const auto score_of = [](const char* recorded_calibre) {
    v1::Item recorded = Pistol();
    recorded.mutable_weapon()->mutable_calibre()->set_verbatim(recorded_calibre);
    return Compare(Pistol(), RecordOf(recorded)).score();
  };
  EXPECT_GT(score_of("9x19"), score_of("9 mm Parabellum"));
  EXPECT_GT(score_of("9 mm Parabellum"), score_of("9 mm"));
  EXPECT_GT(score_of("9 mm"), score_of(".45 ACP"));
}

// A weapon of the right calibre whose prefix was left out, before another with just that number.
TEST(Scores, TakeALostPrefixForLikelierThanTwoWrongFields) {
  v1::Item asked = Pistol();
  asked.mutable_weapon()->set_serial_number("12345");
  v1::Item other = asked;
  other.mutable_weapon()->mutable_calibre()->set_verbatim(".38 Special");
  other.mutable_weapon()->mutable_model()->set_verbatim("82");
  EXPECT_GT(Compare(asked, RecordOf(Pistol())).score(), Compare(asked, RecordOf(other)).score());
}

TEST(Slips, CostMoreTheSeldomerTheyAre) {
  EXPECT_LT(*ConfusionOf("TJX10", "TJX1O"), *ConfusionOf("TJX12345", "TJX13245"));
  EXPECT_LT(*ConfusionOf("A12345", "12345"), *ConfusionOf("ABC12345", "12345"));
  EXPECT_LT(*ConfusionOf("TJX1145", "TJX145"), *ConfusionOf("TJX1245", "TJX145"))
      << "a character is dropped from a pair more often";
}

TEST(Patterns, AgreeWhereTheyCanBeOne) {
  EXPECT_TRUE(PatternsAgree("A*9", "A9"));
  EXPECT_TRUE(PatternsAgree("*1*2*", "0102"));
  EXPECT_TRUE(PatternsAgree("A*", "*9"));
  EXPECT_FALSE(PatternsAgree("A*", "B*"));
  EXPECT_FALSE(PatternsAgree("A?9", "A9"));
  EXPECT_FALSE(PatternsAgree("*1*2*", "0201"));
}

}  // namespace
}  // namespace tracegate
