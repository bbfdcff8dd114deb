#include "gateway/tracing/trace_run.h"

#include <memory>
#include <utility>
#include <vector>

#include "tests/gateway/storage/memory_record_store.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

// A disk that may be away.
class AwayStore : public MemoryRecordStore {
 public:
  absl::Status Commit(const WriteBatch& batch) override {
    if (away) return Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is away");
    return MemoryRecordStore::Commit(batch);
  }
  bool away = false;
};

// Brazil's gateway with such a disk, whose log records when it is told to.
class AwayDisk : public TracingHouse {
 protected:
  void SetUp() override {
    Start();
    auto options = ExampleOptions();
    options.by_hand = true;
    options.clock = [this] { return timers_->Now(); };
    away_log_ = *EvidenceLog::Open(&away_store_, options);
    house_.store = &away_store_;
    house_.log = away_log_.get();
  }
  void RecordAll() {
    while (away_log_->RecordQueued()) continue;
  }

  AwayStore away_store_;
  std::unique_ptr<EvidenceLog> away_log_;
};

TEST_F(AwayDisk, EndsARunOnceHoweverMuchOfItCouldNotBeRecorded) {
  away_store_.away = true;
  StepGate gate;
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
  std::vector<std::pair<std::string, bool>> heard;
  run->Watch({[&](const std::string& bytes, bool ended) { heard.emplace_back(bytes, ended); }}, 0);
  timers_->Advance(absl::Seconds(10));
  RecordAll();
  // Who watches comes back, and is told nothing that is not on record.
  EXPECT_EQ(heard, (std::vector<std::pair<std::string, bool>>{{"", true}}));
  EXPECT_EQ(failures, 3);
  EXPECT_EQ(ends, std::vector{TraceRun::End::kAbandoned});
}

TEST_F(AwayDisk, TellsWhoActsOnATraceWhoseEndCannotBeRecordedAndRecordsItLater) {
  brazil_->Plays([](const auto&) { return std::nullopt; });
  Tracer tracer(house_, limits_);
  v1::CreateTraceRequest create;
  create.set_request_id("request-1");
  *create.mutable_request() = ExampleRequest();
  tracer.Create(officer_, create, create.SerializeAsString(), timers_->Now() + absl::Seconds(10),
                [](const Reply& reply) { EXPECT_TRUE(reply.ok()) << reply.status(); });
  timers_->Advance(absl::Seconds(10));
  RecordAll();
  const TraceRow row = away_store_.OpenTraces()->at(0);

  away_store_.away = true;
  timers_->Advance(limits_.expiry);
  Reply told;
  TraceStep step;
  step.trace_id = row.trace_id;
  step.act = [](const tracegate::Act&) -> absl::StatusOr<const v1::Hop*> { return nullptr; };
  tracer.Do(officer_, step, [&](Reply reply) { told = std::move(reply); });
  RecordAll();
  EXPECT_EQ(ReasonOf(told.status()), v1::REASON_RECORD_NOT_DURABLE);
  tracer.Create(officer_, create, create.SerializeAsString(), timers_->Now() + absl::Seconds(10),
                [&](Reply reply) { told = std::move(reply); });
  RecordAll();
  EXPECT_EQ(ReasonOf(told.status()), v1::REASON_RECORD_NOT_DURABLE);

  // It is tried again, each time after twice as long, a fifth more or less.
  timers_->Advance(1.3 * limits_.retry_first);
  RecordAll();
  away_store_.away = false;
  timers_->Advance(limits_.retry_first);
  RecordAll();
  EXPECT_TRUE((*away_store_.FindTrace(row.trace_id))->open);
  timers_->Advance(2 * limits_.retry_first);
  RecordAll();
  EXPECT_FALSE((*away_store_.FindTrace(row.trace_id))->open);
  tracer.Drain();
  timers_->Stop();
  registries_.reset();
}

}  // namespace
}  // namespace tracegate
