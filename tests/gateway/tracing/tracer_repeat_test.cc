#include <future>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

using TracerRepeat = TracingHouse;

TEST_F(TracerRepeat, GivesTheSameRequestTheSameBytesWhileItRuns) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto first = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  auto second = Ask();
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  const auto one = Wait(std::move(first));
  const auto other = Wait(std::move(second));
  Checked(one);
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(*one, *other);
  EXPECT_EQ(austria_->asked().size(), 1u);
}

TEST_F(TracerRepeat, GivesTheSameRequestTheSameBytesAfterItEndedAndRecordsThat) {
  Start();
  const auto first = Wait(Ask());
  Checked(first);
  AwaitClosed();
  const size_t disclosed = Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).size();
  const auto second = Wait(Ask());
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(austria_->asked().size(), 1u);
  EXPECT_EQ(Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).size(), disclosed + 1);
}

TEST_F(TracerRepeat, GivesTheStoredReplyWhereTheSameRequestEndedAfterItsLookIntoTheStore) {
  Start();
  Tracer sibling(house_, limits_);
  v1::CreateTraceRequest create;
  create.set_request_id("request-1");
  *create.mutable_request() = ExampleRequest();
  std::promise<Reply> ended;
  bool asked = false;
  brazil_->Plays([&](const auto&) {
    // The first question is the run's that has just looked: meanwhile the sibling runs from begin to end.
    if (!std::exchange(asked, true)) {
      sibling.Create(officer_, create, create.SerializeAsString(), absl::InfiniteFuture(),
                     [&](Reply reply) { ended.set_value(std::move(reply)); });
      while (sibling.open_traces() != 0) std::this_thread::yield();
    }
    return NoRecords();
  });
  const auto late = Wait(Ask());
  const auto first = Wait(ended.get_future());
  Checked(first);
  ASSERT_TRUE(late.ok()) << late.status();
  EXPECT_EQ(*late, *first);
  EXPECT_EQ(austria_->asked().size(), 1u);
}

TEST_F(TracerRepeat, SaysInEveryHeaderWhoActedForWhichStateByWhichCall) {
  Start();
  Checked(Wait(Ask()));
  AwaitClosed();
  Checked(Wait(Ask()));
  for (const auto kind : {v1::ENTRY_KIND_REQUEST_RECEIVED, v1::ENTRY_KIND_ANSWER_DISCLOSED}) {
    const auto headers = Entries(kind);
    EXPECT_FALSE(headers.empty());
    for (const v1::EntryHeader& header : headers) {
      EXPECT_EQ(header.actor(), officer_.spiffe_id);
      EXPECT_EQ(header.state(), "BR");
      EXPECT_EQ(header.method(), "/tracegate.v1.TraceService/CreateTrace");
    }
  }
  for (const v1::EntryHeader& header : Entries(v1::ENTRY_KIND_HOP_ASKED)) {
    EXPECT_EQ(header.actor(), house_.gateway_id);
    EXPECT_EQ(header.state(), "BR");
  }
}

TEST_F(TracerRepeat, RefusesAChangedBodyUnderTheSameId) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto first = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  v1::TraceRequest changed = ExampleRequest();
  changed.mutable_item()->mutable_weapon()->set_serial_number("ABC124");
  EXPECT_EQ(ReasonOf(Wait(Create(officer_, "request-1", changed)).status()),
            v1::REASON_REQUEST_ID_REUSED);
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  Checked(Wait(std::move(first)));
  AwaitClosed();
  EXPECT_EQ(ReasonOf(Wait(Create(officer_, "request-1", changed)).status()),
            v1::REASON_REQUEST_ID_REUSED);
}

TEST_F(TracerRepeat, KeepsTheIdsOfAgenciesApart) {
  Start();
  const v1::Trace one = Checked(Wait(Ask()));
  const Caller other = ExampleCaller("BR", "exercito", Role::kRegistry);
  const v1::Trace two = Checked(Wait(Create(other, "request-1", ExampleRequest())));
  EXPECT_NE(one.trace_id(), two.trace_id());
}

TEST_F(TracerRepeat, GoesOnWithAnOpenTraceAfterARestart) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  const std::string hop_id = austria_->asked()[0].hop_id();
  Stop();
  austria_->Plays([](const auto&) { return AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AR"); });
  Start();
  ASSERT_TRUE(tracer_->Resume().ok());
  AwaitClosed();
  const v1::Trace trace = Checked(Wait(Ask()));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(trace.hops_size(), 3);
  EXPECT_EQ(trace.finding().outcome(), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  ASSERT_EQ(austria_->asked().size(), 2u);
  EXPECT_EQ(austria_->asked()[1].hop_id(), hop_id);
  EXPECT_EQ(brazil_->asked().size(), 1u);
}

TEST_F(TracerRepeat, ResumesNothingWhereNothingIsOpen) {
  Start();
  Checked(Wait(Ask()));
  Stop();
  Start();
  ASSERT_TRUE(tracer_->Resume().ok());
  EXPECT_EQ(tracer_->open_traces(), 0);
  EXPECT_EQ(austria_->asked().size(), 1u);
}

TEST_F(TracerRepeat, GivesTheSameBytesAfterARestart) {
  Start();
  const auto first = Wait(Ask());
  Checked(first);
  Stop();
  Start();
  const auto second = Wait(Ask());
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*first, *second);
}

TEST_F(TracerRepeat, GivesWaitersTheTraceInProgressWhenItStopsAndTakesNothingMore) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto reply = Ask();
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  tracer_->Drain();
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_IN_PROGRESS);
  EXPECT_EQ(ReasonOf(Wait(Ask("request-1")).status()), v1::REASON_DRAINING);
  EXPECT_EQ(ReasonOf(Wait(Ask("request-2")).status()), v1::REASON_DRAINING);
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));  // too late: nobody takes it
  auto row = store_->FindTrace(trace.trace_id());
  ASSERT_TRUE(row.ok() && row->has_value());
  EXPECT_TRUE((*row)->open);
  EXPECT_EQ((*row)->state, v1::TRACE_STATE_IN_PROGRESS);
}

TEST_F(TracerRepeat, RepliesToEveryCallThatComesWhileItStops) {
  Start();
  std::vector<std::future<Reply>> replies;
  std::thread caller([&] {
    for (int i = 0; i < 50; ++i) replies.push_back(Ask("request-" + std::to_string(i)));
  });
  tracer_->Drain();
  caller.join();
  for (auto& reply : replies) {
    const Reply got = Wait(std::move(reply));
    if (got.ok()) continue;
    EXPECT_EQ(ReasonOf(got.status()), v1::REASON_DRAINING) << got.status();
  }
}

TEST_F(TracerRepeat, DoesNotGiveAReplyAgainThatWasErased) {
  Start();
  const v1::Trace trace = Checked(Wait(Ask()));
  AwaitClosed();
  RecordDraft draft;
  draft.entries.resize(1);
  draft.entries[0].header.set_kind(v1::ENTRY_KIND_CONTENT_ERASED);
  draft.erasure.entries = {(*store_->FindTrace(trace.trace_id()))->reply_entry};
  draft.erasure.traces = {trace.trace_id()};
  v1::ErasedContent erased;
  erased.add_indexes(draft.erasure.entries[0]);
  draft.entries[0].content = erased.SerializeAsString();
  ASSERT_TRUE(AppendTo(*log_, draft).ok());
  for (int pass = 0; pass < 2; ++pass) {
    const size_t asked = austria_->asked().size();
    EXPECT_EQ(ReasonOf(Wait(Ask()).status()), v1::REASON_TRACE_ERASED);
    EXPECT_EQ(austria_->asked().size(), asked);
    EXPECT_EQ(ReasonOf(tracer_->Get(officer_, trace.trace_id()).status()), v1::REASON_TRACE_ERASED);
    EXPECT_EQ(ReasonOf(tracer_->Watch(officer_, trace.trace_id(), 0, {[](auto&&...) {}})),
              v1::REASON_TRACE_ERASED);
    // To whom it was nothing before, it is nothing now.
    EXPECT_EQ(ReasonOf(tracer_->Get(argentine_gateway_, trace.trace_id()).status()),
              v1::REASON_TRACE_NOT_FOUND);
    const auto list = tracer_->List(officer_, {});
    ASSERT_TRUE(list.ok()) << list.status();
    ASSERT_EQ(list->traces_size(), 1);
    EXPECT_EQ(list->traces(0).trace_id(), trace.trace_id());
    EXPECT_EQ(list->traces(0).request_id(), "request-1");
    EXPECT_FALSE(list->traces(0).has_request());
    Stop();
    Start();
  }
  Checked(Wait(Ask("request-2")));
}

}  // namespace
}  // namespace tracegate
