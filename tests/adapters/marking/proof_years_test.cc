#include "adapters/marking/proof_years.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/match.h"
#include "adapters/marking/reading.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

int YearOf(std::string_view state, std::string_view text) {
  return ProofYears::Standard().YearOf(state, text);
}

TEST(ProofYears, AreReadByTheStatesOwnCode) {
  EXPECT_EQ(YearOf("DE", "FC"), 1952);
  EXPECT_EQ(YearOf("DE", "IK"), 1989);
  EXPECT_EQ(YearOf("DE", "JK"), 1989);
  EXPECT_EQ(YearOf("DE", "JJ"), 1988);
  EXPECT_EQ(YearOf("DE", "AD"), 2003);
  EXPECT_EQ(YearOf("IT", "AD"), 1978);
  EXPECT_EQ(YearOf("IT", "XX"), 1964);
  EXPECT_EQ(YearOf("IT", "XX 8"), 1972);
  EXPECT_EQ(YearOf("IT", "XXVIII"), 1972);
  EXPECT_EQ(YearOf("IT", "AP"), 1986);
  EXPECT_EQ(YearOf("IT", "CS"), 2017);
  EXPECT_EQ(YearOf("ES", "LL"), 1940);
  EXPECT_EQ(YearOf("ES", "A1"), 1955);
  EXPECT_EQ(YearOf("ES", "\u00F11"), 1969);
  EXPECT_EQ(YearOf("ES", "M2"), 1993);
  EXPECT_EQ(YearOf("BE", "AD"), 0);
}

TEST(ProofYears, AreNotReadWhereTheCodeIsAnotherSignToo) {
  for (const char* code : {"N", "N1", "P", "R", "X"}) EXPECT_EQ(YearOf("ES", code), 0) << code;
  EXPECT_EQ(YearOf("IT", "AO"), 0);
  EXPECT_EQ(YearOf("IT", "IX"), 0);
  EXPECT_EQ(YearOf("DE", "FB"), 0);
}

TEST(ProofYears, AreReadBesideAFewWords) {
  EXPECT_EQ(YearOf("IT", "PSF [AM]"), 1984);
  EXPECT_EQ(YearOf("DE", "N IK"), 1989);
  EXPECT_EQ(YearOf("IT", "70 CM"), 0);
  EXPECT_EQ(YearOf("IT", "AM AN"), 0);
  EXPECT_EQ(YearOf("IT", "AM AM"), 1984);
  EXPECT_EQ(YearOf("ES", "EIBAR A"), 0);
  EXPECT_EQ(YearOf("IT", "BANCO DI PROVA AM"), 0);
  EXPECT_EQ(YearOf("IT", "AM" + std::string(62, ' ')), 1984);
  EXPECT_EQ(YearOf("IT", "AM" + std::string(63, ' ')), 0);
  EXPECT_EQ(YearOf("IT", ""), 0);
}

v1::Mark& AddProof(v1::Item& item, const std::string& text, const std::string& country) {
  v1::Mark& mark = AddMark(item, v1::MARK_KIND_PROOF, text);
  if (!country.empty()) mark.mutable_country()->set_verbatim(country);
  return mark;
}

v1::Symbol SymbolOf(v1::SymbolShape shape, const std::string& code) {
  v1::Symbol symbol;
  symbol.set_shape(shape);
  symbol.set_code(code);
  return symbol;
}

int YearRead(const v1::Item& item) { return ReadItem(item).weapon().marks(0).year(); }

TEST(ProofYears, NeedTheStateOfTheProof) {
  v1::Item item = Pistol();
  v1::Mark& mark = AddProof(item, "AM", "");
  EXPECT_EQ(YearRead(item), 0);
  mark.mutable_country()->set_verbatim("Italia");
  EXPECT_EQ(YearRead(item), 1984);
  mark.clear_country();
  *mark.add_symbols() = SymbolOf(v1::SYMBOL_SHAPE_STAR, "PSF");
  EXPECT_EQ(YearRead(item), 1984);
}

TEST(ProofYears, AreReadByASymbolThatIsNotCertainUnlessACountryIsTold) {
  v1::Item item = Pistol();
  v1::Mark& mark = AddProof(item, "IK", "");
  *mark.add_symbols() = SymbolOf(v1::SYMBOL_SHAPE_ANIMAL, "EAGLE N");
  EXPECT_EQ(YearRead(item), 1989);
  EXPECT_EQ(ReadItem(item).weapon().marks(0).country().iso_code(), "");
  mark.mutable_country()->set_verbatim("somewhere");
  EXPECT_EQ(YearRead(item), 0);
}

TEST(ProofYears, AreReadInARectangle) {
  v1::Item item = Pistol();
  *AddProof(item, "", "Italy").add_symbols() = SymbolOf(v1::SYMBOL_SHAPE_SQUARE, "BN");
  EXPECT_EQ(YearRead(item), 2000);
  item.mutable_weapon()->mutable_marks(0)->set_text("BP");
  EXPECT_EQ(YearRead(item), 0);
}

TEST(ProofYears, YieldToAYearThatIsToldAndFillProofMarksAlone) {
  v1::Item item = Pistol();
  AddProof(item, "AM", "Italy").set_year(1990);
  EXPECT_EQ(YearRead(item), 1990);
  item.mutable_weapon()->mutable_marks(0)->clear_year();
  item.mutable_weapon()->mutable_marks(0)->set_kind(v1::MARK_KIND_INSPECTION);
  EXPECT_EQ(YearRead(item), 0);
}

TEST(FirstProof, IsTheOldestLegibleOneOfTheFrame) {
  v1::Item item = Pistol();
  AddProof(item, "AM", "Italy");
  EXPECT_EQ(FirstProofOf(ReadItem(item).weapon()), 1984);
  AddProof(item, "AA", "Italy").set_part(v1::WEAPON_PART_BARREL);
  EXPECT_EQ(FirstProofOf(ReadItem(item).weapon()), 1984);
  AddProof(item, "AB", "Italy").set_part(v1::WEAPON_PART_FRAME);
  EXPECT_EQ(FirstProofOf(ReadItem(item).weapon()), 1976);
  item.mutable_weapon()->mutable_marks(2)->set_legibility(v1::LEGIBILITY_ILLEGIBLE);
  EXPECT_EQ(FirstProofOf(ReadItem(item).weapon()), 1984);
}

v1::MatchReason YearReason(const v1::Item& asked, const v1::RegistryRecord& record) {
  const v1::Candidate candidate = Compare(asked, record);
  for (const v1::MatchReason& reason : candidate.reasons()) {
    if (reason.field() == "year_of_manufacture") return reason;
  }
  return {};
}

TEST(FirstProof, TellsThatAWeaponWasNotMadeLater) {
  v1::Item asked = Pistol();
  asked.mutable_weapon()->clear_year_of_manufacture();
  AddProof(asked, "AM", "Italy");
  v1::RegistryRecord record = RecordOf(Pistol());
  record.mutable_firearm()->set_year_of_manufacture(1985);
  EXPECT_EQ(YearReason(asked, record).effect(), v1::MATCH_EFFECT_DIFFERS);
  EXPECT_NE(Compare(asked, record).grade(), v1::MATCH_GRADE_EXACT);
  record.mutable_firearm()->set_year_of_manufacture(1984);
  EXPECT_EQ(YearReason(asked, record).effect(), v1::MATCH_EFFECT_COMPATIBLE);
  EXPECT_EQ(YearReason(asked, record).note(), "proved in 1984: made then or before");
  EXPECT_EQ(Compare(asked, record).grade(), v1::MATCH_GRADE_EXACT);
  record.mutable_firearm()->clear_year_of_manufacture();
  EXPECT_EQ(YearReason(asked, record).field(), "");
}

TEST(FirstProof, YieldsToTheYearOfManufacture) {
  v1::Item asked = Pistol();
  AddProof(asked, "AM", "Italy");
  EXPECT_EQ(YearReason(asked, RecordOf(Pistol())).effect(), v1::MATCH_EFFECT_AGREES);
}

TEST(ProofYears, RefuseMalformedTables) {
  const std::string header = "state,year,codes,source\n";
  EXPECT_TRUE(ProofYears::Parse(header + "IT,1984,AM;AO,s\nDE,1984,AM,s\n").ok());
  for (const char* row :
       {"IT,1984,AM,\n", "ITA,1984,AM,s\n", "IT,84,AM,s\n", "IT,2100,AM,s\n", "IT,x,AM,s\n",
        "IT,1984,,s\n", "IT,1984,am,s\n", "IT,1984,A M,s\n", "IT,1984,AM,s\nIT,1985,AM,s\n"}) {
    EXPECT_FALSE(ProofYears::Parse(header + row).ok()) << row;
  }
}

}  // namespace
}  // namespace tracegate
