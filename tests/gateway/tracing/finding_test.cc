#include "gateway/tracing/finding.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

v1::Hop* AddAnswer(v1::Trace* trace, const std::string& state, v1::Outcome outcome) {
  v1::Hop* hop = trace->add_hops();
  hop->set_number(trace->hops_size());
  hop->set_to_state(state);
  hop->mutable_answer()->set_outcome(outcome);
  return hop;
}

TEST(ConcludeTrace, SaysThatNobodyCouldBeAskedWhereNobodyAnswered) {
  v1::Trace trace;
  trace.add_hops()->set_to_state("AT");
  const v1::Finding finding = ConcludeTrace(trace);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_NO_STATE_TO_ASK);
  EXPECT_EQ(finding.hop_number(), 0);
  EXPECT_FALSE(finding.has_point_of_diversion());
}

TEST(ConcludeTrace, ComesToTheMostThatWasSaidNotTheLast) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_CANDIDATE_UNCONFIRMED);
  AddAnswer(&trace, "AT", v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(ConcludeTrace(trace).hop_number(), 1);
  EXPECT_EQ(ConcludeTrace(trace).outcome(), v1::OUTCOME_CANDIDATE_UNCONFIRMED);
  AddAnswer(&trace, "AR", v1::OUTCOME_TRANSFERRED_TO_STATE);
  EXPECT_EQ(ConcludeTrace(trace).hop_number(), 3);
  AddAnswer(&trace, "CL", v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  EXPECT_EQ(ConcludeTrace(trace).hop_number(), 4);
}

TEST(ConcludeTrace, TakesTheLaterOfTwoThatSayAsMuch) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_TRANSFERRED_TO_STATE);
  AddAnswer(&trace, "AT", v1::OUTCOME_TRANSFERRED_TO_STATE);
  EXPECT_EQ(ConcludeTrace(trace).hop_number(), 2);
}

TEST(ConcludeTrace, EstablishesThePointOfDiversionAfterTheLastDayOnRecord) {
  v1::Trace trace;
  v1::Hop* hop = AddAnswer(&trace, "AR", v1::OUTCOME_REPORTED_LOST_OR_STOLEN);
  v1::RegistryRecord* record = hop->mutable_answer()->add_candidates()->mutable_record();
  record->add_events()->mutable_date()->set_year(1999);
  record->add_events()->mutable_date()->set_year(2012);
  record->add_events();  // a day that is not told
  const v1::PointOfDiversion point = ConcludeTrace(trace).point_of_diversion();
  EXPECT_TRUE(point.established());
  EXPECT_EQ(point.state(), "AR");
  EXPECT_EQ(point.after().year(), 2012);
  EXPECT_EQ(point.method(), v1::DIVERSION_METHOD_TRACING);
}

TEST(ConcludeTrace, EstablishesNoPointWhereTheTrailGoesOnOrIsInDoubt) {
  for (const auto outcome :
       {v1::OUTCOME_TRANSFERRED_TO_STATE, v1::OUTCOME_NO_RECORD, v1::OUTCOME_CANDIDATE_UNCONFIRMED,
        v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES, v1::OUTCOME_WITHHELD}) {
    v1::Trace trace;
    AddAnswer(&trace, "AR", outcome);
    EXPECT_FALSE(ConcludeTrace(trace).has_point_of_diversion()) << v1::Outcome_Name(outcome);
  }
}

TEST(ConcludeTrace, SaysInWordsWhereTheTrailStops) {
  v1::Trace trace;
  v1::Hop* hop = AddAnswer(&trace, "AR", v1::OUTCOME_TRANSFERRED_TO_STATE);
  EXPECT_THAT(ConcludeTrace(trace).summary(), HasSubstr("does not tell where to"));
  hop->mutable_answer()->set_next_state("CL");
  EXPECT_THAT(ConcludeTrace(trace).summary(), HasSubstr("turns back to CL"));
  trace.add_hops()->set_to_state("CL");
  EXPECT_THAT(ConcludeTrace(trace).summary(), HasSubstr("CL, which has not answered"));
}

}  // namespace
}  // namespace tracegate
