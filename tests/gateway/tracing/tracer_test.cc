#include "gateway/tracing/tracer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

using TracerTest = TracingHouse;

TEST_F(TracerTest, AsksItsOwnRegistryThenTheMakersStateThenTheStateNamedInTheAnswer) {
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_ANSWERED);
  ASSERT_EQ(trace.hops_size(), 3);
  EXPECT_EQ(trace.hops(0).to_state(), "BR");
  EXPECT_EQ(trace.hops(0).reason(), v1::ROUTE_REASON_OWN_REGISTRY);
  EXPECT_EQ(trace.hops(0).agreement_id(), "");
  EXPECT_EQ(trace.hops(0).answer().outcome(), v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(trace.hops(1).to_state(), "AT");
  EXPECT_EQ(trace.hops(1).reason(), v1::ROUTE_REASON_COUNTRY_OF_MANUFACTURE);
  EXPECT_EQ(trace.hops(1).agreement_id(), "BR-asks-AT");
  EXPECT_EQ(trace.hops(1).state(), v1::HOP_STATE_REDIRECTED);
  EXPECT_EQ(trace.hops(2).to_state(), "AR");
  EXPECT_EQ(trace.hops(2).reason(), v1::ROUTE_REASON_NAMED_IN_ANSWER);
  EXPECT_EQ(trace.hops(2).remote_trace_id(), "REMOTE");
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  EXPECT_EQ(trace.finding().hop_number(), 3);
  EXPECT_EQ(trace.request().requesting_agency().name(), "policia-federal");
}

TEST_F(TracerTest, AsksNobodyAbroadOnceItsOwnRegistrySettlesIt) {
  v1::RegistryRecord record = ExampleRecord();
  record.add_events()->set_kind(v1::LIFE_EVENT_KIND_THEFT);
  brazil_->Plays([&](const auto&) { return RecordsOf(record); });
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  ASSERT_EQ(trace.hops_size(), 1);
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_REPORTED_LOST_OR_STOLEN);
  EXPECT_TRUE(austria_->asked().empty());
  EXPECT_EQ(trace.hops(0).answer().candidates(0).record().record_number(), "R-1");
}

TEST_F(TracerTest, EndsWhereTheTrailTurnsBackOnItself) {
  argentina_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AT"); });
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(trace.hops_size(), 3);
  EXPECT_EQ(austria_->asked().size(), 1u);
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_TRANSFERRED_TO_STATE);
}

TEST_F(TracerTest, RecordsAHopThatNoAgreementAllowsAndAsksNothingOfIt) {
  agreements_.erase(agreements_.begin());  // BR asks AT
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  ASSERT_EQ(trace.hops_size(), 2);
  EXPECT_EQ(trace.hops(1).state(), v1::HOP_STATE_FAILED);
  EXPECT_EQ(trace.hops(1).failure().reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(austria_->asked().empty());
  EXPECT_TRUE(Entries(v1::ENTRY_KIND_HOP_ASKED).empty());
  const auto failed = Entries(v1::ENTRY_KIND_HOP_FAILED);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].to_state(), "AT");
  EXPECT_EQ(failed[0].reason(), "NO_AGREEMENT");
}

TEST_F(TracerTest, RecordsAHopToAStateThatItCannotReach) {
  austria_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "CL"); });
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  ASSERT_EQ(trace.hops_size(), 3);
  EXPECT_EQ(trace.hops(2).failure().reason(), v1::REASON_STATE_NOT_SERVED);
}

TEST_F(TracerTest, AsksAbroadOnlyAfterTheQuestionIsInTheStore) {
  size_t at_austria = 0;
  size_t at_argentina = 0;
  austria_->Plays([&](const auto&) {
    at_austria = Entries(v1::ENTRY_KIND_HOP_ASKED).size();
    return AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AR");
  });
  argentina_->Plays([&](const auto& question) {
    const auto asked = Entries(v1::ENTRY_KIND_HOP_ASKED);
    at_argentina = asked.size();
    EXPECT_EQ(asked.back().to_state(), "AR");
    EXPECT_EQ(question.request().to_state(), "AR");
    EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_ANSWERED).size(), 2u);
    return AnswerOf(v1::OUTCOME_NO_RECORD);
  });
  Start();
  Checked(Wait(Ask()));
  EXPECT_EQ(at_austria, 1u);
  EXPECT_EQ(at_argentina, 2u);
}

TEST_F(TracerTest, WaitsForAStateThatIsAwayAndAsksItAgain) {
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "away"); });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(timers_->AwaitWaiting(2));  // the waiter's and the retry
  const std::string trace_id = Entries(v1::ENTRY_KIND_HOP_ASKED).at(0).trace_id();
  v1::Trace waiting = Got(officer_, trace_id);
  EXPECT_EQ(waiting.state(), v1::TRACE_STATE_IN_PROGRESS);
  EXPECT_EQ(waiting.hops(1).state(), v1::HOP_STATE_WAITING);
  EXPECT_EQ(waiting.hops(1).failure().reason(), v1::REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(waiting.hops(1).failure().attempts(), 1);
  EXPECT_TRUE(waiting.hops(1).failure().has_next_attempt_time());
  timers_->Advance(absl::Seconds(7));
  ASSERT_TRUE(timers_->AwaitWaiting(2));
  EXPECT_EQ(Got(officer_, trace_id).hops(1).failure().attempts(), 2);
  austria_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK); });
  timers_->Advance(absl::Seconds(13));
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_HELD_IN_STATE_STOCK);
  EXPECT_FALSE(trace.hops(1).has_failure());
  const auto asked = austria_->asked();
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_EQ(asked[0].hop_id(), asked[2].hop_id());
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_ASKED).size(), 1u);
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_FAILED).size(), 1u);
}

TEST_F(TracerTest, AsksAgainWhenAPeerSaysThatItIsWorkingOnIt) {
  Start();
  adapter::v1::FindResponse pending;
  pending.mutable_pending()->mutable_ask_again_time()->set_seconds(
      absl::ToUnixSeconds(timers_->Now()) + 60);
  austria_->Plays([&](const auto&) { return pending; });
  auto reply = Ask();
  ASSERT_TRUE(timers_->AwaitWaiting(2));
  timers_->Advance(absl::Seconds(59));
  EXPECT_EQ(austria_->asked().size(), 1u);
  austria_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK); });
  timers_->Advance(absl::Seconds(1));
  EXPECT_EQ(Checked(Wait(std::move(reply))).state(), v1::TRACE_STATE_ANSWERED);
}

TEST_F(TracerTest, EndsAHopThatAPeerRefuses) {
  austria_->Plays([](const auto&) { return Failure(v1::REASON_NO_AGREEMENT, "not with us"); });
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  EXPECT_EQ(trace.hops(1).state(), v1::HOP_STATE_REFUSED);
  EXPECT_EQ(trace.hops(1).failure().reason(), v1::REASON_NO_AGREEMENT);
}

TEST_F(TracerTest, RepliesWithTheTraceInProgressBeforeTheDeadline) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Create(officer_, "request-1", ExampleRequest(), timers_->Now() + absl::Seconds(10));
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  timers_->Advance(absl::Seconds(10) - absl::Milliseconds(1));
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_IN_PROGRESS);
  EXPECT_EQ(trace.hops(1).state(), v1::HOP_STATE_ASKED);
  EXPECT_FALSE(trace.has_finding());
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  AwaitClosed();
  const v1::Trace ended = Checked(Wait(Ask()));
  EXPECT_EQ(ended.trace_id(), trace.trace_id());
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_ANSWERED);
}

TEST_F(TracerTest, ExpiresATraceThatNobodyAnswers) {
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "away"); });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(timers_->AwaitWaiting(2));
  const std::string trace_id = Entries(v1::ENTRY_KIND_HOP_ASKED).at(0).trace_id();
  timers_->Advance(absl::Hours(25));
  AwaitClosed();
  const v1::Trace trace = Got(officer_, trace_id);
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_EXPIRED);
}

TEST_F(TracerTest, TellsWatchersTheTraceNowAndItsEnd) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  const std::string trace_id = Entries(v1::ENTRY_KIND_HOP_ASKED).at(0).trace_id();
  std::vector<bool> heard;
  ASSERT_TRUE(tracer_
                  ->Watch(officer_, trace_id, 0,
                          {[&](const std::string&, bool ended) { heard.push_back(ended); }})
                  .ok());
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  Checked(Wait(std::move(reply)));
  AwaitClosed();
  EXPECT_EQ(heard.front(), false);
  EXPECT_EQ(heard.back(), true);
  EXPECT_EQ(std::count(heard.begin(), heard.end(), true), 1);
  std::vector<bool> late;
  ASSERT_TRUE(tracer_
                  ->Watch(officer_, trace_id, 0,
                          {[&](const std::string&, bool ended) { late.push_back(ended); }})
                  .ok());
  EXPECT_THAT(late, testing::ElementsAre(true));
}

TEST_F(TracerTest, StopsWhatTheQualityGateStopsAndNamesTheField) {
  Start();
  v1::TraceRequest request = ExampleRequest();
  request.mutable_item()->mutable_weapon()->clear_serial_number();
  const auto reply = Wait(Create(officer_, "request-1", request));
  const v1::FailureDetail detail = DetailOf(reply.status());
  EXPECT_EQ(detail.reason(), v1::REASON_QUALITY_GATE);
  EXPECT_EQ(detail.violations(0).field(), "request.item.weapon.serial_number");
  EXPECT_EQ(log_->size(), 0);
  EXPECT_EQ(tracer_->open_traces(), 0);
}

TEST_F(TracerTest, ChecksWithoutOpeningATrace) {
  Start();
  auto response = tracer_->Check(officer_, ExampleRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_TRUE(response->passes());
  ASSERT_GE(response->route_size(), 2);
  EXPECT_EQ(response->route(0).state(), "BR");
  EXPECT_EQ(response->route(1).state(), "AT");
  EXPECT_EQ(log_->size(), 0);
  EXPECT_FALSE(tracer_->Check(officer_, {}).ok());
}

TEST_F(TracerTest, RemarksInTheLanguageOfTheAsker) {
  Start();
  v1::TraceRequest request = ExampleRequest();
  request.mutable_item()->mutable_weapon()->set_serial_number("RASPADO");
  EXPECT_EQ(
      tracer_->Check(officer_, request, "fr-CA")->remarks(0).message(),
      "Le num\u00E9ro de s\u00E9rie a \u00E9t\u00E9 enlev\u00E9 et aucun caract\u00E8re n'en est "
      "donn\u00E9.");
  EXPECT_EQ(tracer_->Check(officer_, request, "xx")->remarks(0).message(),
            tracer_->Check(officer_, request)->remarks(0).message());
}

TEST_F(TracerTest, TakesNoMoreTracesThanItsBoundAndSaysWhenToRetry) {
  limits_.open_traces_max = 1;
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto first = Ask("request-1");
  const auto second = Wait(Ask("request-2"));
  EXPECT_EQ(ReasonOf(second.status()), v1::REASON_OVERLOADED);
  EXPECT_TRUE(DetailOf(second.status()).has_retry_after());
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  Checked(Wait(std::move(first)));
}

TEST_F(TracerTest, AsksTheStatesThatTheMarksLeadToAtOnceWhereItMay) {
  limits_.hops_at_once = 3;
  brazil_->Plays([](const auto&) { return std::nullopt; });
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(brazil_->AwaitUnanswered(1));
  ASSERT_TRUE(austria_->AwaitUnanswered(1)) << "it does not wait for its own registry";
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_ASKED).size(), 1u);
  austria_->Answer(AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AR"));
  brazil_->Answer(NoRecords());
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  ASSERT_EQ(trace.hops_size(), 3);
  EXPECT_EQ(trace.hops(2).to_state(), "AR");
  EXPECT_EQ(trace.finding().hop_number(), 3);
  EXPECT_EQ(trace.hops(0).trail_end(), v1::TRAIL_END_DEAD_END);
  EXPECT_EQ(trace.hops(1).trail_end(), v1::TRAIL_END_UNSPECIFIED);
  EXPECT_EQ(trace.hops(2).trail_end(), v1::TRAIL_END_SETTLED);
}

TEST_F(TracerTest, TellsAWatcherThatComesBackWhatItHasNotSeen) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  const std::string trace_id = Entries(v1::ENTRY_KIND_HOP_ASKED).at(0).trace_id();
  const int64_t seen = Got(officer_, trace_id).revision();
  EXPECT_GT(seen, 0);
  std::vector<std::string> heard;
  const auto hear = [&](const std::string& bytes, bool) { heard.push_back(bytes); };
  ASSERT_TRUE(tracer_->Watch(officer_, trace_id, seen, {hear}).ok());
  EXPECT_TRUE(heard.empty()) << "nothing has changed since";
  ASSERT_TRUE(tracer_->Watch(officer_, trace_id, seen - 1, {hear}).ok());
  EXPECT_EQ(heard.size(), 1u);
  EXPECT_EQ(ReasonOf(tracer_->Watch(officer_, trace_id, -1, {hear})), v1::REASON_FIELD_INVALID);
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  const int64_t last = Checked(Wait(std::move(reply))).revision();
  AwaitClosed();
  heard.clear();
  ASSERT_TRUE(tracer_->Watch(officer_, trace_id, last, {hear}).ok());
  EXPECT_EQ(heard, std::vector<std::string>{""}) << "it has ended, and that was seen";
}

TEST_F(TracerTest, TellsOnceOfEachTargetThatAStateMisses) {
  auto& agreement = *std::find_if(agreements_.begin(), agreements_.end(),
                                  [](const auto& a) { return a.id() == "BR-asks-AT"; });
  agreement.mutable_acknowledge_within()->set_seconds(3600);
  agreement.mutable_answer_within()->set_seconds(7200);
  std::vector<std::string> overdue;
  house_.tell_overdue = [&](std::string_view, std::string_view state, std::string_view owed) {
    overdue.push_back(std::string(state) + " " + std::string(owed));
  };
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "away"); });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(timers_->AwaitWaiting(2)) << "the waiter's, and when to ask again";
  timers_->Advance(absl::Minutes(59));
  EXPECT_TRUE(overdue.empty());
  timers_->Advance(absl::Minutes(2));
  EXPECT_EQ(overdue.front(), "AT acknowledgement");
  timers_->Advance(absl::Hours(2));
  EXPECT_EQ(AwaitEntries(v1::ENTRY_KIND_TARGET_MISSED, 2).size(), 2u) << "one entry a target";
  const std::string trace_id = Entries(v1::ENTRY_KIND_HOP_ASKED).at(0).trace_id();
  EXPECT_TRUE(Got(officer_, trace_id).hops(1).has_escalate_time());
}

}  // namespace
}  // namespace tracegate
