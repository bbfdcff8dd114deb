#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/calibres.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/import_mark.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Calibre(std::string_view text) {
  return CalibreCatalogue::Standard().Read(text).canonical();
}
std::string Maker(std::string_view text) {
  return MakerCatalogue::Standard().Read(text).canonical();
}

std::string StateOf(std::string_view text) {
  const State* state = StateCatalogue::Standard().Named(text);
  return state == nullptr ? "" : state->code;
}

TEST(Calibres, ReadsTheSpellingsOfOneCalibre) {
  for (const char* text : {"9x19", "9 mm Para", "9 MM LUGER (9X19MM)", "9 \u00D7 19 mm",
                           "9\u044519", "9mm Parabellum"}) {
    EXPECT_EQ(Calibre(text), "9x19") << text;
  }
  for (const char* text : {".380 ACP (9X17 MM)", "380 auto", "9 mm Kurz", ".380"})
    EXPECT_EQ(Calibre(text), "9x17") << text;
  for (const char* text : {"12", "12.0", "12 GA", "12/70", "Cal. 12", "18,5 mm"})
    EXPECT_EQ(Calibre(text), "12 gauge") << text;
  EXPECT_EQ(Calibre("7,62x39"), "7.62x39");
  EXPECT_EQ(Calibre(".308 WINCHESTER (7,62X51 MM)"), ".308 Winchester");
  EXPECT_EQ(Calibre(".38 SPECIAL (9 X 29,5 MM)"), ".38 Special");
}

TEST(Calibres, ReadsABareWordAsAllItCouldBe) {
  const v1::Term term = CalibreCatalogue::Standard().Read("9 mm");
  EXPECT_EQ(term.canonical(), "");
  EXPECT_THAT(term.could_be(), Contains("9x19"));
  EXPECT_THAT(term.could_be(), Contains("9x18 Makarov"));
  for (const char* text : {"7.62", "7,65 MM", ".30", ".38", "6,35 mm"}) {
    EXPECT_THAT(CalibreCatalogue::Standard().Read(text).could_be(), testing::Not(IsEmpty()))
        << text;
  }
}

TEST(Calibres, LetsABracketSettleABareWordButNotContradictAnExactOne) {
  EXPECT_EQ(Calibre("9 mm (9x18)"), "9x18 Makarov");
  EXPECT_EQ(Calibre("9x19 (9x18)"), "");
}

TEST(Calibres, DoNotGuess) {
  for (const char* text : {"9x19x", "90x19", "", "()", "(", "9 mm Lugar"}) {
    const v1::Term term = CalibreCatalogue::Standard().Read(text);
    EXPECT_EQ(term.verbatim(), text);
    EXPECT_EQ(term.canonical(), "");
    EXPECT_THAT(term.could_be(), IsEmpty()) << text;
  }
}

TEST(Calibres, KnowWhichAreWrittenForOneAnother) {
  const CalibreCatalogue& calibres = CalibreCatalogue::Standard();
  EXPECT_TRUE(calibres.AreNear("7.62x51", ".308 Winchester"));
  EXPECT_TRUE(calibres.AreNear(".308 Winchester", "7.62x51"));
  EXPECT_FALSE(calibres.AreNear("7.62x51", "7.62x39"));
}

TEST(Makers, ReadEverySpellingOfAName) {
  for (const char* text : {"S&W", "SMITH & WESSON", "Smith and Wesson"})
    EXPECT_EQ(Maker(text), "Smith & Wesson") << text;
  EXPECT_EQ(Maker("H.&.R."), "Harrington & Richardson");
  EXPECT_EQ(Maker("\u0418\u0436\u043C\u0430\u0448"), "Izhmash");
  EXPECT_EQ(Maker("CESKA ZBROJOVKA"), "CZ");
  EXPECT_EQ(Maker("Tauru"), "");
}

TEST(Makers, ReadANameOfTwoMakersAsBoth) {
  const v1::Term luger = MakerCatalogue::Standard().Read("Luger");
  EXPECT_EQ(luger.canonical(), "");
  EXPECT_THAT(luger.could_be(), testing::UnorderedElementsAre("DWM", "Mauser"));
  EXPECT_THAT(MakerCatalogue::Standard().Named(luger), SizeIs(2));
}

TEST(States, ReadNamesInManyLanguages) {
  EXPECT_EQ(StateOf("EUA"), "US");
  EXPECT_EQ(StateOf("Rep. Tcheca"), "CZ");
  EXPECT_EQ(StateOf("TCHECOSLOV\u00C1QUIA"), "CSHH");
  EXPECT_EQ(StateOf("Iugosl\u00E1via"), "YUCS");
  EXPECT_EQ(StateOf("YU"), "YUCS");
  EXPECT_EQ(StateOf("Made in W. Germany"), "DE");
  EXPECT_EQ(StateOf("MADE IN AUSTRIA"), "AT");
  EXPECT_EQ(StateOf("\u0421\u0421\u0421\u0420"), "SUHH");
  EXPECT_EQ(StateOf("DDR"), "DDDE");
}

TEST(States, TellNothingWhereNoStateIsNamed) {
  for (const char* text : {"Sem pa\u00EDs", "Ignorado", "OUTROS", "CS", "Made in", "", "Austri"})
    EXPECT_EQ(StateOf(text), "") << text;
}

TEST(States, KeepTheCodeThatAClientGave) {
  v1::Country country;
  country.set_verbatim("Made in Austria");
  country.set_iso_code("DE");
  EXPECT_EQ(StateCatalogue::Standard().Read(country).iso_code(), "DE");
  country.clear_iso_code();
  EXPECT_EQ(StateCatalogue::Standard().Read(country).iso_code(), "AT");
}

struct Import {
  const char* text;
  const char* state;
  int year;
  const char* importer;
  const char* place;
};

class ReadsImportMark : public testing::TestWithParam<Import> {};

TEST_P(ReadsImportMark, ToStateYearImporterAndPlace) {
  const ImportMark mark = ReadImportMark(GetParam().text);
  EXPECT_EQ(mark.state, GetParam().state);
  EXPECT_EQ(mark.year, GetParam().year);
  EXPECT_EQ(mark.importer, GetParam().importer);
  EXPECT_EQ(mark.place, GetParam().place);
}

INSTANTIATE_TEST_SUITE_P(
    Marks, ReadsImportMark,
    testing::Values(
        Import{"DE 19", "DE", 2019, "", ""}, Import{"DE19", "DE", 2019, "", ""},
        Import{"19-DE", "DE", 2019, "", ""}, Import{"IMPORT AT 2004", "AT", 2004, "", ""},
        Import{"ME", "ME", 0, "", ""}, Import{"Imported Germany 1998", "DE", 1998, "", ""},
        Import{"IN", "IN", 0, "", ""},
        Import{"CAI ST ALB VT", "US", 0, "Century Arms", "ST ALB VT"},
        Import{"CAI GEORGIA VT", "US", 0, "Century Arms", "GEORGIA VT"},
        Import{"Century Arms Inc., St Albans, VT", "US", 0, "Century Arms", "ST ALBANS VT"},
        Import{"IMPORTED BY INTERARMS ALEXANDRIA VA", "US", 0, "Interarms", "ALEXANDRIA VA"},
        Import{"ACME DOVER DE", "US", 0, "ACME", "DOVER DE"}, Import{"VT", "", 0, "", ""},
        Import{"QQ 19", "", 0, "", ""}, Import{"", "", 0, "", ""}, Import{"19", "", 0, "", ""}));

TEST(CsvTable, ReadsQuotedFields) {
  const auto rows = ReadCsv("a,b\n1,\"x,\"\"y\"\"\"\n", "a,b");
  ASSERT_TRUE(rows.ok());
  EXPECT_THAT((*rows)[0].fields, ElementsAre("1", "x,\"y\""));
  EXPECT_EQ((*rows)[0].line, 2);
}

TEST(CsvTable, RefusesWhatIsNotExactlyATable) {
  for (const char* csv :
       {"", "a,b", "a;b\n1;2\n", "a,b\n1\n", "a,b\n1,2,3\n", "a,b\n1,2", "a,b\n\n", "a,b\n1, 2\n",
        "a,b\n1,\"2\n", "a,b\n1,\"2\"x\n", "a,b\n1,2\"\n", "a,b\n1,\xFF\n"}) {
    EXPECT_EQ(ReadCsv(csv, "a,b").status().code(), absl::StatusCode::kInternal) << csv;
  }
}

TEST(Catalogues, RefuseMalformedTables) {
  const std::string calibres = "canonical,aliases,near,could_be,source\n";
  EXPECT_TRUE(CalibreCatalogue::Parse(calibres + "9x19,9 Para,,,s\n,9,,9x19,s\n").ok());
  for (const char* row :
       {"9x19,,,,\n", ",9,,,s\n", "9x19,,,9x19,s\n", "9x19,,9x18,,s\n", ",9,,9x18,s\n",
        "9x19,a,,,s\n9x18,a,,,s\n", "9x19,,,,s\n9x19,,,,s\n", "9x19,--,,,s\n"}) {
    EXPECT_FALSE(CalibreCatalogue::Parse(calibres + row).ok()) << row;
  }
  const std::string makers = "canonical,aliases,sites,successor,status,source\n";
  EXPECT_TRUE(MakerCatalogue::Parse(makers + "A,B;C,US=x;DE,,active,s\n").ok());
  for (const char* row :
       {"A,,US,,active,\n", "A,,US,,dead,s\n", "A,,USA,,active,s\n", "A,,us,,active,s\n",
        "A,,,,active,s\nA,,,,active,s\n", "A,--,,,active,s\n"}) {
    EXPECT_FALSE(MakerCatalogue::Parse(makers + row).ok()) << row;
  }
  const std::string states = "code,name,aliases,successors,source\n";
  EXPECT_TRUE(StateCatalogue::Parse(states + "AA,One,,,s\nBBBB,Two,,AA,s\n").ok());
  for (const char* row :
       {"AA,One,,,\n", "AA,One,,,s\nAA,Two,,,s\n", "AA,One,,,s\nBB,One,,,s\n", "BBBB,Two,,AA,s\n",
        "BBBB,Two,,,s\n", "BBBB,Two,,CCCC,s\nCCCC,Three,,BBBB,s\n"}) {
    EXPECT_FALSE(StateCatalogue::Parse(states + row).ok()) << row;
  }
  const std::string words = "meaning,language,words,source\n";
  EXPECT_TRUE(WordList::Parse(words + "removed,en,gone,s\n").ok());
  for (const char* row :
       {"removed,en,gone,\n", "vanished,en,gone,s\n", "removed,en,gone,s\npartial,en,gone,s\n"}) {
    EXPECT_FALSE(WordList::Parse(words + row).ok()) << row;
  }
}

TEST(Words, KnowWhatTellsNothing) {
  for (const char* text : {"", "-", "0", "NULL", "n/a", "Ignorado", "N\u00C3O IDENTIFICADA",
                           "OUTROS", "Sem pa\u00EDs"}) {
    EXPECT_TRUE(TellsNothing(text)) << text;
  }
  for (const char* text : {"Taurus", "10", "CZ", "NI"}) EXPECT_FALSE(TellsNothing(text)) << text;
}

}  // namespace
}  // namespace tracegate
