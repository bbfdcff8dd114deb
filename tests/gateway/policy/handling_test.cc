#include "gateway/policy/handling.h"

#include <string>
#include <vector>

#include "gateway/policy/disclosure.h"
#include "gateway/policy/legal_basis.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/policy/example_agreement.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Bodies = std::vector<std::string>;

v1::Handling For(const Bodies& recipients) {
  v1::Handling handling;
  for (const std::string& body : recipients) handling.add_recipients(body);
  return handling;
}

Bodies Joined(const Bodies& ours, const Bodies& theirs) {
  v1::Handling handling = For(ours);
  JoinHandling(For(theirs), &handling);
  return {handling.recipients().begin(), handling.recipients().end()};
}

TEST(JoinHandling, KeepsWhatStoodAndAddsToIt) {
  v1::Handling handling;
  handling.add_codes(v1::HANDLING_CODE_H3);
  handling.add_codes(v1::HANDLING_CODE_H1);
  handling.set_restrictions("not before the hearing");
  handling.set_onward_needs_consent(true);
  config::v1::Agreement agreement = ExampleAgreement("AR", "BR");
  agreement.add_handling(v1::HANDLING_CODE_H1);
  agreement.add_handling(v1::HANDLING_CODE_H2);
  agreement.set_restrictions("for the court");
  JoinHandling(HandlingOf(agreement), &handling);
  EXPECT_THAT(handling.codes(),
              ElementsAre(v1::HANDLING_CODE_H3, v1::HANDLING_CODE_H1, v1::HANDLING_CODE_H2));
  EXPECT_EQ(handling.restrictions(), "not before the hearing; for the court");
  EXPECT_TRUE(handling.onward_needs_consent());
}

TEST(JoinHandling, ChangesNothingTheSecondTime) {
  config::v1::Agreement agreement = ExampleAgreement("AR", "BR");
  agreement.add_handling(v1::HANDLING_CODE_H2);
  agreement.set_restrictions("for the court");
  agreement.add_recipients("AR/policia");
  agreement.set_source_evaluation("B");
  v1::Handling once;
  once.set_restrictions("sealed");
  JoinHandling(HandlingOf(agreement), &once);
  v1::Handling twice = once;
  JoinHandling(HandlingOf(agreement), &twice);
  EXPECT_EQ(twice.SerializeAsString(), once.SerializeAsString());
}

TEST(JoinHandling, DoesNotTakeAPartOfARestrictionForTheWhole) {
  v1::Handling handling;
  handling.set_restrictions("not for the court");
  v1::Handling other;
  other.set_restrictions("for the court");
  JoinHandling(other, &handling);
  EXPECT_EQ(handling.restrictions(), "not for the court; for the court");
}

TEST(JoinHandling, LeavesTheWorseEvaluation) {
  const std::vector<std::string> sources = {"", "A", "B", "C", "X"};
  const std::vector<std::string> grades = {"", "1", "2", "3", "4"};
  for (size_t ours = 0; ours < sources.size(); ++ours) {
    for (size_t theirs = 0; theirs < sources.size(); ++theirs) {
      v1::Handling handling;
      handling.set_source_evaluation(sources[ours]);
      handling.set_information_evaluation(grades[ours]);
      v1::Handling other;
      other.set_source_evaluation(sources[theirs]);
      other.set_information_evaluation(grades[theirs]);
      JoinHandling(other, &handling);
      EXPECT_EQ(handling.source_evaluation(), sources[std::max(ours, theirs)]);
      EXPECT_EQ(handling.information_evaluation(), grades[std::max(ours, theirs)]);
    }
  }
}

TEST(JoinHandling, LeavesTheRecipientsThatBothName) {
  EXPECT_THAT(Joined({}, {"AR"}), ElementsAre("AR"));
  EXPECT_THAT(Joined({"AR"}, {}), ElementsAre("AR"));
  EXPECT_THAT(Joined({"AR"}, {"AR/policia", "CL"}), ElementsAre("AR/policia"));
  EXPECT_THAT(Joined({"AR/policia", "CL"}, {"AR", "CL"}), ElementsAre("AR/policia", "CL"));
  EXPECT_THAT(Joined({"AR/policia"}, {"AR/policia-federal"}), IsEmpty());
}

TEST(JoinHandling, NeedsConsentWhereNoRecipientIsLeft) {
  v1::Handling handling = For({"AR/policia"});
  JoinHandling(For({"CL"}), &handling);
  EXPECT_THAT(handling.recipients(), IsEmpty());
  EXPECT_TRUE(handling.onward_needs_consent());
  EXPECT_FALSE(MayPassOn(handling, "BR", "CL").ok());
}

TEST(RedactAnswer, KeepsTheHandlingThatTheRegistryGave) {
  config::v1::Agreement agreement = ExampleAgreement("AR", "BR");
  agreement.set_source_evaluation("A");
  agreement.set_information_evaluation("3");
  agreement.add_recipients("AR");
  v1::Answer answer;
  answer.mutable_handling()->add_codes(v1::HANDLING_CODE_H2);
  answer.mutable_handling()->set_restrictions("sealed");
  answer.mutable_handling()->set_source_evaluation("C");
  answer.mutable_handling()->set_information_evaluation("1");
  RedactAnswer(agreement, &answer);
  EXPECT_THAT(answer.handling().codes(), ElementsAre(v1::HANDLING_CODE_H2));
  EXPECT_EQ(answer.handling().restrictions(), "sealed");
  EXPECT_EQ(answer.handling().source_evaluation(), "C");
  EXPECT_EQ(answer.handling().information_evaluation(), "3");
  EXPECT_THAT(answer.handling().recipients(), ElementsAre("AR"));
}

TEST(MayPassOn, LetsPassWhatNothingRestrains) {
  EXPECT_TRUE(MayPassOn(v1::Handling(), "BR", "CL").ok());
  v1::Handling handling;
  handling.add_codes(v1::HANDLING_CODE_H1);
  EXPECT_TRUE(MayPassOn(handling, "BR", "CL").ok());
}

TEST(MayPassOn, NeedsConsentForAThirdStateAndNoneForTheOneThatTold) {
  v1::Handling consent;
  consent.set_onward_needs_consent(true);
  v1::Handling coded;
  coded.add_codes(v1::HANDLING_CODE_H2);
  for (const v1::Handling& handling : {consent, coded, For({"AR"})}) {
    const absl::Status refused = MayPassOn(handling, "BR", "CL");
    EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_ONWARD_CONSENT_REQUIRED);
    EXPECT_TRUE(MayPassOn(handling, "BR", "BR").ok());
  }
}

TEST(MayPassOn, LetsPassToTheRecipientsNamedAndNobodyElse) {
  EXPECT_TRUE(MayPassOn(For({"AR", "CL"}), "BR", "CL").ok());
  EXPECT_TRUE(MayPassOn(For({"CL/pdi"}), "BR", "CL").ok());
  EXPECT_FALSE(MayPassOn(For({"CL/pdi"}), "BR", "C").ok());
  EXPECT_FALSE(MayPassOn(For({"CLX"}), "BR", "CL").ok());
}

TEST(IsRecipient, KnowsStatesAndTheirAgencies) {
  for (const char* text : {"BR", "BR/policia-federal", "DE/bka1"}) EXPECT_TRUE(IsRecipient(text));
  for (const char* text : {"", "B", "br", "BRA", "BR/", "BR/Policia", "BR/a/b", "BR policia"}) {
    EXPECT_FALSE(IsRecipient(text)) << text;
  }
  EXPECT_TRUE(IsRecipient("BR/" + std::string(64, 'a')));
  EXPECT_FALSE(IsRecipient("BR/" + std::string(65, 'a')));
}

TEST(DisclosureOf, ListsEveryFieldAndTellsThoseOfTheAgreement) {
  const auto paths =
      DisclosureOf(ExampleAgreement("AR", "BR", {"record_number", "events.kind", "holder"}));
  int told = 0;
  for (const DisclosedPath& path : paths) {
    EXPECT_TRUE(IsDisclosurePath(*v1::RegistryRecord::descriptor(), path.path)) << path.path;
    const bool expected = path.path == "record_number" || path.path == "events.kind" ||
                          path.path.starts_with("holder.");
    EXPECT_EQ(path.told, expected) << path.path;
    told += path.told ? 1 : 0;
  }
  EXPECT_EQ(told, 7);  // the holder has five fields
  EXPECT_GT(paths.size(), 40u);
}

TEST(LegalBasisTable, HasARowWithItsSourceForEachBasis) {
  const auto* type = v1::LegalBasis_descriptor();
  for (int i = 1; i < type->value_count(); ++i) {
    const LegalBasisRow* row =
        FindLegalBasis(static_cast<v1::LegalBasis>(type->value(i)->number()));
    ASSERT_NE(row, nullptr) << type->value(i)->name();
    EXPECT_FALSE(row->source.empty());
  }
  EXPECT_EQ(LegalBasisTable().size(), static_cast<size_t>(type->value_count() - 1));
  EXPECT_EQ(FindLegalBasis(v1::LEGAL_BASIS_UNSPECIFIED), nullptr);
}

TEST(LegalBasisTable, LetsTransferArticlesCoverNoTrace) {
  for (const LegalBasisRow& row : LegalBasisTable()) {
    const bool transfers_alone =
        row.basis == v1::LEGAL_BASIS_ATT_7_6 || row.basis == v1::LEGAL_BASIS_ATT_8_1 ||
        row.basis == v1::LEGAL_BASIS_ATT_8_3 || row.basis == v1::LEGAL_BASIS_FIREARMS_PROTOCOL_10;
    EXPECT_EQ(row.covers_tracing, !transfers_alone) << row.name;
  }
}

}  // namespace
}  // namespace tracegate
