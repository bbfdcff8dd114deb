#include "adapters/marking/serial_rules.h"

#include <gtest/gtest.h>

#include "adapters/marking/makers.h"
#include "adapters/marking/tables.h"

namespace tracegate {
namespace {

bool Fits(std::string_view pattern, std::string_view key) {
  const auto parsed = SerialPattern::Parse(pattern);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() && parsed->Match(key).fits;
}

TEST(SerialPattern, FitsItsFormAndNothingBesideIt) {
  EXPECT_TRUE(Fits("aaannn", "ABC123"));
  EXPECT_FALSE(Fits("aaannn", "ABC1234"));
  EXPECT_FALSE(Fits("aaannn", "AB1123"));
  EXPECT_TRUE(Fits("annnnn(n)Z", "A12345Z"));
  EXPECT_TRUE(Fits("annnnn(n)Z", "A123456Z"));
  EXPECT_FALSE(Fits("annnnn(n)Z", "A123456Y"));
  EXPECT_TRUE(Fits("U[AB]nn", "UA12"));
  EXPECT_FALSE(Fits("U[AB]nn", "UC12"));
  EXPECT_TRUE(Fits("aaannn US", "ABC123US"));
  EXPECT_FALSE(Fits("aaannn", "\u0410BC123"));
}

TEST(SerialPattern, KeepsWhatTellsTheYear) {
  const auto fit = SerialPattern::Parse("aayynnnn")->Match("AB781234");
  EXPECT_EQ(fit.year_digits, "78");
  EXPECT_EQ(SerialPattern::Parse("nn[XY]n")->Match("12Y3").letters, "Y");
}

TEST(SerialPattern, RefusesWhatMeansNothing) {
  for (const char* text : {"", "(n)", "aa(n", "aan)", "[]nn", "[AB", "b", "a-n", "((n))",
                           "(n)(n)(n)(n)(n)(a)(a)(a)(a)(a)a"}) {
    EXPECT_FALSE(SerialPattern::Parse(text).ok()) << text;
  }
}

using Verdict = SerialForm::Verdict;

TEST(SerialRules, KnowWhenAllFormsOfAMakerAreKnown) {
  const SerialRules& rules = SerialRules::Standard();
  EXPECT_EQ(rules.Check("Glock", "17", "ABC123").verdict, Verdict::kKnown);
  EXPECT_EQ(rules.Check("Glock", "17", "ABCD123").verdict, Verdict::kKnown);
  EXPECT_EQ(rules.Check("Glock", "17", "ABC12345").verdict, Verdict::kUnknown);
  EXPECT_EQ(rules.Check("Taurus", "PT 92", "Q1").verdict, Verdict::kNothingKnown);
  EXPECT_EQ(rules.Check("Nobody", "", "ABC123").verdict, Verdict::kNothingKnown);
  EXPECT_EQ(rules.Check("Glock", "17", "").verdict, Verdict::kNothingKnown);
}

TEST(SerialRules, TellTheYearsOfAForm) {
  const SerialForm form = SerialRules::Standard().Check("Smith & Wesson", "10", "ABC1234");
  EXPECT_EQ(form.first_year, 1980);
  EXPECT_EQ(form.last_year, 0);
}

TEST(SerialRules, TellTheYearThatABulgarianMakarovHolds) {
  const SerialRules& rules = SerialRules::Standard();
  EXPECT_EQ(rules.Check("Arsenal", "Makarov", "AB181234").first_year, 1978);
  EXPECT_EQ(rules.Check("Arsenal", "SLR-106", "AB181234").verdict, Verdict::kNothingKnown);
}

TEST(SerialRules, HoldForTheModelsTheyName) {
  const auto rules = SerialRules::Parse(
      "maker,models,pattern,years,told,complete,source\n"
      "M,PM,aayynnnn,1975-1999,1900+yy,no,s\n"
      "M,,nnnn,1950-1960,,no,s\n"
      "M,,nnnn(n),1970-,,no,s\n");
  ASSERT_TRUE(rules.ok()) << rules.status();
  const SerialForm told = (*rules)->Check("M", "pistol PM", "AB781234");
  EXPECT_EQ(told.first_year, 1978);
  EXPECT_EQ(told.last_year, 1978);
  EXPECT_EQ((*rules)->Check("M", "PMX", "AB781234").verdict, Verdict::kNothingKnown);
  EXPECT_EQ((*rules)->Check("M", "PM", "AB741234").verdict, Verdict::kNothingKnown)
      << "a year outside the rule's own";
  const SerialForm both = (*rules)->Check("M", "", "1234");
  EXPECT_EQ(both.first_year, 1950);
  EXPECT_EQ(both.last_year, 0) << "open, as one of the two is";
}

TEST(SerialRules, AreOfMakersOfTheCatalogue) {
  std::string_view csv = SerialRulesCsv();
  for (csv.remove_prefix(csv.find('\n') + 1); !csv.empty();) {
    const std::string maker(csv.substr(0, csv.find(',')));
    EXPECT_NE(MakerCatalogue::Standard().Find(maker), nullptr) << maker;
    csv.remove_prefix(csv.find('\n') + 1);
  }
}

TEST(SerialRules, RefuseAMalformedTable) {
  const std::string head = "maker,models,pattern,years,told,complete,source\n";
  for (const char* row :
       {"M,,nnn,80-,,no,s\n", "M,,nnn,1990-1980,,no,s\n", "M,,nnn,,yy,no,s\n", "M,,nnn,,,maybe,s\n",
        "M,,nnn,,,no,\n", ",,nnn,,,no,s\n", "M,,n?n,,,no,s\n", "M,,nnn,,,no,s\nM,,nn,,,yes,s\n"}) {
    EXPECT_FALSE(SerialRules::Parse(head + row).ok()) << row;
  }
  EXPECT_TRUE(SerialRules::Parse(head + "M,,nnn,1980-1990,1900+yy,no,s\n").ok());
}

}  // namespace
}  // namespace tracegate
