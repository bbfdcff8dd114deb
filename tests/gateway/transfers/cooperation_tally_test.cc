#include "gateway/transfers/cooperation_tally.h"

#include <string>

#include "gateway/tracing/timestamp.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

const absl::Time kAsked = absl::FromCivil(absl::CivilDay(2024, 3, 1), absl::UTCTimeZone());

v1::Trace TraceBy(const std::string& state) {
  v1::Trace trace;
  trace.mutable_request()->mutable_requesting_agency()->set_state(state);
  return trace;
}

v1::Hop* Ask(const std::string& state, v1::Trace* trace, absl::Time asked = kAsked) {
  v1::Hop* hop = trace->add_hops();
  hop->set_to_state(state);
  hop->set_state(v1::HOP_STATE_ASKED);
  *hop->mutable_ask_time() = ToTimestamp(asked);
  return hop;
}

void Answer(absl::Duration after, v1::Hop* hop) {
  hop->set_state(v1::HOP_STATE_ANSWERED);
  hop->mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  *hop->mutable_answer_time() = ToTimestamp(kAsked + after);
}

CooperationTally Tally() {
  return CooperationTally("BR", absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 12, 31));
}

TEST(CooperationTally, CountsWhatBecameOfEachRequest) {
  CooperationTally tally = Tally();
  v1::Trace trace = TraceBy("BR");
  Answer(absl::Hours(2), Ask("AT", &trace));
  v1::Hop* restricted = Ask("DE", &trace);
  Answer(absl::Hours(4), restricted);
  restricted->mutable_answer()->set_legal_ground(v1::LEGAL_GROUND_CONFIDENTIALITY_LAW);
  v1::Hop* refused = Ask("US", &trace);
  Answer(absl::Hours(9), refused);
  refused->mutable_answer()->set_outcome(v1::OUTCOME_WITHHELD);
  refused->mutable_answer()->set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
  v1::Hop* delayed = Ask("RS", &trace);
  delayed->mutable_desk()->mutable_delayed_until()->set_seconds(1);
  v1::Hop* wanting = Ask("CZ", &trace);
  wanting->mutable_desk()->mutable_wanted_time()->set_seconds(1);
  tally.Add(trace);
  const v1::CooperationCount asked = tally.Figures().asked();
  EXPECT_EQ(asked.requests(), 5);
  EXPECT_EQ(asked.answered_in_full(), 1);
  EXPECT_EQ(asked.restricted(), 1);
  EXPECT_EQ(asked.refused(), 1);
  EXPECT_EQ(asked.unanswered(), 2);
  EXPECT_EQ(asked.delayed(), 1);
  EXPECT_EQ(asked.information_requested(), 1);
  ASSERT_EQ(asked.refusals_size(), 1);
  EXPECT_EQ(asked.refusals(0).legal_ground(), v1::LEGAL_GROUND_NATIONAL_SECURITY);
  EXPECT_EQ(asked.refusals(0).count(), 1);
  EXPECT_EQ(tally.Figures().answered().requests(), 0);
}

TEST(CooperationTally, CountsWhatItIsAskedByOthers) {
  CooperationTally tally = Tally();
  v1::Trace trace = TraceBy("AT");
  Answer(absl::Hours(1), Ask("BR", &trace));
  trace.add_supplements();
  tally.Add(trace);
  EXPECT_EQ(tally.Figures().answered().requests(), 1);
  EXPECT_EQ(tally.Figures().answered().answered_in_full(), 1);
  EXPECT_EQ(tally.Figures().answered().information_requested(), 1);
  EXPECT_EQ(tally.Figures().asked().requests(), 0);
}

TEST(CooperationTally, LeavesOutItsOwnRegistryOtherPeriodsAndWhatWasNeverAsked) {
  CooperationTally tally = Tally();
  v1::Trace trace = TraceBy("BR");
  Answer(absl::Hours(1), Ask("BR", &trace));
  Ask("AT", &trace, absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone()));
  trace.add_hops()->set_to_state("DE");
  tally.Add(trace);
  v1::Trace others = TraceBy("AT");
  Ask("DE", &others);
  tally.Add(others);
  EXPECT_EQ(tally.Figures().asked().requests(), 0);
  EXPECT_EQ(tally.Figures().answered().requests(), 0);
}

TEST(CooperationTally, HasTheMedianTimes) {
  CooperationTally tally = Tally();
  for (const int hours : {1, 30, 2, 4}) {
    v1::Trace trace = TraceBy("BR");
    v1::Hop* hop = Ask("AT", &trace);
    Answer(absl::Hours(hours), hop);
    *hop->mutable_desk()->mutable_acknowledge_time() = ToTimestamp(kAsked + absl::Minutes(hours));
    tally.Add(trace);
  }
  EXPECT_EQ(tally.Figures().asked().median_to_answer().seconds(), 3 * 3600);
  EXPECT_EQ(tally.Figures().asked().median_to_acknowledgement().seconds(), 3 * 60);
  v1::Trace fifth = TraceBy("BR");
  Answer(absl::Hours(5), Ask("AT", &fifth));
  tally.Add(fifth);
  EXPECT_EQ(tally.Figures().asked().median_to_answer().seconds(), 4 * 3600);
  EXPECT_FALSE(tally.Figures().answered().has_median_to_answer());
}

}  // namespace
}  // namespace tracegate
