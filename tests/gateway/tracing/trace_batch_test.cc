#include "gateway/tracing/trace_batch.h"

#include <future>
#include <memory>
#include <string>

#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

class TraceBatchTest : public TracingHouse {
 protected:
  void Begin(absl::Time deadline = absl::InfiniteFuture()) {
    Start();
    batch_ =
        std::make_shared<TraceBatch>(TraceBatch::Parts{.tracer = tracer_.get(),
                                                       .timers = timers_.get(),
                                                       .clock = [this] { return timers_->Now(); }},
                                     officer_, deadline);
  }

  std::future<Reply> Open(const std::string& request_id, const std::string& serial) {
    v1::CreateTraceRequest create;
    create.set_request_id(request_id);
    *create.mutable_request() = ExampleRequest();
    create.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number(serial);
    auto promise = std::make_shared<std::promise<Reply>>();
    const std::string bytes = create.SerializeAsString();
    batch_->Open(std::move(create), bytes,
                 [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }

  static bool TracedBefore(const v1::Trace& trace) {
    for (const v1::MarkRemark& remark : trace.remarks()) {
      if (remark.kind() == v1::REMARK_KIND_TRACED_BEFORE) return true;
    }
    return false;
  }

  std::shared_ptr<TraceBatch> batch_;
};

TEST_F(TraceBatchTest, RepliesWithTheTraceInProgressWhereAStateDoesNotAnswer) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Begin();
  auto reply = Open("batch-0001", "ABC123");
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  timers_->Advance(TraceBatch::kItemWait);
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  EXPECT_FALSE(trace.has_finding());
  // Sent again it waits with the first, and has the answer.
  auto again = Open("batch-0001", "ABC123");
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  // Where the batch has not let go of the first yet, it takes the second from its timers.
  for (int i = 0; i < 30'000; ++i) {
    if (again.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready) break;
    timers_->Advance(absl::ZeroDuration());
  }
  const v1::Trace ended = Checked(Wait(std::move(again)));
  EXPECT_EQ(ended.trace_id(), trace.trace_id());
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_ANSWERED);
  EXPECT_EQ(austria_->asked().size(), 1u);
}

TEST_F(TraceBatchTest, WaitsNoLongerThanTheBatchMay) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Begin(absl::FromUnixSeconds(1'780'000'000) + TraceBatch::kItemWait / 5);
  auto reply = Open("batch-0001", "ABC123");
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  timers_->Advance(TraceBatch::kItemWait / 5);
  EXPECT_FALSE(Checked(Wait(std::move(reply))).has_finding());
}

TEST_F(TraceBatchTest, OpensTheSecondOfOneNumberOnceTheFirstIsOnRecord) {
  brazil_->Plays([](const auto&) { return std::nullopt; });
  Begin();
  auto first = Open("batch-0001", "ABC123");
  auto second = Open("batch-0002", "ABC-123");
  auto third = Open("batch-0003", "abc123");
  auto other = Open("batch-0004", "ABC124");
  ASSERT_TRUE(brazil_->AwaitUnanswered(2));
  EXPECT_EQ(brazil_->asked().size(), 2u);
  brazil_->Plays([](const auto&) { return NoRecords(); });
  brazil_->Answer(NoRecords());
  EXPECT_FALSE(TracedBefore(Checked(Wait(std::move(first)))));
  EXPECT_FALSE(TracedBefore(Checked(Wait(std::move(other)))));
  for (auto* later : {&second, &third}) {
    // The waits for replies of all that are open, and the next to be opened.
    AwaitClosed();
    ASSERT_TRUE(timers_->AwaitWaiting(1));
    timers_->Advance(absl::ZeroDuration());
    EXPECT_TRUE(TracedBefore(Checked(Wait(std::move(*later)))));
  }
}

TEST_F(TraceBatchTest, GoesOnBehindOneThatFails) {
  Begin();
  auto bad = Open("short", "ABC123");
  auto good = Open("batch-0002", "ABC123");
  EXPECT_EQ(DetailOf(Wait(std::move(bad)).status()).violations(0).field(), "request_id");
  timers_->Advance(absl::ZeroDuration());
  EXPECT_FALSE(TracedBefore(Checked(Wait(std::move(good)))));
  auto stopped = Open("batch-0003", "RASPADO");
  EXPECT_EQ(DetailOf(Wait(std::move(stopped)).status()).reason(), v1::REASON_QUALITY_GATE);
}

}  // namespace
}  // namespace tracegate
