#include "gateway/evidence/evidence_log.h"

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/note_verifier.h"
#include "gateway/evidence/receipt_check.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

using Future = std::future<absl::StatusOr<Recorded>>;

std::unique_ptr<EvidenceLog> OpenLog(RecordStore& store,
                                     EvidenceLog::Options options = ExampleOptions()) {
  auto log = EvidenceLog::Open(&store, std::move(options));
  EXPECT_TRUE(log.ok()) << log.status();
  return log.ok() ? *std::move(log) : nullptr;
}

bool IsReady(const Future& future) {
  return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

v1::EntryHeader HeaderOf(RecordStore& store, int64_t index) {
  v1::EntryHeader header;
  EXPECT_TRUE(header.ParseFromString(store.ReadEntry(index)->header));
  return header;
}

// A store whose commits wait until they are let through.
struct BlockedStore : FakeRecordStore {
  BlockedStore() {
    before_commit = [this](const WriteBatch&) {
      if (!entered.HasBeenNotified()) entered.Notify();
      open.WaitForNotification();
      return absl::OkStatus();
    };
  }
  absl::Notification entered;  // the first commit is waiting
  absl::Notification open;
};

TEST(EvidenceLog, StartsEmptyAndUnsigned) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  EXPECT_EQ(log->size(), 0);
  EXPECT_EQ(log->checkpoint(), "");
}

TEST(EvidenceLog, RecordsEntriesTraceAndReplyTogether) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  ASSERT_TRUE(AppendTo(*log, ExampleNote("first")).ok());
  const auto recorded = AppendTo(*log, ExampleDraft("T1"));
  ASSERT_TRUE(recorded.ok());
  EXPECT_EQ(recorded->first_index, 1);
  EXPECT_TRUE(VerifyReply(recorded->reply, log->verifier_key()).ok());

  const v1::EntryHeader header = HeaderOf(store, 2);
  EXPECT_EQ(header.record_time_us(), 1'000'000);
  EXPECT_EQ(header.content_bytes(), static_cast<int64_t>(ExampleReply("T1").size()));
  EXPECT_EQ(store.ReadEntry(2)->content, ExampleReply("T1"));
  EXPECT_EQ(store.ReadEntry(2)->salt.size(), 32u);
  EXPECT_NE(store.ReadEntry(1)->salt, store.ReadEntry(2)->salt);

  // From the trace's row the very reply can be given again.
  const TraceRow row = **store.FindTrace("T1");
  EXPECT_EQ(row.reply_entry, 2);
  v1::Receipt receipt;
  ASSERT_TRUE(receipt.ParseFromString(row.reply_receipt));
  EXPECT_TRUE(
      VerifyReceipt(store.ReadEntry(row.reply_entry)->content, receipt, log->verifier_key()).ok());
}

TEST(EvidenceLog, GivesNoReplyWhereNoneWasDrafted) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  RecordDraft draft = ExampleDraft("T1");
  draft.reply_entry = -1;
  draft.trace->reply_entry = 17;
  EXPECT_EQ(AppendTo(*log, draft)->reply, "");
  EXPECT_EQ((*store.FindTrace("T1"))->reply_entry, 17);
}

TEST(EvidenceLog, SignsACheckpointOfItsSize) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  ASSERT_TRUE(AppendTo(*log, ExampleDraft("T1")).ok());
  EXPECT_EQ(log->size(), 2);
  const auto text = NoteVerifier::Parse(log->verifier_key())->Open(log->checkpoint());
  ASSERT_TRUE(text.ok()) << text.status();
  const auto checkpoint = ParseCheckpoint(*text);
  EXPECT_EQ(checkpoint->origin, "registry.example/log");
  EXPECT_EQ(checkpoint->tree_size, 2);
  EXPECT_EQ((*store.LatestCheckpoint())->note, log->checkpoint());
}

TEST(EvidenceLog, GoesOnWhereItWasLeft) {
  FakeRecordStore store;
  std::string checkpoint;
  for (int i = 0; i < 6; ++i) {
    const auto log = OpenLog(store);
    EXPECT_EQ(log->size(), 2 * i);
    EXPECT_EQ(log->checkpoint(), checkpoint);
    const auto recorded = AppendTo(*log, ExampleDraft("T" + std::to_string(i)));
    EXPECT_EQ(recorded->first_index, 2 * i);
    EXPECT_TRUE(VerifyReply(recorded->reply, log->verifier_key()).ok());
    checkpoint = log->checkpoint();
  }
}

TEST(EvidenceLog, TimeNeverGoesBackwards) {
  FakeRecordStore store;
  const StandingClock clock;
  *clock.now_us = 5'000'000;
  auto log = OpenLog(store, ExampleOptions(clock));
  ASSERT_TRUE(AppendTo(*log, ExampleNote("one")).ok());
  *clock.now_us = 4'000'000;
  ASSERT_TRUE(AppendTo(*log, ExampleNote("two")).ok());
  log = nullptr;
  log = OpenLog(store, ExampleOptions(clock));
  ASSERT_TRUE(AppendTo(*log, ExampleNote("three")).ok());
  *clock.now_us = 6'000'000;
  ASSERT_TRUE(AppendTo(*log, ExampleNote("four")).ok());
  EXPECT_EQ(HeaderOf(store, 1).record_time_us(), 5'000'000);
  EXPECT_EQ(HeaderOf(store, 2).record_time_us(), 5'000'000);
  EXPECT_EQ(HeaderOf(store, 3).record_time_us(), 6'000'000);
}

TEST(EvidenceLog, AcknowledgesNothingBeforeTheStoreHasCommitted) {
  BlockedStore store;
  const auto log = OpenLog(store);
  Future recorded = Append(*log, ExampleDraft("T1"));
  store.entered.WaitForNotification();
  EXPECT_FALSE(IsReady(recorded));
  EXPECT_EQ(log->size(), 0);
  EXPECT_EQ(log->checkpoint(), "");
  store.open.Notify();
  EXPECT_TRUE(recorded.get().ok());
}

TEST(EvidenceLog, CommitsWhatGatheredTogether) {
  BlockedStore store;
  const auto log = OpenLog(store);
  std::vector<Future> waiting;
  waiting.push_back(Append(*log, ExampleDraft("T0")));
  store.entered.WaitForNotification();
  for (int i = 1; i < 100; ++i)
    waiting.push_back(Append(*log, ExampleDraft("T" + std::to_string(i))));
  store.open.Notify();
  for (Future& future : waiting) {
    const auto recorded = future.get();
    ASSERT_TRUE(recorded.ok());
    EXPECT_TRUE(VerifyReply(recorded->reply, log->verifier_key()).ok());
  }
  EXPECT_EQ(store.commits(), 2);
  EXPECT_EQ(log->size(), 200);
}

// A log whose writer is held with one draft: what is appended now is queued.
struct BusyLog {
  explicit BusyLog(int queue_max = ExampleOptions().queue_max) {
    EvidenceLog::Options options = ExampleOptions();
    options.queue_max = queue_max;
    log = OpenLog(store, options);
    Queue(ExampleNote("with the writer"));
    store.entered.WaitForNotification();
  }
  void Queue(RecordDraft draft) { waiting.push_back(Append(*log, std::move(draft))); }
  void RecordAll() {
    store.open.Notify();
    for (Future& future : waiting) EXPECT_TRUE(future.get().ok());
  }

  BlockedStore store;
  std::unique_ptr<EvidenceLog> log;
  std::vector<Future> waiting;
};

TEST(EvidenceLog, RefusesAtOnceWhereItsQueueIsFull) {
  BusyLog busy(2);
  for (int i = 0; i < 2; ++i) busy.Queue(ExampleNote("queued"));
  const auto refused = AppendTo(*busy.log, ExampleNote("one too many"));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused.status()), v1::REASON_OVERLOADED);
  EXPECT_TRUE(DetailOf(refused.status()).has_retry_after());
  busy.RecordAll();
  EXPECT_TRUE(AppendTo(*busy.log, ExampleNote("room again")).ok());
  EXPECT_EQ(busy.log->size(), 4);
}

RecordDraft ExampleTold(const std::string& what) {
  RecordDraft draft = ExampleNote(what);
  draft.of_stream = true;
  return draft;
}

TEST(EvidenceLog, TakesCallsHoweverMuchStreamsTell) {
  BusyLog busy(2);
  for (int i = 0; i < 16; ++i) busy.Queue(ExampleTold("told"));
  EXPECT_EQ(ReasonOf(AppendTo(*busy.log, ExampleTold("one too many")).status()),
            v1::REASON_OVERLOADED);
  for (int i = 0; i < 2; ++i) busy.Queue(ExampleNote("a call's"));
  busy.RecordAll();
  EXPECT_EQ(busy.log->size(), 19);
}

TEST(EvidenceLog, RecordsACallBeforeWhatStreamsStillTellAndThatInOrder) {
  BusyLog busy;
  std::vector<Future> told;
  for (int i = 0; i < 1000; ++i) told.push_back(Append(*busy.log, ExampleTold("told")));
  auto call = Append(*busy.log, ExampleNote("a call's"));
  busy.RecordAll();
  EXPECT_EQ(call.get()->first_index, 1);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(told[i].get()->first_index, 2 + i);
}

TEST(EvidenceLog, CommitsWhatIsQueuedBeforeItGoes) {
  BlockedStore store;
  auto log = OpenLog(store);
  std::vector<Future> waiting;
  for (int i = 0; i < 20; ++i) waiting.push_back(Append(*log, ExampleNote("queued")));
  store.entered.WaitForNotification();
  std::thread closing([&] { log.reset(); });
  store.open.Notify();
  closing.join();
  for (Future& future : waiting) EXPECT_TRUE(future.get().ok());
  EXPECT_EQ(*store.EntryCount(), 20);
}

TEST(EvidenceLog, RecordsByHandWhenToldToAndWhatIsLeftBeforeItGoes) {
  FakeRecordStore store;
  auto options = ExampleOptions();
  options.by_hand = true;
  auto log = OpenLog(store, options);
  EXPECT_FALSE(log->RecordQueued());
  auto first = Append(*log, ExampleNote("first"));
  EXPECT_FALSE(IsReady(first));
  EXPECT_TRUE(log->RecordQueued());
  EXPECT_TRUE(IsReady(first));
  EXPECT_FALSE(log->RecordQueued());
  EXPECT_EQ(store.commits(), 1);
  // What a callback appends is for the next time.
  log->Append(ExampleNote("second"), [&](const auto&) {
    log->Append(ExampleNote("third"), [](const auto& recorded) { EXPECT_TRUE(recorded.ok()); });
  });
  EXPECT_TRUE(log->RecordQueued());
  EXPECT_EQ(log->size(), 2);
  log.reset();
  EXPECT_EQ(*store.EntryCount(), 3);
}

TEST(EvidenceLog, MayBeAppendedToFromACallback) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  std::promise<int64_t> second;
  log->Append(ExampleNote("one"), [&](absl::StatusOr<Recorded>) {
    log->Append(ExampleNote("two"), [&](absl::StatusOr<Recorded> recorded) {
      second.set_value(recorded->first_index);
    });
  });
  EXPECT_EQ(second.get_future().get(), 1);
}

TEST(EvidenceLog, GivesEveryOneOfManyThreadsItsOwnIndexesAndReceipt) {
  constexpr int kThreads = 8;
  constexpr int kEach = 40;
  const SqlitePlace place;
  const auto store = place.Open();
  auto log = OpenLog(*store);
  std::vector<std::vector<Recorded>> recorded(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        auto one = AppendTo(*log, ExampleDraft(id));
        if (one.ok()) recorded[static_cast<size_t>(thread)].push_back(*std::move(one));
        log->checkpoint();
        log->size();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<int64_t> indexes;
  for (const auto& of_thread : recorded) {
    for (const Recorded& one : of_thread) {
      indexes.insert(one.first_index);
      EXPECT_TRUE(VerifyReply(one.reply, log->verifier_key()).ok());
    }
  }
  EXPECT_EQ(indexes.size(), size_t{kThreads * kEach});
  EXPECT_EQ(log->size(), 2 * kThreads * kEach);
  log = nullptr;
  EXPECT_EQ(OpenLog(*store)->size(), 2 * kThreads * kEach);
}

TEST(EvidenceLog, RefusesADraftWithoutTheEntriesItSpeaksOf) {
  FakeRecordStore store;
  const auto log = OpenLog(store);
  RecordDraft draft = ExampleDraft("T1");
  for (const int entry : {2, -2}) {
    draft.reply_entry = entry;
    EXPECT_EQ(ReasonOf(AppendTo(*log, draft).status()), v1::REASON_INTERNAL);
  }
  EXPECT_EQ(ReasonOf(AppendTo(*log, RecordDraft()).status()), v1::REASON_INTERNAL);
  EXPECT_EQ(log->size(), 0);
}

TEST(EvidenceLog, OpensOnlyWithKeyOriginAndClock) {
  FakeRecordStore store;
  EvidenceLog::Options options = ExampleOptions();
  options.origin = "two words";
  EXPECT_EQ(ReasonOf(EvidenceLog::Open(&store, options).status()), v1::REASON_CONFIG_INVALID);
  options = ExampleOptions();
  options.signing_key_pem = P256Pem();
  EXPECT_EQ(ReasonOf(EvidenceLog::Open(&store, options).status()), v1::REASON_CONFIG_INVALID);
  options = ExampleOptions();
  options.clock = nullptr;
  EXPECT_EQ(ReasonOf(EvidenceLog::Open(&store, options).status()), v1::REASON_INTERNAL);
}

}  // namespace
}  // namespace tracegate
