#include "gateway/cli/trace_diagram.h"

#include "gtest/gtest.h"

namespace tracegate {
namespace {

google::protobuf::Timestamp At(int64_t seconds) {
  google::protobuf::Timestamp time;
  time.set_seconds(1'780'000'000 + seconds);
  return time;
}

v1::Hop* AddHop(v1::Trace* trace, const std::string& state, int64_t ask, int64_t answer) {
  v1::Hop* hop = trace->add_hops();
  hop->set_number(trace->hops_size());
  hop->set_from_state("BR");
  hop->set_to_state(state);
  *hop->mutable_ask_time() = At(ask);
  *hop->mutable_answer_time() = At(answer);
  return hop;
}

TEST(TraceDiagram, TellsWhatPassedInOrderOfTimeAndNothingOfTheWeapon) {
  v1::Trace trace;
  trace.mutable_request()->mutable_requesting_agency()->set_state("BR");
  trace.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number("ABC123");
  *trace.mutable_create_time() = At(0);
  *trace.mutable_update_time() = At(99);
  v1::Hop* failed = AddHop(&trace, "RS", 0, 1);
  failed->clear_ask_time();
  v1::Hop* hop = AddHop(&trace, "DE", 2, 30);
  hop->set_reason(v1::ROUTE_REASON_NAMED_IN_ANSWER);
  *hop->mutable_desk()->mutable_acknowledge_time() = At(5);
  hop->mutable_answer()->set_outcome(v1::OUTCOME_WITHHELD);
  hop->mutable_answer()->set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
  v1::Clarification* asking = hop->add_clarifications();
  *asking->mutable_ask_time() = At(40);
  asking->set_clarification("so");
  *asking->mutable_answer_time() = At(50);
  *trace.add_supplements()->mutable_supplement_time() = At(20);
  trace.mutable_finding()->set_outcome(v1::OUTCOME_WITHHELD);
  trace.set_state(v1::TRACE_STATE_REFUSED);
  EXPECT_EQ(TraceDiagram(trace),
            "sequenceDiagram\n"
            "  participant BR\n"
            "  participant RS\n"
            "  participant DE\n"
            "  Note over BR: trace opened\n"
            "  Note over BR: 1. RS cannot be asked\n"
            "  BR->>DE: 2. question: named in answer\n"
            "  DE-->>BR: acknowledged (ITI 19)\n"
            "  BR->>DE: supplement, as it was wanted (ITI 21)\n"
            "  DE-->>BR: 2. withheld (national security)\n"
            "  BR->>DE: 2. why? (ITI 23)\n"
            "  DE-->>BR: 2. explains\n"
            "  Note over BR: refused: withheld\n");
}

TEST(TraceDiagram, TellsAWithdrawalToThoseWhoHadTheQuestion) {
  v1::Trace trace;
  trace.mutable_request()->mutable_requesting_agency()->set_state("BR");
  v1::Hop* answered = AddHop(&trace, "RS", 1, 2);
  answered->mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  AddHop(&trace, "DE", 3, 0)->clear_answer_time();
  *trace.mutable_withdrawal()->mutable_withdraw_time() = At(10);
  const std::string diagram = TraceDiagram(trace);
  EXPECT_NE(diagram.find("BR->>DE: withdrawn"), std::string::npos) << diagram;
  EXPECT_EQ(diagram.find("BR->>RS: withdrawn"), std::string::npos) << diagram;
}

}  // namespace
}  // namespace tracegate
