#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/receipt_check.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"

namespace tracegate {
namespace {

using Future = std::future<absl::StatusOr<Recorded>>;

std::unique_ptr<EvidenceLog> OpenLog(RecordStore& store) {
  auto log = EvidenceLog::Open(&store, ExampleOptions());
  EXPECT_TRUE(log.ok()) << log.status();
  return log.ok() ? *std::move(log) : nullptr;
}

// Holds the first commit up until drafts have gathered behind it.
class Gathering {
 public:
  explicit Gathering(FakeRecordStore& store) {
    store.before_commit = [this](const WriteBatch& batch) {
      if (!entered_.HasBeenNotified()) {
        entered_.Notify();
        open_.WaitForNotification();
      }
      return verdict ? verdict(batch) : absl::OkStatus();
    };
  }

  std::vector<absl::StatusOr<Recorded>> AppendTogether(EvidenceLog& log,
                                                       const std::vector<RecordDraft>& drafts) {
    std::vector<Future> waiting;
    waiting.push_back(Append(log, ExampleNote("first")));
    entered_.WaitForNotification();
    for (const RecordDraft& draft : drafts) waiting.push_back(Append(log, draft));
    open_.Notify();
    std::vector<absl::StatusOr<Recorded>> outcomes;
    for (size_t i = 1; i < waiting.size(); ++i) outcomes.push_back(waiting[i].get());
    return outcomes;
  }

  std::function<absl::Status(const WriteBatch&)> verdict;

 private:
  absl::Notification entered_;
  absl::Notification open_;
};

TEST(EvidenceLogFailure, OfTheNthCommitLeavesTheLogAsItWas) {
  constexpr int kAppends = 8;
  for (int failing = 1; failing <= kAppends; ++failing) {
    FakeRecordStore store;
    int commits = 0;
    store.before_commit = [&](const WriteBatch&) {
      return ++commits == failing ? Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is full")
                                  : absl::OkStatus();
    };
    auto log = OpenLog(store);
    for (int i = 1; i <= kAppends; ++i) {
      const std::string before = log->checkpoint();
      const auto recorded = AppendTo(*log, ExampleDraft("T" + std::to_string(i)));
      EXPECT_EQ(recorded.ok(), i != failing);
      if (i == failing) {
        EXPECT_EQ(ReasonOf(recorded.status()), v1::REASON_RECORD_NOT_DURABLE);
        EXPECT_EQ(log->checkpoint(), before);
      } else {
        EXPECT_TRUE(VerifyReply(recorded->reply, log->verifier_key()).ok());
      }
    }
    log = nullptr;
    EXPECT_EQ(OpenLog(store)->size(), 2 * (kAppends - 1));
    EXPECT_FALSE(store.FindTrace("T" + std::to_string(failing))->has_value());
  }
}

TEST(EvidenceLogFailure, OfTheDiskFailsTheWholeBatchOnce) {
  FakeRecordStore store;
  Gathering gathering(store);
  int tries = 0;
  gathering.verdict = [&](const WriteBatch& batch) {
    if (batch.entries.size() < 3) return absl::OkStatus();
    ++tries;
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is full");
  };
  const auto log = OpenLog(store);
  for (const auto& outcome : gathering.AppendTogether(
           *log, {ExampleDraft("T1"), ExampleDraft("T2"), ExampleDraft("T3")})) {
    EXPECT_EQ(ReasonOf(outcome.status()), v1::REASON_RECORD_NOT_DURABLE);
  }
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(log->size(), 1);
  EXPECT_TRUE(AppendTo(*log, ExampleDraft("T4")).ok());
}

TEST(EvidenceLogFailure, OfOneDraftFailsItAlone) {
  FakeRecordStore store;
  Gathering gathering(store);
  auto log = OpenLog(store);
  std::vector<RecordDraft> drafts;
  for (int i = 0; i < 9; ++i) drafts.push_back(ExampleDraft("T" + std::to_string(i)));
  drafts[5].trace->request_id = drafts[2].trace->request_id;
  drafts[8].trace->request_id = drafts[0].trace->request_id;
  const auto outcomes = gathering.AppendTogether(*log, drafts);
  for (size_t i = 0; i < outcomes.size(); ++i) {
    if (i == 5 || i == 8) {
      EXPECT_EQ(outcomes[i].status().code(), absl::StatusCode::kAlreadyExists);
      EXPECT_EQ(ReasonOf(outcomes[i].status()), v1::REASON_REQUEST_ID_REUSED);
      continue;
    }
    ASSERT_TRUE(outcomes[i].ok()) << i << outcomes[i].status();
    EXPECT_TRUE(VerifyReply(outcomes[i]->reply, log->verifier_key()).ok());
    // What was tried and taken back is recorded as it was drafted.
    EXPECT_EQ(store.ReadEntry(outcomes[i]->first_index)->content, drafts[i].entries[0].content);
    EXPECT_EQ((*store.FindTrace(drafts[i].trace->trace_id))->body, "body");
  }
  EXPECT_EQ(log->size(), 1 + 7 * 2);
  log = nullptr;
  EXPECT_EQ(OpenLog(store)->size(), 1 + 7 * 2);
}

TEST(EvidenceLogFailure, ThatIsDamageStopsTheLogForGood) {
  FakeRecordStore store;
  Gathering gathering(store);
  bool damaged = false;
  int commits = 0;
  gathering.verdict = [&](const WriteBatch&) {
    ++commits;
    if (commits != 2) return absl::OkStatus();
    damaged = true;
    return Failure(v1::REASON_LOG_DAMAGED, "malformed page");
  };
  const auto log = OpenLog(store);
  for (const auto& outcome :
       gathering.AppendTogether(*log, {ExampleDraft("T1"), ExampleDraft("T2")})) {
    EXPECT_EQ(ReasonOf(outcome.status()), v1::REASON_LOG_DAMAGED);
  }
  EXPECT_TRUE(damaged);
  // The store would take it.
  EXPECT_EQ(ReasonOf(AppendTo(*log, ExampleDraft("T3")).status()), v1::REASON_LOG_DAMAGED);
  EXPECT_EQ(commits, 2);
  EXPECT_EQ(log->size(), 1);
}

}  // namespace
}  // namespace tracegate
