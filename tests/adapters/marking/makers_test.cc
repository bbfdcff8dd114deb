#include "adapters/marking/makers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/item_view.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

MakerReading ReadMaker(std::string_view text) {
  return MakerCatalogue::Standard().ReadClosely(text);
}

std::string Maker(std::string_view text) { return ReadMaker(text).term.canonical(); }

std::vector<std::string> CouldBe(std::string_view text) {
  const v1::Term term = ReadMaker(text).term;
  return {term.could_be().begin(), term.could_be().end()};
}

struct Cell {
  const char* text;
  const char* canonical;
  NameForm form;
};

class ReadsMaker : public testing::TestWithParam<Cell> {};

TEST_P(ReadsMaker, AndTellsHow) {
  const MakerReading reading = ReadMaker(GetParam().text);
  EXPECT_EQ(reading.term.verbatim(), GetParam().text);
  EXPECT_EQ(reading.term.canonical(), GetParam().canonical) << GetParam().text;
  EXPECT_EQ(reading.form, GetParam().form) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    AroundTheName, ReadsMaker,
    testing::Values(Cell{"TAURUS", "Taurus", NameForm::kExact},
                    Cell{"smith & wesson", "Smith & Wesson", NameForm::kExact},
                    Cell{"Taurus Ltda.", "Taurus", NameForm::kPlain},
                    Cell{"Glock Ges.m.b.H. Austria", "Glock", NameForm::kPlain},
                    Cell{"Zastava (Serbia)", "Zastava", NameForm::kPlain},
                    Cell{"Olympic Firearms", "", NameForm::kUnknown},
                    Cell{"Marca: Beretta", "Beretta", NameForm::kPlain},
                    Cell{"Pistola Taurus", "Taurus", NameForm::kPlain},
                    Cell{"Fabricado por Imbel", "IMBEL", NameForm::kPlain},
                    Cell{"Beretta Gardone Val Trompia", "Beretta", NameForm::kPlain},
                    Cell{"Arsenal Kazanlak Bulgaria", "Arsenal", NameForm::kPlain}));

INSTANTIATE_TEST_SUITE_P(BeforeAModel, ReadsMaker,
                         testing::Values(Cell{"Taurus PT 92", "Taurus", NameForm::kLeading},
                                         Cell{"GLOCK 19", "Glock", NameForm::kLeading},
                                         Cell{"Beretta mod. 92", "Beretta", NameForm::kLeading},
                                         Cell{"Taurus Raging Bull", "Taurus", NameForm::kLeading},
                                         Cell{"CZ 75", "CZ", NameForm::kLeading},
                                         Cell{"CZ abcdef", "", NameForm::kUnknown},
                                         Cell{"IMI Negev", "IMI", NameForm::kLeading},
                                         Cell{"FN-FAL", "FN", NameForm::kLeading},
                                         Cell{"Star 9", "", NameForm::kUnknown}));

INSTANTIATE_TEST_SUITE_P(WrittenOnToTheName, ReadsMaker,
                         testing::Values(Cell{"GLOCKG22", "Glock", NameForm::kLeading},
                                         Cell{"IMBELIA2", "IMBEL", NameForm::kLeading},
                                         Cell{"CZ75", "CZ", NameForm::kLeading},
                                         Cell{"FNSCAR", "FN", NameForm::kLeading},
                                         Cell{"IMBELFAL", "IMBEL", NameForm::kLeading},
                                         Cell{"TAURUSPRO", "Taurus", NameForm::kLeading},
                                         Cell{"Glock22 Gen 4", "Glock", NameForm::kLeading},
                                         Cell{"Glockenspiel", "", NameForm::kUnknown},
                                         Cell{"CZABC1", "", NameForm::kUnknown},
                                         Cell{"LAR15", "", NameForm::kUnknown}));

INSTANTIATE_TEST_SUITE_P(CutOff, ReadsMaker,
                         testing::Values(Cell{"SMITH & WE", "Smith & Wesson", NameForm::kCut},
                                         Cell{"SMITH/WESS", "Smith & Wesson", NameForm::kCut},
                                         Cell{"Winche", "Winchester", NameForm::kCut},
                                         Cell{"Forjas Tau", "Taurus", NameForm::kCut},
                                         Cell{"Winch", "", NameForm::kUnknown},
                                         Cell{"Compan", "", NameForm::kUnknown},
                                         Cell{"Federal", "", NameForm::kUnknown},
                                         Cell{"Springfi", "Springfield Armory", NameForm::kCut}));

INSTANTIATE_TEST_SUITE_P(BeforeItsOrigin, ReadsMaker,
                         testing::Values(Cell{"CZ origem tcheca", "CZ", NameForm::kPlain},
                                         Cell{"Boito industria brasileira", "Boito",
                                              NameForm::kPlain},
                                         Cell{"Bul made in Israel", "BUL", NameForm::kPlain},
                                         Cell{"IMI 9 importado por CBC", "IMI", NameForm::kLeading},
                                         Cell{"origem brasileira", "", NameForm::kUnknown}));

INSTANTIATE_TEST_SUITE_P(Misspelt, ReadsMaker,
                         testing::Values(Cell{"Remigton", "Remington", NameForm::kMisspelt},
                                         Cell{"Winchestor", "Winchester", NameForm::kMisspelt},
                                         Cell{"Tuarus", "Taurus", NameForm::kMisspelt},
                                         Cell{"Tauru", "Taurus", NameForm::kMisspelt},
                                         Cell{"Winchzsxtor", "", NameForm::kUnknown},
                                         Cell{"Martin", "", NameForm::kUnknown},
                                         Cell{"H&KArms", "", NameForm::kUnknown},
                                         Cell{"Block", "", NameForm::kUnknown},
                                         Cell{"Brni", "", NameForm::kUnknown}));

INSTANTIATE_TEST_SUITE_P(NoMaker, ReadsMaker,
                         testing::Values(Cell{"AK-47", "", NameForm::kUnknown},
                                         Cell{"", "", NameForm::kUnknown},
                                         Cell{"Tipo Colt", "", NameForm::kUnknown},
                                         Cell{"copy of Glock", "", NameForm::kUnknown},
                                         Cell{"Ignorado", "", NameForm::kUnknown},
                                         Cell{"N\u00C3O APAREN", "", NameForm::kUnknown},
                                         Cell{"S.A.", "", NameForm::kUnknown},
                                         Cell{"9 mm", "", NameForm::kUnknown},
                                         Cell{"()", "", NameForm::kUnknown}));

TEST(Makers, KeepNamesApartThatAreOneLetterApart) {
  EXPECT_EQ(Maker("Star"), "Star");
  EXPECT_EQ(Maker("Steyr"), "Steyr");
  EXPECT_EQ(Maker("Norica"), "Norica");
  EXPECT_EQ(Maker("Norinco"), "Norinco");
  EXPECT_EQ(Maker("Astra Arms"), "Astra Arms");
  EXPECT_EQ(Maker("Astra"), "Astra");
}

TEST(Makers, ReadTwoMakersInACellAsBoth) {
  EXPECT_THAT(CouldBe("Taurus/Rossi"), UnorderedElementsAre("Taurus", "Rossi"));
  EXPECT_THAT(CouldBe("Colt - Norinco"), UnorderedElementsAre("Colt", "Norinco"));
  EXPECT_THAT(CouldBe("Savage Anschütz 1"), UnorderedElementsAre("Savage", "Anschütz"));
  EXPECT_EQ(Maker("Taurus / TAURUS"), "Taurus");
}

TEST(Makers, LetAStateChooseAmongTheMakersOfOneName) {
  EXPECT_THAT(CouldBe("POF"),
              UnorderedElementsAre("Patriot Ordnance Factory", "Pakistan Ordnance Factories"));
  EXPECT_EQ(Maker("POF (Pakistan)"), "Pakistan Ordnance Factories");
  EXPECT_THAT(CouldBe("Jager"), UnorderedElementsAre("Jager", "Jäger"));
  EXPECT_EQ(Maker("Jager (Italy)"), "Jager");
  EXPECT_EQ(Maker("POF USA"), "Patriot Ordnance Factory");
}

TEST(Makers, TellTheModelThatStandsBesideTheName) {
  EXPECT_EQ(ReadMaker("Taurus PT 92").rest, "PT 92");
  EXPECT_EQ(ReadMaker("Taurus").rest, "");
}

TEST(Makers, ReadEveryNameOfTheTableAsItsMaker) {
  const MakerCatalogue& makers = MakerCatalogue::Standard();
  EXPECT_GT(makers.All().size(), 500u);
  for (const auto& maker : makers.All()) {
    std::vector<std::string> named;
    for (const auto* one : makers.Named(makers.Read(maker.canonical)))
      named.push_back(one->canonical);
    EXPECT_THAT(named, testing::Contains(maker.canonical));
  }
}

TEST(Makers, TakeFurtherNamesOfAMakerFromALaterRow) {
  const std::string csv =
      "canonical,aliases,sites,successor,status,source\n"
      "Acme,,US,,active,s\nAcme,Akme Works,MX=Puebla,,,s\n";
  const auto makers = MakerCatalogue::Parse(csv);
  ASSERT_TRUE(makers.ok()) << makers.status();
  EXPECT_EQ((*makers)->Read("akme works").canonical(), "Acme");
  EXPECT_EQ((*makers)->All().size(), 1u);
  EXPECT_EQ((*makers)->All()[0].sites.size(), 2u);
  EXPECT_FALSE(MakerCatalogue::Parse(csv + "Acme,,,Other,,s\n").ok());
  EXPECT_FALSE(MakerCatalogue::Parse(csv + "Bcme,,,,,s\n").ok());
}

TEST(Makers, AreFollowedToTheLastOfTheirSuccessors) {
  const MakerCatalogue& makers = MakerCatalogue::Standard();
  EXPECT_EQ(makers.LastOf("Rossi"), "Taurus");
  EXPECT_EQ(makers.LastOf("Ingram"), "SWD") << "by way of RPB";
  EXPECT_EQ(makers.LastOf("Taurus"), "Taurus");
  EXPECT_EQ(makers.LastOf("Nobody's Arms"), "Nobody's Arms");
  const auto circle = MakerCatalogue::Parse(
      "canonical,aliases,sites,successor,status,source\n"
      "Acme,,US,Bcme,absorbed,s\nBcme,,US,Acme,absorbed,s\n");
  ASSERT_TRUE(circle.ok()) << circle.status();
  EXPECT_FALSE((*circle)->LastOf("Acme").empty());
}

TEST(Makers, LetAnOrdinaryWordNameItsMakerOnlyAlone) {
  const auto makers = MakerCatalogue::Parse(
      "canonical,aliases,sites,successor,status,source\n"
      "Eagles,=Eagles,US=Ohio,,active,s\nFalcons,,US,,active,s\n");
  ASSERT_TRUE(makers.ok()) << makers.status();
  EXPECT_EQ((*makers)->Read("Eagles").canonical(), "Eagles");
  EXPECT_EQ((*makers)->Read("Eagles Ohio").canonical(), "Eagles");
  EXPECT_EQ((*makers)->Read("Eagles 9").canonical(), "");
  EXPECT_EQ((*makers)->Read("Eaglse").canonical(), "");
  EXPECT_EQ((*makers)->Read("Falcons 9").canonical(), "Falcons");
  EXPECT_EQ((*makers)->Read("Falcnos").canonical(), "Falcons");
}

}  // namespace
}  // namespace tracegate
