#include "gateway/directory/directory_book.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using config::v1::DirectoryState;
using testing::HasSubstr;

DirectoryState Germany() {
  DirectoryState state;
  state.set_state("DE");
  v1::PointOfContact* contact = state.add_contacts();
  contact->mutable_agency()->set_state("DE");
  contact->mutable_agency()->set_name("bka");
  contact->add_purposes(v1::CONTACT_PURPOSE_TRACING);
  contact->set_email("tracing@de.example");
  contact->set_phone("+49301234567");
  v1::MarkingPractice* practice = state.add_marking_practices();
  practice->set_kind(v1::MARK_KIND_IMPORT);
  practice->set_example("DE 19");
  return state;
}

absl::StatusOr<std::unique_ptr<DirectoryBook>> BookOf(const std::vector<DirectoryState>& states) {
  const google::protobuf::RepeatedPtrField<DirectoryState> list(states.begin(), states.end());
  return DirectoryBook::Create(list, absl::UnixEpoch());
}

TEST(DirectoryBook, KeepsWhatWasWrittenOfEachState) {
  const auto book = BookOf({Germany()});
  ASSERT_TRUE(book.ok()) << book.status();
  ASSERT_NE((*book)->Find("DE"), nullptr);
  EXPECT_EQ((*book)->Find("DE")->contacts(0).email(), "tracing@de.example");
  EXPECT_EQ((*book)->Find("AT"), nullptr);
}

struct Mistake {
  std::string field;
  std::function<void(DirectoryState*)> make;
};

TEST(DirectoryBook, NamesTheKeyOfWhatIsWrong) {
  const std::vector<Mistake> mistakes = {
      {"directory[0].state", [](auto* s) { s->set_state(""); }},
      {"directory[0].state", [](auto* s) { s->set_state("XX"); }},
      {"directory[0].state", [](auto* s) { s->set_state("DDDE"); }},
      {"directory[0].contacts",
       [](auto* s) {
         for (int i = 0; i < 32; ++i) *s->add_contacts() = s->contacts(0);
       }},
      {"directory[0].marking_practices",
       [](auto* s) {
         for (int i = 0; i < 256; ++i) *s->add_marking_practices() = s->marking_practices(0);
       }},
      {"directory[0].contacts[0].agency.state",
       [](auto* s) { s->mutable_contacts(0)->mutable_agency()->set_state("AT"); }},
      {"directory[0].contacts[0].agency.name",
       [](auto* s) { s->mutable_contacts(0)->mutable_agency()->clear_name(); }},
      {"directory[0].contacts[0].purposes",
       [](auto* s) { s->mutable_contacts(0)->clear_purposes(); }},
      {"directory[0].contacts[0].purposes",
       [](auto* s) { s->mutable_contacts(0)->add_purposes(v1::CONTACT_PURPOSE_UNSPECIFIED); }},
      {"directory[0].contacts[0]",
       [](auto* s) {
         s->mutable_contacts(0)->clear_email();
         s->mutable_contacts(0)->clear_phone();
       }},
      {"directory[0].contacts[0].phone",
       [](auto* s) { s->mutable_contacts(0)->set_phone("030 1234567"); }},
      {"directory[0].contacts[0].phone",
       [](auto* s) { s->mutable_contacts(0)->set_phone("+49 30"); }},
      {"directory[0].contacts[0].email",
       [](auto* s) { s->mutable_contacts(0)->set_email(std::string(257, 'a')); }},
      {"directory[0].marking_practices[0].kind",
       [](auto* s) { s->mutable_marking_practices(0)->clear_kind(); }},
      {"directory[0].marking_practices[0].example",
       [](auto* s) { s->mutable_marking_practices(0)->set_example(std::string(257, 'D')); }},
  };
  for (const Mistake& mistake : mistakes) {
    DirectoryState state = Germany();
    mistake.make(&state);
    const auto book = BookOf({state});
    ASSERT_FALSE(book.ok()) << mistake.field;
    const v1::FailureDetail detail = DetailOf(book.status());
    EXPECT_EQ(detail.reason(), v1::REASON_CONFIG_INVALID) << book.status();
    ASSERT_EQ(detail.violations_size(), 1);
    EXPECT_EQ(detail.violations(0).field(), mistake.field) << book.status();
  }
}

TEST(DirectoryBook, TakesAsMuchAsFits) {
  DirectoryState state = Germany();
  while (state.contacts_size() < 32) *state.add_contacts() = state.contacts(0);
  while (state.marking_practices_size() < 256) {
    *state.add_marking_practices() = state.marking_practices(0);
  }
  EXPECT_TRUE(BookOf({state}).ok()) << BookOf({state}).status();
}

TEST(DirectoryBook, RefusesAStateThatStandsTwice) {
  const auto book = BookOf({Germany(), Germany()});
  ASSERT_FALSE(book.ok());
  EXPECT_THAT(std::string(book.status().message()), HasSubstr("directory[1].state: DE stands"));
}

TEST(DirectoryBook, TakesTheLiaisonContactForHitsElseTheOneForTracesElseTheFirst) {
  DirectoryState state = Germany();
  state.mutable_contacts(0)->set_purposes(0, v1::CONTACT_PURPOSE_TECHNICAL);
  EXPECT_EQ((*BookOf({state}))->LiaisonOf("DE")->email(), "tracing@de.example");
  v1::PointOfContact tracing = state.contacts(0);
  tracing.set_purposes(0, v1::CONTACT_PURPOSE_TRACING);
  tracing.set_email("second@de.example");
  *state.add_contacts() = tracing;
  EXPECT_EQ((*BookOf({state}))->LiaisonOf("DE")->email(), "second@de.example");
  tracing.set_purposes(0, v1::CONTACT_PURPOSE_LIAISON);
  tracing.set_email("third@de.example");
  *state.add_contacts() = tracing;
  EXPECT_EQ((*BookOf({state}))->LiaisonOf("DE")->email(), "third@de.example");
  EXPECT_EQ((*BookOf({state}))->LiaisonOf("AT"), nullptr);
}

}  // namespace
}  // namespace tracegate
