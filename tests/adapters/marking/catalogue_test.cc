#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Maker(std::string_view text) {
  return MakerCatalogue::Standard().Read(text).canonical();
}

TEST(Makers, ReadEverySpellingOfAName) {
  for (const char* text : {"S&W", "SMITH & WESSON", "Smith and Wesson"})
    EXPECT_EQ(Maker(text), "Smith & Wesson") << text;
  EXPECT_EQ(Maker("H.&.R."), "Harrington & Richardson");
  EXPECT_EQ(Maker("\u0418\u0436\u043C\u0430\u0448"), "Izhmash");
  EXPECT_EQ(Maker("CESKA ZBROJOVKA"), "CZ");
  EXPECT_EQ(Maker("Taur"), "");
}

TEST(Makers, ReadANameOfTwoMakersAsBoth) {
  const v1::Term luger = MakerCatalogue::Standard().Read("Luger");
  EXPECT_EQ(luger.canonical(), "");
  EXPECT_THAT(luger.could_be(), testing::UnorderedElementsAre("DWM", "Mauser"));
  EXPECT_THAT(MakerCatalogue::Standard().Named(luger), SizeIs(2));
}

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
  const std::string makers = "canonical,aliases,sites,successor,status,source\n";
  EXPECT_TRUE(MakerCatalogue::Parse(makers + "A,B;C,US=x;DE,,active,s\n").ok());
  for (const char* row :
       {"A,,US,,active,\n", "A,,US,,dead,s\n", "A,,USA,,active,s\n", "A,,us,,active,s\n",
        "A,,,,active,s\nA,,,,active,s\n", "A,--,,,active,s\n"}) {
    EXPECT_FALSE(MakerCatalogue::Parse(makers + row).ok()) << row;
  }
  const std::string words = "meaning,language,words,source\n";
  EXPECT_TRUE(WordList::Parse(words + "removed,en,gone,s\n").ok());
  for (const char* row :
       {"removed,en,gone,\n", "vanished,en,gone,s\n", "removed,en,gone,s\npartial,en,gone,s\n"}) {
    EXPECT_FALSE(WordList::Parse(words + row).ok()) << row;
  }
}

TEST(Words, KnowWhatTellsNothing) {
  for (const char* text :
       {"", "-", "0", "NULL", "n/a", "Ignorado", "N\u00C3O IDENTIFICADA", "OUTROS", "Sem pa\u00EDs",
        "N\u00C3O APAREN", "NAOIDENT", "Desconhec", "SEM NUMERA"}) {
    EXPECT_TRUE(TellsNothing(text)) << text;
  }
  for (const char* text : {"Taurus", "10", "CZ", "NI", "NAO", "SEM", "ARTESANA", "SEM NUMEROSO"})
    EXPECT_FALSE(TellsNothing(text)) << text;
}

}  // namespace
}  // namespace tracegate
