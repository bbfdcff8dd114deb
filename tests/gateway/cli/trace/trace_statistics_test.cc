#include "gateway/cli/trace_statistics.h"

#include <nlohmann/json.hpp>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

google::protobuf::Timestamp At(int64_t hours) {
  google::protobuf::Timestamp time;
  time.set_seconds(1'780'000'000 + hours * 3600);
  return time;
}

v1::Hop* AddHop(v1::Trace* trace, const std::string& state, v1::HopState hop_state) {
  v1::Hop* hop = trace->add_hops();
  hop->set_to_state(state);
  hop->set_state(hop_state);
  *hop->mutable_ask_time() = At(0);
  return hop;
}

void Answer(v1::Hop* hop, int64_t hours, v1::Outcome outcome,
            v1::LegalGround ground = v1::LEGAL_GROUND_UNSPECIFIED) {
  *hop->mutable_answer_time() = At(hours);
  hop->mutable_answer()->set_outcome(outcome);
  hop->mutable_answer()->set_legal_ground(ground);
}

TEST(TraceStatistics, CountsWhatEachStateDidAndHowSoon) {
  v1::Trace trace;
  trace.mutable_request()->mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
  trace.mutable_request()->add_offences(v1::OFFENCE_CONTEXT_HOMICIDE);
  trace.mutable_finding()->set_outcome(v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  trace.mutable_finding()->mutable_point_of_diversion()->set_established(true);
  v1::Hop* hop = AddHop(&trace, "AT", v1::HOP_STATE_ANSWERED);
  *hop->mutable_desk()->mutable_acknowledge_time() = At(1);
  Answer(hop, 4, v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  v1::Trace other;
  other.set_state(v1::TRACE_STATE_IN_PROGRESS);
  other.mutable_request()->mutable_recovery()->set_kind(v1::RECOVERY_KIND_FOUND);
  Answer(AddHop(&other, "AT", v1::HOP_STATE_ANSWERED), 8, v1::OUTCOME_NO_RECORD,
         v1::LEGAL_GROUND_CONFIDENTIALITY_LAW);
  Answer(AddHop(&other, "RS", v1::HOP_STATE_REFUSED), 2, v1::OUTCOME_WITHHELD,
         v1::LEGAL_GROUND_NATIONAL_SECURITY);
  AddHop(&other, "DE", v1::HOP_STATE_FAILED)->clear_ask_time();
  *AddHop(&other, "BE", v1::HOP_STATE_WAITING)->mutable_escalate_time() = At(9);
  TraceStatistics statistics;
  statistics.Add(trace);
  statistics.Add(other);
  const auto json = nlohmann::json::parse(statistics.Json());
  EXPECT_EQ(json["traces"], 2);
  EXPECT_EQ(json["diversion_established"], 1);
  const auto& at = json["states"]["AT"];
  EXPECT_EQ(at["asked"], 2);
  EXPECT_EQ(at["answered"], 1);
  EXPECT_EQ(at["restricted"], 1);
  EXPECT_EQ(at["median_hours_to_answer"], "6.0") << "of 4 and 8";
  EXPECT_EQ(at["median_hours_to_acknowledge"], "1.0");
  EXPECT_EQ(json["states"]["RS"]["refused"], 1);
  EXPECT_EQ(json["states"]["DE"]["asked"], 0);
  EXPECT_EQ(json["states"]["DE"]["not_told"], 1);
  EXPECT_EQ(json["states"]["BE"]["open"], 1);
  EXPECT_EQ(json["states"]["BE"]["late"], 1);
  EXPECT_EQ(json["outcomes"]["last holder identified"]["diversion_established"], 1);
  EXPECT_EQ(json["outcomes"]["in progress"]["traces"], 1);
  EXPECT_EQ(json["recoveries"]["seized"]["traces"], 1);
  EXPECT_EQ(json["contexts"]["homicide"]["diversion_established"], 1);
  EXPECT_NE(statistics.Text().find("2 traces, point of diversion established in 1"),
            std::string::npos)
      << statistics.Text();
}

TEST(TraceStatistics, OfNothingIsNothing) {
  EXPECT_EQ(TraceStatistics().Text(), "0 traces, point of diversion established in 0\n");
}

}  // namespace
}  // namespace tracegate
