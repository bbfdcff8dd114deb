#include "gateway/liaison/state_word.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/liaison/example_check.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

StateWord WordFor(const adapter::v1::FindResponse& found) {
  v1::PointOfContact contact;
  contact.set_email("arms@de.example");
  return WordOf("DE", ItemReading(ExampleCheck().item()), found, contact, kNow);
}

v1::CrossCheckOutcome OutcomeFor(const adapter::v1::FindResponse& found) {
  return WordFor(found).response.outcome();
}

TEST(WordOf, IsAHitWithTheOwnersContactWhereARecordAgrees) {
  const StateWord word = WordFor(RecordsOf(ExampleRecord("R-1")));
  EXPECT_EQ(word.response.outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  ASSERT_EQ(word.response.hits_size(), 1);
  EXPECT_EQ(word.response.hits(0).contact().email(), "arms@de.example");
  EXPECT_FALSE(word.response.hits(0).needs_confirmation());
  EXPECT_EQ(word.response.hits(0).hit_time().seconds(), absl::ToUnixSeconds(kNow));
  EXPECT_THAT(word.record_numbers, ElementsAre("R-1"));
  EXPECT_EQ(word.verbatim, RecordsOf(ExampleRecord("R-1")).SerializeAsString());
}

TEST(WordOf, IsNoHitWhereNothingWasFoundOrWhatWasFoundCannotBeIt) {
  EXPECT_EQ(OutcomeFor(NoRecords()), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  v1::RegistryRecord other = ExampleRecord();
  other.mutable_firearm()->set_serial_number("ZZ99999");
  EXPECT_EQ(OutcomeFor(RecordsOf(other)), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  EXPECT_EQ(OutcomeFor(AnswerOf(v1::OUTCOME_NO_RECORD)), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  EXPECT_EQ(OutcomeFor(AnswerOf(v1::OUTCOME_NOT_MADE_HERE)), v1::CROSS_CHECK_OUTCOME_NO_HIT);
}

TEST(WordOf, IsNeverNoHitWhereMoreRecordsWereThereThanWereCompared) {
  v1::RegistryRecord other = ExampleRecord();
  other.mutable_firearm()->set_serial_number("ZZ99999");
  auto found = RecordsOf(other);
  found.mutable_records()->set_more(true);
  const StateWord word = WordFor(found);
  EXPECT_EQ(word.response.outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_FALSE(word.verbatim.empty());
}

TEST(WordOf, IsNeverNoHitWhereTheAuthorityDoesNotKnow) {
  for (const v1::Outcome outcome :
       {v1::OUTCOME_RECORDS_EXPIRED_OR_LOST, v1::OUTCOME_PREDATES_RECORDS,
        v1::OUTCOME_MAKER_OUT_OF_BUSINESS, v1::OUTCOME_OUT_OF_SCOPE, v1::OUTCOME_WITHHELD,
        v1::OUTCOME_LAST_HOLDER_IDENTIFIED}) {
    EXPECT_EQ(OutcomeFor(AnswerOf(outcome)), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE)
        << v1::Outcome_Name(outcome);
  }
}

TEST(WordOf, IsARefusalWhereTheAuthorityGivesAGroundWhateverItFound) {
  auto found = AnswerOf(v1::OUTCOME_WITHHELD);
  v1::Answer* answer = found.mutable_answer()->mutable_answer();
  answer->set_legal_ground(v1::LEGAL_GROUND_ONGOING_INVESTIGATION);
  answer->add_candidates()->set_grade(v1::MATCH_GRADE_EXACT);
  const StateWord word = WordFor(found);
  EXPECT_EQ(word.response.outcome(), v1::CROSS_CHECK_OUTCOME_REFUSED);
  EXPECT_EQ(word.response.legal_ground(), v1::LEGAL_GROUND_ONGOING_INVESTIGATION);
  EXPECT_THAT(word.response.hits(), IsEmpty());
  EXPECT_THAT(word.record_numbers, IsEmpty());
}

TEST(WordOf, TakesAnAuthoritysCandidatesAsAHitWithTheHandlingItGives) {
  auto found = AnswerOf(v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  v1::Answer* answer = found.mutable_answer()->mutable_answer();
  answer->mutable_handling()->add_codes(v1::HANDLING_CODE_H2);
  v1::Candidate* candidate = answer->add_candidates();
  *candidate->mutable_record() = ExampleRecord("P-1");
  candidate->set_grade(v1::MATCH_GRADE_PROBABLE);
  const StateWord word = WordFor(found);
  ASSERT_EQ(word.response.outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  EXPECT_TRUE(word.response.hits(0).needs_confirmation());
  EXPECT_THAT(word.response.hits(0).handling().codes(), ElementsAre(v1::HANDLING_CODE_H2));
}

TEST(WordOf, DoesNotWaitForPeople) {
  adapter::v1::FindResponse pending;
  pending.mutable_pending()->set_message("at the desk");
  const StateWord word = WordFor(pending);
  EXPECT_EQ(word.response.outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(word.failure, v1::REASON_PEER_WORKING);
}

TEST(WordOfFailure, KeepsTheReason) {
  const StateWord away = WordOfFailure("DE", Failure(v1::REASON_PEER_UNAVAILABLE, "away"));
  EXPECT_EQ(away.response.outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(away.response.failure().reason(), v1::REASON_PEER_UNAVAILABLE);
  const StateWord none = WordOfFailure("DE", Failure(v1::REASON_NO_AGREEMENT, "there is none"));
  EXPECT_EQ(none.response.outcome(), v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT);
  EXPECT_EQ(none.response.explanation(), "there is none");
  EXPECT_FALSE(none.response.has_failure());
}

}  // namespace
}  // namespace tracegate
