#include "gateway/tracing/trace_run.h"

#include <memory>
#include <utility>
#include <vector>

#include "tests/gateway/storage/memory_record_store.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

// A disk that is away.
class AwayStore : public MemoryRecordStore {
 public:
  absl::Status Commit(const WriteBatch&) override {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is away");
  }
};

TEST_F(TracingHouse, EndsARunOnceHoweverMuchOfItCouldNotBeRecorded) {
  Start();
  AwayStore store;
  auto options = ExampleOptions();
  options.by_hand = true;
  options.clock = [this] { return timers_->Now(); };
  const auto log = *EvidenceLog::Open(&store, options);
  StepGate gate;
  house_.log = log.get();
  house_.gate = &gate;
  v1::Trace trace;
  trace.set_trace_id("TRACE");
  *trace.mutable_request() = ExampleRequest();
  std::vector<TraceRun::End> ends;
  const auto run = std::make_shared<TraceRun>(&house_, &limits_, TraceKey{"BR/agency", "actor", ""},
                                              trace, ItemReading(trace.request().item()),
                                              [&](TraceRun::End end) { ends.push_back(end); });
  int failures = 0;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(run->AwaitReply(timers_->Now() + absl::Seconds(10), [&](const Reply& reply) {
      EXPECT_EQ(ReasonOf(reply.status()), v1::REASON_RECORD_NOT_DURABLE);
      ++failures;
    }));
  }
  timers_->Advance(absl::Seconds(10));
  EXPECT_TRUE(log->RecordQueued());
  EXPECT_EQ(failures, 3);
  EXPECT_EQ(ends, std::vector{TraceRun::End::kAbandoned});
}

}  // namespace
}  // namespace tracegate
