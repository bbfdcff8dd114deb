#include "adapters/marking/models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/reading.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::IsEmpty;

v1::Term ReadModel(std::string_view maker, std::string_view model) {
  return ModelCatalogue::Standard().Read(model, MakerCatalogue::Standard().Read(maker));
}

std::string ModelOf(std::string_view maker, std::string_view model) {
  return ReadModel(maker, model).canonical();
}

TEST(Models, AreReadWithTheirMaker) {
  EXPECT_EQ(ModelOf("Beretta", "92"), "Beretta 92");
  EXPECT_EQ(ModelOf("Taurus", "92"), "Taurus PT 92");
  EXPECT_EQ(ModelOf("Glock", "92"), "");
  EXPECT_EQ(ModelOf("Qwert", "PT 92"), "");
}

TEST(Models, AreReadUnderEverySpelling) {
  for (const char* text : {"PT 92", "pt-92", "PT92 AF", "PT-92 AFS", "Mod. PT 92", "Modelo PT 92",
                           "TAURUS PT 92", "Taurus mod. 92", "PT 92 inox", "PT 92 9x19"})
    EXPECT_EQ(ModelOf("Taurus", text), "Taurus PT 92") << text;
  EXPECT_EQ(ModelOf("Beretta", "M 92 FS"), "Beretta 92");
  EXPECT_EQ(ModelOf("Glock", "17.0"), "Glock 17");
  EXPECT_EQ(ModelOf("Glock", "G17 GEN 4"), "Glock 17");
}

TEST(Models, WithoutAMakerAreCertainOnlyByWordsThatOneMakerHas) {
  EXPECT_EQ(ModelOf("", "PT 92"), "Taurus PT 92");
  EXPECT_EQ(ModelOf("", "Taurus 92"), "Taurus PT 92");
  EXPECT_EQ(ModelOf("", "92"), "");
  EXPECT_THAT(ReadModel("", "92").could_be(), Contains("Beretta 92"));
  EXPECT_THAT(ReadModel("", "92").could_be(), Contains("Taurus PT 92"));
}

TEST(Models, AsOfficersWriteThemAreFamilies) {
  EXPECT_EQ(ModelOf("", "AK-47"), "Kalashnikov");
  EXPECT_EQ(ModelOf("Ignorado", "AK 47"), "Kalashnikov");
  EXPECT_EQ(ModelOf("", "АК-47"), "Kalashnikov");
  EXPECT_EQ(ModelOf("", "AKM"), "AKM");
  EXPECT_EQ(ModelOf("Norinco", "Type 56"), "Type 56");
  EXPECT_EQ(ModelOf("IMBEL", "M 964 FAL"), "IMBEL M964 FAL");
  EXPECT_EQ(ModelOf("FN", "FAL"), "FAL");
}

TEST(Models, ThatASpreadsheetMadeADateOnlyMayBe) {
  EXPECT_THAT(ReadModel("Taurus", "2021-07-24 00:00:00").could_be(),
              testing::ElementsAre("Taurus PT 24/7"));
  EXPECT_EQ(ModelOf("Taurus", "2021-07-24 00:00:00"), "");
  EXPECT_THAT(ReadModel("Taurus", "2021-07-23 00:00:00").could_be(), IsEmpty());
}

TEST(Models, OfNobodyAreNotGuessed) {
  for (const char* text : {"", "Ignorado", "PT 9292", "xyz", "Mod.", "9 mm"})
    EXPECT_EQ(ModelOf("Taurus", text), "") << text;
}

TEST(Models, KnowTheirFamilies) {
  const ModelCatalogue& models = ModelCatalogue::Standard();
  const Model* type_56 = models.Find("Type 56");
  const Model* kalashnikov = models.Find("Kalashnikov");
  ASSERT_NE(type_56, nullptr);
  EXPECT_EQ(&models.FamilyOf(*type_56), kalashnikov);
  EXPECT_TRUE(models.IsA(*type_56, *kalashnikov));
  EXPECT_FALSE(models.IsA(*kalashnikov, *type_56));
}

TEST(Models, SayWhatIsALicenceAndWhatACopy) {
  const Model* pt_92 = ModelCatalogue::Standard().Find("Taurus PT 92");
  ASSERT_NE(pt_92, nullptr);
  EXPECT_EQ(pt_92->origin, Model::Origin::kLicence);
  EXPECT_EQ(pt_92->original_maker, "Beretta");
  const Model* beretta = ModelCatalogue::Standard().Find("Beretta 92");
  ASSERT_NE(beretta, nullptr);
  EXPECT_EQ(beretta->origin, Model::Origin::kOwn);
  const Model* type_56 = ModelCatalogue::Standard().Find("Type 56");
  EXPECT_EQ(type_56->origin, Model::Origin::kCopy);
}

TEST(Models, RefuseMalformedTables) {
  const auto makers = MakerCatalogue::Parse(
      "canonical,aliases,sites,successor,status,source\nAcme,,US,,active,s\n");
  ASSERT_TRUE(makers.ok());
  const std::string header = "canonical,aliases,parent,makers,origin,calibres,type,source\n";
  EXPECT_TRUE(ModelCatalogue::Parse(header + "F,,,,,,,s\nAcme 1,a,F,Acme,copy:Acme,9x19,RIFLE,s\n",
                                    **makers)
                  .ok());
  for (const char* row : {"A,,,,,,,\n", "A,,,,,,,s\nA,,,,,,,s\n", "A,,B,,,,,s\nB,,,,,,,s\n",
                          "A,,,Bcme,,,,s\n", "A,,,,copy:Bcme,,,s\n", "A,,,,clone:Acme,,,s\n",
                          "A,,,,,,GUN,s\n", "A,--,,,,,,s\n", "--,,,,,,,s\n"}) {
    EXPECT_FALSE(ModelCatalogue::Parse(header + row, **makers).ok()) << row;
  }
}

struct Pair {
  const char* our_maker;
  const char* ours;
  const char* their_maker;
  const char* theirs;
  v1::MatchEffect effect;
};

class ComparesModels : public testing::TestWithParam<Pair> {};

TEST_P(ComparesModels, AlikeFromBothSides) {
  const auto [our_maker, ours, their_maker, theirs, effect] = GetParam();
  const v1::Term one = ReadModel(our_maker, ours);
  const v1::Term other = ReadModel(their_maker, theirs);
  EXPECT_EQ(CompareModels(one, other).effect(), effect) << ours << " " << theirs;
  EXPECT_EQ(CompareModels(other, one).effect(), effect) << ours << " " << theirs;
}

constexpr auto kAgrees = v1::MATCH_EFFECT_AGREES;
constexpr auto kCompatible = v1::MATCH_EFFECT_COMPATIBLE;
constexpr auto kDiffers = v1::MATCH_EFFECT_DIFFERS;

INSTANTIATE_TEST_SUITE_P(Known, ComparesModels,
                         testing::Values(Pair{"Taurus", "PT 92", "Taurus", "92 AFS", kAgrees},
                                         Pair{"Taurus", "PT 92", "Taurus", "PT 99", kDiffers},
                                         Pair{"Taurus", "PT 92", "Beretta", "92", kDiffers},
                                         Pair{"", "AK-47", "Norinco", "Type 56", kCompatible},
                                         Pair{"", "AKM", "Norinco", "Type 56", kCompatible},
                                         Pair{"Zastava", "M70", "Norinco", "Type 56", kDiffers},
                                         Pair{"", "AK-47", "IMBEL", "M964", kDiffers},
                                         Pair{"IMBEL", "M964", "IMBEL", "M964A1 ParaFAL",
                                              kCompatible},
                                         Pair{"Colt", "M16 A2", "Colt", "M16", kCompatible},
                                         Pair{"", "92", "Beretta", "92 FS", kCompatible}));

INSTANTIATE_TEST_SUITE_P(
    InNoCatalogue, ComparesModels,
    testing::Values(Pair{"Qwert", "ZX 10", "Qwert", "zx-10", kAgrees},
                    Pair{"Qwert", "ZX 10", "Qwert", "ZX 10 B", kCompatible},
                    Pair{"Qwert", "ZX 10", "Qwert", "ZX 11", kDiffers},
                    Pair{"Taurus", "PT 92", "Taurus", "Special Deluxe", kCompatible},
                    Pair{"Taurus", "PT 92", "Taurus", "ZX 11", kDiffers},
                    Pair{"Taurus", "82", "Taurus", "HAND EJECTOR", kCompatible},
                    Pair{"Taurus", "82", "Taurus", "Taurus", kCompatible},
                    Pair{"Mahely", "2021-11-11 00:00:00", "Mahely", "ZX 3", kCompatible},
                    Pair{"Taurus", "82", "Taurus", "Ignorado", v1::MATCH_EFFECT_NOT_RECORDED}));

TEST(Models, AreReadOnAWeapon) {
  v1::Item item = Pistol();
  item.mutable_weapon()->mutable_model()->set_verbatim("PT-92 AF");
  EXPECT_EQ(ReadItem(item).weapon().model().canonical(), "Taurus PT 92");
}

}  // namespace
}  // namespace tracegate
