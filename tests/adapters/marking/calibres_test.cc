#include "adapters/marking/calibres.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/calibre_words.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

std::string Calibre(std::string_view text) {
  return CalibreCatalogue::Standard().Read(text).canonical();
}

std::vector<std::string> CouldBe(std::string_view text) {
  const v1::Term term = CalibreCatalogue::Standard().Read(text);
  EXPECT_EQ(term.verbatim(), text);
  EXPECT_EQ(term.canonical(), "") << text;
  return {term.could_be().begin(), term.could_be().end()};
}

void ExpectCalibre(std::string_view calibre, std::initializer_list<const char*> spellings) {
  for (const char* text : spellings) EXPECT_EQ(Calibre(text), calibre) << text;
}

TEST(Calibres, ReadTheSpellingsOfOneCalibre) {
  ExpectCalibre("9x19", {"9x19", "9 mm Para", "9 MM LUGER (9X19MM)", "9 \u00D7 19 mm", "9*19",
                         "9\u044519", "9mm Parabellum", "Kal. 9x19", "9mm P", "9 mm Para."});
  ExpectCalibre("9x17", {".380 ACP (9X17 MM)", "380 auto", "9 mm Kurz", ".380", "9mm curto",
                         "9 mm Browning Court", "380 ACP (9mm corto)", ",380"});
  ExpectCalibre("7.62x39", {"7,62x39", "7.62 x 39 mm (M43)", "7,62 MM KALASHNIKOV (7,62X39)"});
  ExpectCalibre(".38 Special", {".38 SPL", "38 Especial", ".38 SPECIAL (9 X 29,5 MM)", "0,38 spl"});
  ExpectCalibre(".22 LR", {".22LR", "22 l.r.", "22 Long Rifle", ".22 lfB"});
  ExpectCalibre(".40 S&W", {".40 Smith & Wesson", "40 Smith and Wesson", ".40", "ponto 40"});
}

TEST(Calibres, ReadAGaugeWithAnyLengthOfItsChamber) {
  ExpectCalibre("12 gauge", {"12", "12.0", "12 GA", "12/70", "Cal. 12", "18,5 mm", "12-gauge",
                             "12 gauge 3 in", "12 GA 2\u00BE", "12 ga. 2 3/4\"", "12x76 Magnum",
                             "12 (2.3/4 POLEGADA) 70 MM", "N\u00BA 12"});
  ExpectCalibre("36 gauge", {"36 GA", "36/63,5 Knock"});
  ExpectCalibre(".410 bore", {"410", ".410 Gauge", "410/76"});
  EXPECT_EQ(Calibre("12/77"), "");
  EXPECT_EQ(Calibre("8x58"), "") << "a rifle's bore and case, not eight gauge";
  EXPECT_EQ(Calibre("8 GA 3 in"), "8 gauge");
}

TEST(Calibres, ReadBoreCaseAndNameWhereTheyAgree) {
  ExpectCalibre("9x19", {"9x19 Parabellum", "9 x 19 mm NATO"});
  ExpectCalibre("7.62x54R", {"7.62x54R Russian", "7,62 X 54 R"});
  ExpectCalibre(".308 Winchester", {"308 Win 7.62x51mm", ".308/7.62x51"});
  EXPECT_EQ(Calibre("9x19 Makarov"), "");
  EXPECT_EQ(Calibre("7.62x39 NATO"), "");
}

TEST(Calibres, PassByWordsThatNameNoCartridge) {
  ExpectCalibre(".38 Special", {"38 Special+P", "38 Special Plus P", ".38 SPL + P"});
  ExpectCalibre("9x19", {"9mm Luger +P", "9x19 Glock"});
  EXPECT_EQ(Calibre(".38 +P"), ".38 Special");
  EXPECT_THAT(CouldBe("9 mm Taurus"), Contains("9x19"));
}

TEST(Calibres, ForgiveASlipInALongWordAndNoneInANumber) {
  ExpectCalibre("9x19", {"9 mm Parabelum", "9mm Parabellun", "9 mm Lugger", "9 mm Prabellum"});
  ExpectCalibre(".44 Magnum", {"44 Magum", "44 Magnun"});
  for (const char* text : {"9x19x", "90x19", "9x91", "9 mm Lugar", "6.9x43"}) {
    EXPECT_EQ(Calibre(text), "") << text;
    EXPECT_THAT(CouldBe(text), IsEmpty()) << text;
  }
}

TEST(Calibres, ReadWordsCutOffOrWrittenOnToTheUnit) {
  ExpectCalibre(".38 Special", {"38 SPECI", "38 ESPECIA"});
  ExpectCalibre("9x19", {"9MM LUGE", "9MMLUGER", "9mmx19", "9 mm Parabe"});
  EXPECT_EQ(Calibre("7.62 TOKA"), "7.62x25");
  EXPECT_EQ(Calibre("9 mm Browx"), "");
}

TEST(Calibres, ReadNumbersAsSpreadsheetsAndFormsLeaveThem) {
  ExpectCalibre(".357 Magnum", {"0.35699999999999998", "0.357", "0357"});
  ExpectCalibre(".40 S&W", {".040", "0.4", "0.40000000000000002", "P.40", "PT 40"});
  EXPECT_EQ(CouldBe("09 mm"), CouldBe("9 mm"));
  EXPECT_EQ(CouldBe("7 65"), CouldBe("7,65"));
  EXPECT_EQ(CouldBe("7.6500000000000004 mm"), CouldBe("7,65 mm"));
  EXPECT_EQ(Calibre("30.30"), ".30-30 Winchester");
  EXPECT_THAT(CouldBe("0.00000000000000001"), IsEmpty());
}

TEST(Calibres, PassByANumberSaidAgainInWords) {
  EXPECT_EQ(Calibre(".32 ponto trinta e dois S&W Long"), ".32 S&W Long");
  EXPECT_EQ(Calibre("9x19 nove mil\u00EDmetros"), "9x19");
  EXPECT_EQ(CouldBe(".38 ponto trinta e oito"), CouldBe(".38"));
  EXPECT_EQ(CouldBe("32 (trinta e dois)"), CouldBe("32"));
}

TEST(Calibres, ReadABareWordAsAllItCouldBe) {
  EXPECT_THAT(CouldBe("9 mm"), Contains("9x19"));
  EXPECT_THAT(CouldBe("9 mm"), Contains("9x18 Makarov"));
  for (const char* text : {"7.62", "7,65 MM", ".30", ".38", "6,35 mm", ".32", "44", ".45", "12,7",
                           "6.5 mm", "762", "22", "RPG"}) {
    EXPECT_THAT(CouldBe(text), Not(IsEmpty())) << text;
  }
}

TEST(Calibres, TellMillimetresFromHundredthsOfAnInch) {
  EXPECT_EQ(Calibre("40"), ".40 S&W");
  EXPECT_THAT(CouldBe("40 mm"), Contains("40x46 grenade"));
  EXPECT_EQ(Calibre("10 mm"), "10 mm Auto");
  EXPECT_THAT(CouldBe("10"), UnorderedElementsAre("10 gauge", "10 mm Auto"));
  EXPECT_EQ(Calibre("36"), "36 gauge");
  EXPECT_THAT(CouldBe(".36"), UnorderedElementsAre("36 gauge", ".36 percussion"));
}

TEST(Calibres, LetABracketSettleABareWordButNotContradictAnExactOne) {
  EXPECT_EQ(Calibre("9 mm (9x18)"), "9x18 Makarov");
  EXPECT_EQ(Calibre("32 (trinta e dois)"), "");
  EXPECT_EQ(Calibre("12 (doze)"), "12 gauge");
  EXPECT_THAT(CouldBe("9x19 (9x18)"), ElementsAre("9x19", "9x18 Makarov"));
  EXPECT_THAT(CouldBe("9x19 (6.9x43)"), IsEmpty());
}

TEST(Calibres, ReadSeveralCalibresAsAllOfThem) {
  EXPECT_THAT(CouldBe("38/357"), ElementsAre(".38 Special", ".357 Magnum"));
  EXPECT_THAT(CouldBe("22 LR/22 Magnum"), ElementsAre(".22 LR", ".22 WMR"));
  EXPECT_THAT(CouldBe("12/20"), ElementsAre("12 gauge", "20 gauge"));
  EXPECT_THAT(CouldBe(".40 ou 9mm Luger"), ElementsAre(".40 S&W", "9x19"));
  EXPECT_THAT(CouldBe("9mm Luger, .40 S&W"), ElementsAre("9x19", ".40 S&W"));
  EXPECT_THAT(CouldBe("12/99999"), IsEmpty());
}

TEST(Calibres, DoNotGuess) {
  for (const char* text : {"", "()", "(", "/", "+", "mm", "cal.", "1911", "OUTROS", "Multi Cal"}) {
    EXPECT_THAT(CouldBe(text), IsEmpty()) << text;
  }
}

TEST(Calibres, KnowWhichAreWrittenForOneAnother) {
  const CalibreCatalogue& calibres = CalibreCatalogue::Standard();
  EXPECT_TRUE(calibres.AreNear("7.62x51", ".308 Winchester"));
  EXPECT_TRUE(calibres.AreNear(".308 Winchester", "7.62x51"));
  EXPECT_FALSE(calibres.AreNear("7.62x51", "7.62x39"));
}

TEST(Calibres, FoldSpellingsTogether) {
  EXPECT_EQ(FoldCalibre("9 Para"), FoldCalibre("9 mm Parabellum"));
  EXPECT_EQ(FoldCalibre("12.0"), FoldCalibre("12"));
  EXPECT_EQ(FoldCalibre(".38"), FoldCalibre("38"));
  EXPECT_NE(FoldCalibre("38 357"), FoldCalibre("38357"));
  EXPECT_NE(FoldCalibre("9x19"), FoldCalibre("9x18"));
  // U+03B0 has capitals of three letters, of which two compose.
  EXPECT_EQ(FoldCalibre("9 \u03B0"), FoldCalibre("9 \u03A5\u0308\u0301"));
}

TEST(Calibres, RefuseMalformedTables) {
  const std::string calibres = "canonical,aliases,near,could_be,source\n";
  EXPECT_TRUE(CalibreCatalogue::Parse(calibres + "9x19,9 Para,,,s\n,9,,9x19,s\n").ok());
  for (const char* row :
       {"9x19,,,,\n", ",9,,,s\n", "9x19,,,9x19,s\n", "9x19,,9x18,,s\n", ",9,,9x18,s\n",
        "9x19,a,,,s\n9x18,a,,,s\n", "9x19,,,,s\n9x19,,,,s\n", "9x19,--,,,s\n"}) {
    EXPECT_FALSE(CalibreCatalogue::Parse(calibres + row).ok()) << row;
  }
  const std::string words = "kind,word,spellings,source\n";
  EXPECT_TRUE(CalibreWords::Parse(words + "word,KURZ,Kurz;Court,s\nnoise,,cal,s\n").ok());
  for (const char* row :
       {"word,KURZ,Kurz,\n", "word,,Kurz,s\n", "noise,CAL,cal,s\n", "verb,KURZ,Kurz,s\n",
        "word,KURZ,--,s\n", "word,KURZ,Kurz,s\nword,LONG,Kurz,s\n"}) {
    EXPECT_FALSE(CalibreWords::Parse(words + row).ok()) << row;
  }
}

}  // namespace
}  // namespace tracegate
