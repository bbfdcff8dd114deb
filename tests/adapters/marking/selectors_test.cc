#include "adapters/marking/selectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/match.h"
#include "adapters/marking/quality_gate.h"
#include "adapters/marking/routing.h"
#include "adapters/marking/states.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kSoviet[] = "\u0410\u0412/\u041E\u0414";

std::string StateOf(std::string_view text) {
  const Selector* selector = SelectorList::Standard().Find(text);
  return selector == nullptr ? "" : selector->state;
}

// A rifle of a pattern that many States made, with letters beside its selector.
v1::Item Rifle(const char* maker, const char* country, const char* letters) {
  v1::Item item;
  v1::Firearm& weapon = *item.mutable_weapon();
  weapon.set_serial_number("AB12345");
  if (*maker != 0) weapon.mutable_manufacturer()->set_verbatim(maker);
  weapon.mutable_model()->set_verbatim("AKM");
  weapon.mutable_calibre()->set_verbatim("7.62x39");
  if (*country != 0) weapon.mutable_country_of_manufacture()->set_verbatim(country);
  AddMark(item, v1::MARK_KIND_OTHER, letters);
  return item;
}

TEST(Selectors, AreReadInAnyOrderAndLayout) {
  for (const char* text :
       {kSoviet, "\u041E\u0414 \u0410\u0412", "\u0430\u0432 - \u043E\u0434", "AB/OD"})
    EXPECT_EQ(StateOf(text), "SUHH") << text;
  EXPECT_EQ(StateOf("\u0410\u0412/\u0415\u0414"), "BG");
  EXPECT_EQ(StateOf("S-FA-FF"), "RO");
  EXPECT_EQ(StateOf("C P"), "PL");
  EXPECT_EQ(StateOf("U,R,J"), "YUCS");
  EXPECT_EQ(StateOf("1/\u221E"), "HU");
  EXPECT_EQ(StateOf("D/E"), "DDDE");
  EXPECT_EQ(StateOf("L/D"), "CN");
  EXPECT_EQ(StateOf("\u8FDE\u5355"), "CN");
  EXPECT_EQ(StateOf("\uB828/\uB2E8"), "KP");
}

TEST(Selectors, AreOnlyReadWhole) {
  for (const char* text :
       {"", "\u0410\u0412", "DE", "D", "S FA", "S FA FF X", "1", "\u221E", "CP", "U R", " / "})
    EXPECT_EQ(StateOf(text), "") << text;
  EXPECT_EQ(StateOf("D/E" + std::string(61, ' ')), "DDDE");
  EXPECT_EQ(StateOf("D/E" + std::string(62, ' ')), "");
}

TEST(Selectors, AreLegibleMarksOfNoOtherKind) {
  v1::Mark mark;
  mark.set_text("S-FA-FF");
  EXPECT_NE(SelectorList::Standard().Find(mark), nullptr);
  mark.set_kind(v1::MARK_KIND_OTHER);
  EXPECT_NE(SelectorList::Standard().Find(mark), nullptr);
  mark.set_kind(v1::MARK_KIND_IMPORT);
  EXPECT_EQ(SelectorList::Standard().Find(mark), nullptr);
  mark.set_kind(v1::MARK_KIND_OTHER);
  mark.set_legibility(v1::LEGIBILITY_ILLEGIBLE);
  EXPECT_EQ(SelectorList::Standard().Find(mark), nullptr);
}

std::vector<std::string> RemarksOn(const v1::Item& item) {
  std::vector<std::string> fields;
  for (const v1::MarkRemark& remark : CheckMarks(ItemReading(item))) {
    if (remark.kind() == v1::REMARK_KIND_COUNTRY_CONTRADICTS_MAKER)
      fields.push_back(remark.field());
  }
  return fields;
}

TEST(Selectors, OfAnotherStateThanTheOneToldAreRemarkedOn) {
  EXPECT_THAT(RemarksOn(Rifle("", "Romania", kSoviet)), ElementsAre("weapon.marks[0].text"));
  EXPECT_THAT(RemarksOn(Rifle("", "USSR", kSoviet)), IsEmpty());
  EXPECT_THAT(RemarksOn(Rifle("", "Russia", kSoviet)), IsEmpty());
  EXPECT_THAT(RemarksOn(Rifle("", "Serbia", "U-R-J")), IsEmpty());
}

TEST(Selectors, OfAStateWithoutTheMakersWorksAreRemarkedOn) {
  EXPECT_THAT(RemarksOn(Rifle("Cugir", "", kSoviet)), ElementsAre("weapon.marks[0].text"));
  EXPECT_THAT(RemarksOn(Rifle("Cugir", "", "S-FA-FF")), IsEmpty());
  EXPECT_THAT(RemarksOn(Rifle("Izhmash", "", kSoviet)), IsEmpty());
  EXPECT_THAT(RemarksOn(Rifle("", "", kSoviet)), IsEmpty());
}

std::vector<std::string> StatesToAsk(const v1::Item& item) {
  std::vector<std::string> states;
  for (const v1::RouteStep& step : RouteOf(ReadItem(item))) states.push_back(step.state());
  return states;
}

TEST(Selectors, LeadToTheirStateLast) {
  EXPECT_THAT(StatesToAsk(Rifle("", "", "S-FA-FF")), ElementsAre("RO"));
  EXPECT_THAT(StatesToAsk(Rifle("", "", kSoviet)), ElementsAre("RU"));
  EXPECT_THAT(StatesToAsk(Rifle("", "Bulgaria", "S-FA-FF")), ElementsAre("BG", "RO"));
  EXPECT_THAT(StatesToAsk(Rifle("", "Romania", "S-FA-FF")), ElementsAre("RO"));
  const auto route = RouteOf(ReadItem(Rifle("", "", "S-FA-FF")));
  EXPECT_EQ(route[0].reason_note(), "selector letters 'S-FA-FF' stand on weapons of Romania");
}

TEST(Selectors, AreNoPartOfIdentity) {
  const v1::Item with = Rifle("Cugir", "Romania", "S-FA-FF");
  v1::Item without = with;
  without.mutable_weapon()->clear_marks();
  EXPECT_EQ(Compare(with, RecordOf(without)).grade(), v1::MATCH_GRADE_EXACT);
  EXPECT_EQ(Compare(with, RecordOf(without)).score(), Compare(without, RecordOf(without)).score());
}

TEST(Selectors, RefuseMalformedTables) {
  const std::string header = "letters,state,trap,source\n";
  EXPECT_TRUE(SelectorList::Parse(header + "A;B,RO,,s\n").ok());
  for (const char* row : {"A;B,RO,,\n", "A;B,ROU,,s\n", "A;B,,,s\n", "A B,RO,,s\nB;A,BG,,s\n",
                          "-,RO,,s\n", ",RO,,s\n"}) {
    EXPECT_FALSE(SelectorList::Parse(header + row).ok()) << row;
  }
}

TEST(Selectors, OfTheTableAreAStatesThatIsKnown) {
  for (const auto& [letters, selector] : SelectorList::Standard().All())
    EXPECT_NE(StateCatalogue::Standard().Find(selector.state), nullptr) << letters;
}

}  // namespace
}  // namespace tracegate
