#include "gateway/tracing/trace_state.h"

#include "gateway/tracing/hop_clock.h"
#include "gateway/tracing/timestamp.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

v1::Hop Waiting() {
  v1::Hop hop;
  hop.set_state(v1::HOP_STATE_WAITING);
  return hop;
}

v1::Hop Wanting() {
  v1::Hop hop = Waiting();
  *hop.mutable_desk()->mutable_wanted_time() = ToTimestamp(kNow);
  return hop;
}

v1::Hop Answered(v1::LegalGround ground = v1::LEGAL_GROUND_UNSPECIFIED) {
  v1::Hop hop;
  hop.set_state(v1::HOP_STATE_ANSWERED);
  hop.mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  hop.mutable_answer()->set_legal_ground(ground);
  return hop;
}

v1::Trace Of(const std::vector<v1::Hop>& hops) {
  v1::Trace trace;
  for (const v1::Hop& hop : hops) *trace.add_hops() = hop;
  return trace;
}

TEST(StateOfOpen, IsWhatNeedsTheAskingStateMost) {
  EXPECT_EQ(StateOfOpen(Of({}), kNow), v1::TRACE_STATE_SUBMITTED);
  EXPECT_EQ(StateOfOpen(Of({Waiting()}), kNow), v1::TRACE_STATE_IN_PROGRESS);
  v1::Hop taken = Waiting();
  *taken.mutable_desk()->mutable_acknowledge_time() = ToTimestamp(kNow);
  EXPECT_EQ(StateOfOpen(Of({Waiting(), taken}), kNow), v1::TRACE_STATE_ACKNOWLEDGED);
  v1::Hop delayed = taken;
  *delayed.mutable_desk()->mutable_delayed_until() = ToTimestamp(kNow + absl::Hours(1));
  EXPECT_EQ(StateOfOpen(Of({delayed, taken}), kNow), v1::TRACE_STATE_DELAYED);
  EXPECT_EQ(StateOfOpen(Of({delayed}), kNow + absl::Hours(1)), v1::TRACE_STATE_ACKNOWLEDGED);
  EXPECT_EQ(StateOfOpen(Of({delayed, Wanting(), taken}), kNow), v1::TRACE_STATE_INFO_REQUESTED);
  v1::Hop clarifying = Answered(v1::LEGAL_GROUND_NATIONAL_SECURITY);
  clarifying.add_clarifications();
  v1::Trace trace = Of({clarifying, Wanting()});
  EXPECT_EQ(StateOfOpen(trace, kNow), v1::TRACE_STATE_CLARIFICATION_REQUESTED);
  trace.mutable_withdrawal();
  EXPECT_EQ(StateOfOpen(trace, kNow), v1::TRACE_STATE_WITHDRAWN);
}

TEST(StateOfOpen, DoesNotCountWhatAHopThatIsOverOnceWanted) {
  v1::Hop over = Wanting();
  over.set_state(v1::HOP_STATE_ANSWERED);
  EXPECT_EQ(StateOfOpen(Of({over, Waiting()}), kNow), v1::TRACE_STATE_IN_PROGRESS);
}

TEST(StateOfEnded, IsTheMostThatAnyStateTold) {
  v1::Hop refused;
  refused.set_state(v1::HOP_STATE_REFUSED);
  refused.mutable_answer()->set_outcome(v1::OUTCOME_WITHHELD);
  EXPECT_EQ(StateOfEnded(Of({})), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(StateOfEnded(Of({refused})), v1::TRACE_STATE_REFUSED);
  const v1::Hop restricted = Answered(v1::LEGAL_GROUND_CONFIDENTIALITY_LAW);
  EXPECT_EQ(StateOfEnded(Of({refused, restricted})), v1::TRACE_STATE_RESTRICTED);
  EXPECT_EQ(StateOfEnded(Of({refused, restricted, Answered()})), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(StateOfEnded(Of({Answered(), Waiting()})), v1::TRACE_STATE_EXPIRED);
}

TEST(TracedItem, IsTheLastThatWasDescribed) {
  v1::Trace trace;
  trace.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number("A");
  EXPECT_EQ(TracedItem(trace).weapon().serial_number(), "A");
  trace.add_supplements()->mutable_item()->mutable_weapon()->set_serial_number("B");
  trace.add_supplements()->set_message("no other description");
  EXPECT_EQ(TracedItem(trace).weapon().serial_number(), "B");
}

TEST(HopClock, TellsWhatIsOwedByTheEarlierOfTwoTargets) {
  v1::Hop hop = Waiting();
  EXPECT_EQ(Overdue(hop, kNow + absl::Hours(10'000)), "") << "the ITI sets no target";
  *hop.mutable_acknowledge_by() = ToTimestamp(kNow + absl::Hours(2));
  *hop.mutable_desk()->mutable_acknowledge_by() = ToTimestamp(kNow + absl::Hours(1));
  *hop.mutable_answer_by() = ToTimestamp(kNow + absl::Hours(3));
  EXPECT_EQ(Overdue(hop, kNow + absl::Minutes(59)), "");
  EXPECT_EQ(Overdue(hop, kNow + absl::Hours(1)), "acknowledgement");
  EXPECT_EQ(MissedTarget(hop, kNow + absl::Hours(1)), kNow + absl::Hours(1));
  EXPECT_EQ(NextLook(hop, kNow, absl::InfiniteFuture()), kNow + absl::Hours(1));
  *hop.mutable_desk()->mutable_acknowledge_time() = ToTimestamp(kNow);
  EXPECT_EQ(Overdue(hop, kNow + absl::Hours(2)), "");
  EXPECT_EQ(NextLook(hop, kNow, absl::InfiniteFuture()), kNow + absl::Hours(3));
  EXPECT_EQ(NextLook(hop, kNow, kNow + absl::Hours(1)), kNow + absl::Hours(1));
  EXPECT_EQ(Overdue(hop, kNow + absl::Hours(3)), "answer");
}

TEST(HopClock, StandsWhileInformationIsWantedAndGoesOnByAsMuchLater) {
  v1::Hop hop = Wanting();
  *hop.mutable_answer_by() = ToTimestamp(kNow + absl::Hours(1));
  *hop.mutable_desk()->mutable_answer_by() = ToTimestamp(kNow + absl::Hours(2));
  const absl::Time later = kNow + absl::Hours(30);
  EXPECT_EQ(Overdue(hop, later), "");
  EXPECT_EQ(MissedTarget(hop, later), absl::InfinitePast());
  ResumeClocks(&hop, later);
  EXPECT_FALSE(hop.desk().has_wanted_time());
  EXPECT_EQ(FromTimestamp(hop.answer_by()), later + absl::Hours(1));
  EXPECT_EQ(FromTimestamp(hop.desk().answer_by()), later + absl::Hours(2));
  ResumeClocks(&hop, later + absl::Hours(1));
  EXPECT_EQ(FromTimestamp(hop.answer_by()), later + absl::Hours(1)) << "it did not stand";
}

}  // namespace
}  // namespace tracegate
