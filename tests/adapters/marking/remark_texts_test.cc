#include "adapters/marking/remark_texts.h"

#include <gtest/gtest.h>

#include "adapters/marking/tables.h"

namespace tracegate {
namespace {

constexpr char kHead[] = "key,language,text,help,source\n";

TEST(RemarkTexts, AreInEveryLanguageWithTheSamePlaceholders) {
  EXPECT_EQ(RemarkTexts::Parse(RemarksCsv()).status().ToString(), "OK");
}

TEST(RemarkTexts, RefuseATableThatLeavesALanguageBehind) {
  const std::string head = kHead;
  const std::string three = "k,en,a {x},h,s\nk,fr,b {x},h,s\nk,es,c {x},h,s\n";
  EXPECT_TRUE(RemarkTexts::Parse(head + three + "k,pt,d {x},h,s\n").ok());
  for (const char* last :
       {"", "k,pt,d,h,s\n", "k,pt,d {y},h,s\n", "k,pt,d {x},,s\n", "k,pt,d {x},h {x},s\n",
        "k,pt,,h,s\n", "k,pt,d {x},h,\n", "k,de,d {x},h,s\n", "k,es,d {x},h,s\n"}) {
    EXPECT_FALSE(RemarkTexts::Parse(head + three + last).ok()) << last;
  }
}

TEST(RemarkLanguage, IsTheOneATagAsksFor) {
  EXPECT_EQ(RemarkLanguage("fr"), "fr");
  EXPECT_EQ(RemarkLanguage("PT-br"), "pt");
  EXPECT_EQ(RemarkLanguage("es_MX.UTF-8"), "es");
  for (const char* tag : {"", "de", "fra", "f", "C", "\xFF\xFF"}) {
    EXPECT_EQ(RemarkLanguage(tag), "en") << tag;
  }
}

TEST(Filled, PutsEachValueInItsPlaceOnce) {
  EXPECT_EQ(Filled("{a} and {b}{a}", {{"a", "1"}, {"b", "{a}"}}), "1 and {a}1");
  EXPECT_EQ(Filled("no {c} here, {", {{"a", "1"}}), "no  here, {");
  EXPECT_EQ(Filled("", {}), "");
}

}  // namespace
}  // namespace tracegate
