#include "gateway/policy/disclosure.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "adapters/marking/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/policy/example_agreement.h"

namespace tracegate {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;

// Sets every field, lists twice over.
void Populate(Message* message) {
  const auto& reflection = *message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    for (int copy = 0; copy < (field->is_repeated() ? 2 : 1); ++copy) {
      const bool many = field->is_repeated();
      switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
          Populate(many ? reflection.AddMessage(message, field)
                        : reflection.MutableMessage(message, field));
          break;
        case FieldDescriptor::CPPTYPE_STRING:
          many ? reflection.AddString(message, field, "told")
               : reflection.SetString(message, field, "told");
          break;
        case FieldDescriptor::CPPTYPE_INT32:
          many ? reflection.AddInt32(message, field, 7) : reflection.SetInt32(message, field, 7);
          break;
        case FieldDescriptor::CPPTYPE_ENUM:
          many ? reflection.AddEnumValue(message, field, 1)
               : reflection.SetEnumValue(message, field, 1);
          break;
        case FieldDescriptor::CPPTYPE_BOOL:
          many ? reflection.AddBool(message, field, true)
               : reflection.SetBool(message, field, true);
          break;
        default:
          ADD_FAILURE() << field->full_name() << " has a type that this test does not populate";
      }
    }
  }
}

// The paths of every field that the type has, messages and what is in them.
void AllPaths(const Descriptor& type, const std::string& at, std::vector<std::string>* out) {
  for (int i = 0; i < type.field_count(); ++i) {
    const std::string path = (at.empty() ? "" : at + ".") + type.field(i)->name();
    out->push_back(path);
    if (type.field(i)->message_type() != nullptr) {
      AllPaths(*type.field(i)->message_type(), path, out);
    }
  }
}

// The paths of the fields that are set and hold no further message.
void SetLeaves(const Message& message, const std::string& at, std::set<std::string>* out) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = (at.empty() ? "" : at + ".") + field->name();
    if (field->message_type() == nullptr) {
      out->insert(path);
    } else if (!field->is_repeated()) {
      SetLeaves(reflection.GetMessage(message, field), path, out);
    } else {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        SetLeaves(reflection.GetRepeatedMessage(message, field, i), path, out);
      }
    }
  }
}

bool IsAtOrIn(const std::string& path, const std::string& prefix) {
  return path == prefix || path.starts_with(prefix + ".");
}

v1::Answer FullAnswer() {
  v1::Answer answer;
  Populate(answer.add_candidates()->mutable_record());
  return answer;
}

TEST(RedactAnswer, TellsExactlyTheOnePathThatIsDisclosed) {
  std::vector<std::string> paths;
  AllPaths(*v1::RegistryRecord::descriptor(), "", &paths);
  ASSERT_GT(paths.size(), 80u);
  std::set<std::string> all_leaves;
  SetLeaves(FullAnswer().candidates(0).record(), "", &all_leaves);
  for (const std::string& path : paths) {
    ASSERT_TRUE(IsDisclosurePath(*v1::RegistryRecord::descriptor(), path)) << path;
    v1::Answer answer = FullAnswer();
    RedactAnswer(ExampleAgreement("AR", "BR", {path}), &answer);
    std::set<std::string> told;
    SetLeaves(answer.candidates(0).record(), "", &told);
    for (const std::string& leaf : all_leaves) {
      EXPECT_EQ(told.contains(leaf), IsAtOrIn(leaf, path)) << leaf << " under " << path;
    }
    // What is not told is named, itself or by what contains it.
    for (const std::string& leaf : all_leaves) {
      if (told.contains(leaf)) continue;
      bool named = false;
      for (const std::string& withheld : answer.withheld_fields())
        named |= IsAtOrIn(leaf, withheld);
      EXPECT_TRUE(named) << leaf << " under " << path;
    }
  }
}

TEST(RedactAnswer, KeepsBothItemsOfAListAndCutsEach) {
  v1::Answer answer = FullAnswer();
  RedactAnswer(ExampleAgreement("AR", "BR", {"events.to_party.name", "firearm.marks.text"}),
               &answer);
  const v1::RegistryRecord& record = answer.candidates(0).record();
  ASSERT_EQ(record.events_size(), 2);
  ASSERT_EQ(record.firearm().marks_size(), 2);
  for (const v1::LifeEvent& event : record.events()) {
    EXPECT_EQ(event.to_party().name(), "told");
    EXPECT_TRUE(event.to_party().address().empty());
    EXPECT_FALSE(event.has_from_party());
    EXPECT_FALSE(event.has_date());
  }
  for (const v1::Mark& mark : record.firearm().marks()) {
    EXPECT_EQ(mark.text(), "told");
    EXPECT_TRUE(mark.script().empty());
  }
}

TEST(RedactAnswer, NamesWhatIsWithheldOnceEachAndKeepsWhatWasNamedBefore) {
  v1::Answer answer;
  for (int i = 0; i < 2; ++i) {
    auto* record = answer.add_candidates()->mutable_record();
    record->set_record_number("7");
    record->mutable_firearm()->set_serial_number("A1");
    record->add_events()->mutable_to_party()->set_name("somebody");
    record->add_events()->mutable_to_party()->set_name("another");
  }
  answer.add_withheld_fields("losses");
  RedactAnswer(ExampleAgreement("AR", "BR", {"firearm", "events.kind"}), &answer);
  EXPECT_THAT(answer.withheld_fields(), ElementsAre("events.to_party", "losses", "record_number"));
}

TEST(RedactAnswer, NamesNothingWhereTheRecordHoldsNoMore) {
  v1::Answer answer;
  answer.add_candidates()->mutable_record()->mutable_firearm()->set_serial_number("A1");
  RedactAnswer(ExampleAgreement("AR", "BR", {"firearm"}), &answer);
  EXPECT_THAT(answer.withheld_fields(), IsEmpty());
  EXPECT_EQ(answer.candidates(0).record().firearm().serial_number(), "A1");
}

TEST(RedactAnswer, TellsTheNextStateOnlyWithTheEventsState) {
  v1::Answer answer;
  answer.set_next_state("CL");
  v1::Answer told = answer;
  RedactAnswer(ExampleAgreement("AR", "BR", {"events.to_state"}), &told);
  EXPECT_EQ(told.next_state(), "CL");
  told = answer;
  RedactAnswer(ExampleAgreement("AR", "BR", {"events"}), &told);
  EXPECT_EQ(told.next_state(), "CL");
  RedactAnswer(ExampleAgreement("AR", "BR", {"events.from_state", "firearm"}), &answer);
  EXPECT_EQ(answer.next_state(), "");
  EXPECT_THAT(answer.withheld_fields(), ElementsAre("next_state"));
}

v1::Answer ComparedAnswer() {
  v1::Item asked;
  asked.mutable_weapon()->set_serial_number("A12345");
  asked.mutable_weapon()->mutable_manufacturer()->set_verbatim("Glock");
  asked.mutable_weapon()->mutable_calibre()->set_verbatim("9 mm Para");
  v1::RegistryRecord record;
  *record.mutable_firearm() = asked.weapon();
  v1::Answer answer;
  *answer.add_candidates() = Compare(asked, record);
  return answer;
}

TEST(RedactAnswer, TellsTheRecordedSideOfAComparisonOnlyWithItsField) {
  v1::Answer answer = ComparedAnswer();
  RedactAnswer(ExampleAgreement("AR", "BR", {"firearm.serial_number"}), &answer);
  std::set<std::string> compared;
  for (const v1::MatchReason& reason : answer.candidates(0).reasons()) {
    compared.insert(reason.field());
    EXPECT_EQ(reason.recorded(), reason.field() == "serial_number" ? "A12345" : "")
        << reason.field();
    if (reason.field() == "serial_number") continue;
    EXPECT_EQ(reason.note(), "");
  }
  EXPECT_TRUE(compared.contains("serial_number"));
  EXPECT_TRUE(compared.contains("manufacturer"));
}

TEST(RedactAnswer, TellsEveryRecordedSideWithTheWholeWeaponAndNoneWithoutIt) {
  v1::Answer whole = ComparedAnswer();
  const v1::Answer before = whole;
  RedactAnswer(ExampleAgreement("AR", "BR", {"firearm"}), &whole);
  v1::Answer none = before;
  RedactAnswer(ExampleAgreement("AR", "BR", {"holder"}), &none);
  for (int i = 0; i < before.candidates(0).reasons_size(); ++i) {
    EXPECT_EQ(whole.candidates(0).reasons(i).recorded(),
              before.candidates(0).reasons(i).recorded());
    EXPECT_EQ(none.candidates(0).reasons(i).recorded(), "");
    EXPECT_EQ(none.candidates(0).reasons(i).note(), "");
  }
}

TEST(RedactAnswer, ComparesFieldsOfTheRecordUnderTheirOwnNames) {
  const v1::Answer answer = ComparedAnswer();
  for (const v1::MatchReason& reason : answer.candidates(0).reasons()) {
    EXPECT_TRUE(IsDisclosurePath(*v1::RegistryRecord::descriptor(), "firearm." + reason.field()))
        << reason.field();
  }
}

TEST(RedactAnswer, AttachesTheHandlingOfTheAgreement) {
  config::v1::Agreement agreement = ExampleAgreement("AR", "BR");
  agreement.add_handling(v1::HANDLING_CODE_H1);
  agreement.add_handling(v1::HANDLING_CODE_H3);
  agreement.set_restrictions("not before the hearing");
  agreement.set_onward_needs_consent(true);
  v1::Answer answer;
  RedactAnswer(agreement, &answer);
  EXPECT_THAT(answer.handling().codes(), ElementsAre(v1::HANDLING_CODE_H1, v1::HANDLING_CODE_H3));
  EXPECT_EQ(answer.handling().restrictions(), "not before the hearing");
  EXPECT_TRUE(answer.handling().onward_needs_consent());
}

TEST(IsDisclosurePath, KnowsTheFieldsOfARecordAndNothingElse) {
  for (const char* path : {"firearm", "record_number", "events.to_party.name",
                           "firearm.marks.country.iso_code", "holder.state"}) {
    EXPECT_TRUE(IsDisclosurePath(*v1::RegistryRecord::descriptor(), path)) << path;
  }
  for (const char* path : {"", ".", "firearm.", ".firearm", "firearm..marks", "Firearm", "firearms",
                           "record_number.x", "events[0].kind", "events.to_party.nam", "*"}) {
    EXPECT_FALSE(IsDisclosurePath(*v1::RegistryRecord::descriptor(), path)) << path;
  }
}

}  // namespace
}  // namespace tracegate
