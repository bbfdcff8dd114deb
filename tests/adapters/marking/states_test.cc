#include "adapters/marking/states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/tables.h"

namespace tracegate {
namespace {

const StateCatalogue& States() { return StateCatalogue::Standard(); }

std::string CodeOf(const State* state) { return state == nullptr ? "" : state->code; }

std::string StateOf(std::string_view text) { return CodeOf(States().Named(text)); }

std::string InCell(const std::string& text, int year = 0) {
  v1::Country country;
  country.set_verbatim(text);
  return States().Read(country, year).iso_code();
}

TEST(States, HaveTheirNamesInManyLanguages) {
  for (const char* text :
       {"Germany", "Alemanha", "Alemania", "Allemagne", "Deutschland",
        "\u0413\u0435\u0440\u043C\u0430\u043D\u0438\u044F", "\u5FB7\u56FD",
        "\u0623\u0644\u0645\u0627\u0646\u064A\u0627", "DE", "DEU", "Federal Republic of Germany",
        "the Federal Republic of Germany", "Alemanha Ocidental", "W. Germany"}) {
    EXPECT_EQ(StateOf(text), "DE") << text;
  }
  EXPECT_EQ(StateOf("EUA"), "US");
  EXPECT_EQ(StateOf("Rep. Tcheca"), "CZ");
  EXPECT_EQ(StateOf("TCHECOSLOV\u00C1QUIA"), "CSHH");
  EXPECT_EQ(StateOf("Iugosl\u00E1via"), "YUCS");
  EXPECT_EQ(StateOf("\u0421\u0421\u0421\u0420"), "SUHH");
  EXPECT_EQ(StateOf("DDR"), "DDDE");
  EXPECT_EQ(StateOf("Coreia"), "KR");
  EXPECT_EQ(StateOf("Coreia do Norte"), "KP");
}

TEST(States, AreNotNamedByWordsThatTellNothingNorByInitials) {
  for (const char* text : {"N/A", "n/a", "N/I", "N/C", "S/D", "S/I", "N/R", "N.A.", "N.I.", "S.I.",
                           "R.U.", "N A", "", "-"}) {
    EXPECT_EQ(InCell(text), "") << text;
  }
  EXPECT_EQ(InCell("RU"), "RU");
  EXPECT_EQ(InCell("BR."), "BR");
  for (const char* text : {"U.S.", "U.S.A.", "E.U.A.", "U S A"}) EXPECT_EQ(InCell(text), "US");
  EXPECT_EQ(InCell("U.K."), "GB");
  EXPECT_EQ(InCell("P.R.C."), "CN");
}

// Debian's iso-codes is where the names come from: each stands in the catalogue, or is two States'.
TEST(States, HaveEveryCodeOfIso3166) {
  const auto rows = ReadCsv(IsoStatesCsv(), "code,alpha_2,alpha_3,numeric,until,name,names");
  ASSERT_TRUE(rows.ok());
  EXPECT_GT(rows->size(), 270u);
  for (const CsvRow& row : *rows) {
    ASSERT_NE(States().Find(row.fields[0]), nullptr) << row.fields[0];
    if (row.fields[4].empty()) {
      EXPECT_EQ(StateOf(row.fields[2]), row.fields[0]);
    }
  }
}

TEST(States, AreNamedAfterMadeIn) {
  EXPECT_EQ(StateOf("Made in W. Germany"), "DE");
  EXPECT_EQ(StateOf("MADE IN AUSTRIA"), "AT");
  EXPECT_EQ(StateOf("Ind. Brasileira"), "BR");
  EXPECT_EQ(StateOf("FORJAS TAURUS S.A. IND\u00DASTRIA BRASILEIRA"), "BR");
  EXPECT_EQ(StateOf("Fabricado na Argentina"), "AR");
  EXPECT_EQ(StateOf("MADE IN ITALY BY BERETTA"), "IT");
  EXPECT_EQ(StateOf("MADE IN GEORGIA USA"), "") << "the place and the State differ";
  EXPECT_EQ(StateOf("Made in"), "");
}

TEST(States, TellNothingWhereNoStateIsNamed) {
  for (const char* text : {"Sem pa\u00EDs", "Ignorado", "OUTROS", "CS", "", "Austr", "Congo",
                           "Austrlia", "Slovania", "891", "Georgia, USA", "Brasil/EUA"}) {
    EXPECT_EQ(InCell(text), "") << text;
  }
}

TEST(States, AreReadOutOfPartsOfACell) {
  EXPECT_EQ(InCell("Ulm (Alemanha)"), "DE");
  EXPECT_EQ(InCell("Miami, FL, EUA"), "US");
  EXPECT_EQ(InCell("Alemanha (DDR)"), "DE");
}

TEST(States, AreReadWithOneSlipInALongNameOfACellOnly) {
  EXPECT_EQ(InCell("Argentna"), "AR");
  EXPECT_EQ(InCell("Argetina"), "") << "Algerian in Spanish is as near";
  EXPECT_EQ(InCell("Brazill"), "BR");
  EXPECT_EQ(InCell("Agretnina"), "");
  EXPECT_EQ(InCell("Brazl"), "");
  EXPECT_EQ(StateOf("Argentna"), "");
}

TEST(States, HadTheirCodesWhenTheyHadThem) {
  EXPECT_EQ(CodeOf(States().Find("CS", 1993)), "CSHH");
  EXPECT_EQ(CodeOf(States().Find("CS", 1994)), "");
  EXPECT_EQ(CodeOf(States().Find("CS", 2003)), "CSXX");
  EXPECT_EQ(CodeOf(States().Find("CS", 0)), "");
  EXPECT_EQ(CodeOf(States().Find("SK", 1975)), "SKIN");
  EXPECT_EQ(CodeOf(States().Find("SK", 1976)), "SK");
  EXPECT_EQ(CodeOf(States().Find("SK", 0)), "SK");
  EXPECT_EQ(CodeOf(States().Find("GE", 1979)), "GEHH");
  EXPECT_EQ(CodeOf(States().Find("GE", 2001)), "GE");
  EXPECT_EQ(CodeOf(States().Find("AI", 0)), "AI");
  EXPECT_EQ(CodeOf(States().Find("891", 2004)), "CSXX");
  EXPECT_EQ(CodeOf(States().Find("076", 0)), "BR");
  EXPECT_EQ(CodeOf(States().Find("QQ", 0)), "");
}

TEST(States, TakeTheYearForACodeThatIsNobodysToday) {
  EXPECT_EQ(InCell("CS", 1985), "CSHH");
  EXPECT_EQ(InCell("SK", 1970), "SK") << "written today, of a weapon made then";
}

TEST(States, KeepTheCodeThatAClientGave) {
  v1::Country country;
  country.set_verbatim("Made in Austria");
  country.set_iso_code("DE");
  EXPECT_EQ(States().Read(country).iso_code(), "DE");
  country.clear_iso_code();
  EXPECT_EQ(States().Read(country).iso_code(), "AT");
}

constexpr char kIso[] =
    "code,alpha_2,alpha_3,numeric,until,name,names\n"
    "AA,AA,AAA,001,,One,One;Both;Shared\n"
    "BB,BB,BBB,002,,Two,Two;Both\n"
    "AACC,AA,AAC,001,1980,Three,Three;Shared\n";
constexpr char kTable[] = "code,name,names,since,successors,source\n";

TEST(States, WeighANameOfTheTableOverOneOfIsoAndAPresentStatesOverAFormers) {
  const auto states =
      StateCatalogue::Parse(kIso, std::string(kTable) + "AACC,,Both,,AA,s\nXX,Four,,,,s\n");
  ASSERT_TRUE(states.ok()) << states.status();
  EXPECT_EQ(CodeOf((*states)->Named("both")), "AACC");
  EXPECT_EQ(CodeOf((*states)->Named("shared")), "AA");
  EXPECT_EQ(CodeOf((*states)->Named("four")), "XX");
  const auto plain = StateCatalogue::Parse(kIso, std::string(kTable) + "AACC,,,,AA,s\n");
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ((*plain)->Named("both"), nullptr);
}

TEST(States, RefuseMalformedTables) {
  for (const char* row :
       {"", "AACC,,,,AA,\n", "AACC,,,,DD,s\n", "AACC,,,,AACC,s\n", "AACC,,BB,,AA,s\n",
        "AACC,,,,AA,s\nAACC,,,,AA,s\n", "AACC,,,,AA,s\nXX,,,,,s\n",
        "AACC,,,,AA,s\nAA,,Four,,,s\nBB,,Four,,,s\n", "AACC,,--,,AA,s\n"}) {
    EXPECT_FALSE(StateCatalogue::Parse(kIso, std::string(kTable) + row).ok()) << row;
  }
}

TEST(States, KnowTheFormerStatesWhoseRecordsTheyMayHold) {
  EXPECT_EQ(States().FormersOf("DE"), std::vector<std::string>{"DDDE"});
  const std::vector<std::string> of_serbia = States().FormersOf("RS");
  EXPECT_TRUE(std::is_sorted(of_serbia.begin(), of_serbia.end()));
  EXPECT_NE(std::find(of_serbia.begin(), of_serbia.end(), "YUCS"), of_serbia.end());
  EXPECT_TRUE(States().FormersOf("BR").empty());
  EXPECT_TRUE(States().FormersOf("QQ").empty());
}

}  // namespace
}  // namespace tracegate
