#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_RETAINED_HOUSE_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_RETAINED_HOUSE_H_

#include <future>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/retention/content_eraser.h"
#include "gateway/evidence/retention/legal_holds.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/retention/example_rule.h"

namespace tracegate {

inline absl::Time Year(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

// A log over some store, and what erases from it, under a clock that is set by hand. It stands at 2026 first.
class RetainedHouse {
 public:
  RetainedHouse() { SetClock(Year(2026)); }

  void SetClock(absl::Time now) { *clock_.now_us = absl::ToUnixMicros(now); }

  // Also after a restart.
  void Open(RecordStore* store) {
    holds_.reset();
    log_.reset();
    store_ = store;
    log_ = *EvidenceLog::Open(store, ExampleOptions(clock_));
    auto holds = LegalHolds::Open(store, log_.get());
    ASSERT_TRUE(holds.ok()) << holds.status();
    holds_ = *std::move(holds);
  }

  void Close() {
    holds_.reset();
    log_.reset();
  }

  // A trace of this State, from request to reply: three entries. An open one has no reply yet, and two.
  std::string AddTrace(const std::string& trace_id, bool open = false) {
    RecordDraft draft;
    const auto add = [&](v1::EntryKind kind, const std::string& content) {
      EntryDraft& entry = draft.entries.emplace_back();
      entry.header.set_kind(kind);
      entry.header.set_state("BR");
      entry.header.set_trace_id(trace_id);
      entry.content = content;
    };
    add(v1::ENTRY_KIND_REQUEST_RECEIVED, "request of " + trace_id);
    add(v1::ENTRY_KIND_HOP_ASKED, "question of " + trace_id);
    TraceRow& row = draft.trace.emplace();
    row.trace_id = trace_id;
    row.agency = "BR/policia-federal";
    row.request_id = "request " + trace_id;
    row.serial_number = "serial of " + trace_id;
    row.open = open;
    if (open) {
      row.body = "body of " + trace_id;
    } else {
      add(v1::ENTRY_KIND_ANSWER_DISCLOSED, ExampleReply(trace_id));
      draft.reply_entry = 2;
    }
    const auto recorded = AppendTo(*log_, std::move(draft));
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() ? recorded->reply : "";
  }

  // A call that was refused: of no trace.
  void AddRefusal(const std::string& content) {
    RecordDraft draft;
    EntryDraft& entry = draft.entries.emplace_back();
    entry.header.set_kind(v1::ENTRY_KIND_CALL_REFUSED);
    entry.header.set_state("AT");
    entry.content = content;
    EXPECT_TRUE(AppendTo(*log_, std::move(draft)).ok());
  }

  void AddStart(const std::string& content) {
    EXPECT_TRUE(AppendTo(*log_, ExampleNote(content)).ok());
  }

  absl::Status ChangeHold(v1::LegalHold hold, const std::string& state = "BR") {
    v1::EntryHeader header;
    header.set_state(state);
    header.set_actor("spiffe://br.example/policia-federal/compliance");
    std::promise<absl::Status> done;
    holds_->Change(header, hold, [&](const auto& changed) { done.set_value(changed.status()); });
    return done.get_future().get();
  }
  static v1::LegalHold Hold(const std::string& hold_id, const std::string& trace_id) {
    v1::LegalHold hold;
    hold.set_hold_id(hold_id);
    hold.set_trace_id(trace_id);
    hold.set_ground("order of a court");
    return hold;
  }
  static v1::LegalHold Lifted(v1::LegalHold hold) {
    hold.set_lifted(true);
    return hold;
  }

  ContentEraser::Options EraserOptions(config::v1::Retention retention,
                                       size_t batch_entries = 256) {
    return {.store = store_,
            .log = log_.get(),
            .holds = holds_.get(),
            .gateway_id = "spiffe://br.example/gateway/peer",
            .gateway_state = "BR",
            .retention = std::move(retention),
            .clock = clock_,
            .batch_entries = batch_entries};
  }

  ContentEraser::Report Erase(const config::v1::Retention& retention, size_t batch_entries = 256) {
    ContentEraser eraser(EraserOptions(retention, batch_entries));
    const auto report = eraser.EraseDue();
    EXPECT_TRUE(report.ok()) << report.status();
    return report.value_or(ContentEraser::Report{});
  }

  std::vector<int64_t> Erased() {
    std::vector<int64_t> indexes;
    ScanRows([&](const EntryRow& row, const v1::EntryHeader&) {
      if (IsErased(row)) indexes.push_back(row.index);
      // Half of it would be damage.
      EXPECT_EQ(row.salt.empty(), row.content.empty()) << row.index;
    });
    return indexes;
  }

  // What the log's entries say was erased.
  std::vector<v1::ErasedContent> Told() {
    std::vector<v1::ErasedContent> told;
    ScanRows([&](const EntryRow& row, const v1::EntryHeader& header) {
      if (header.kind() != v1::ENTRY_KIND_CONTENT_ERASED) return;
      EXPECT_TRUE(told.emplace_back().ParseFromString(row.content));
      EXPECT_EQ(told.back().trace_id(), header.trace_id());
    });
    return told;
  }

  // Each erased entry is told of, and nothing else is; the log still verifies.
  void ExpectSound() {
    std::multiset<int64_t> told;
    for (const auto& content : Told()) {
      told.insert(content.indexes().begin(), content.indexes().end());
    }
    EXPECT_THAT(Erased(), testing::ElementsAreArray(told));
    const auto log = EvidenceLog::Open(store_, ExampleOptions(clock_));
    ASSERT_TRUE(log.ok()) << log.status();
    EXPECT_TRUE((*log)->damage().ok()) << (*log)->damage();
  }

  template <typename Look>
  void ScanRows(Look look) {
    EXPECT_TRUE(store_
                    ->ScanEntries(0, false,
                                  [&](const EntryRow& row) {
                                    v1::EntryHeader header;
                                    EXPECT_TRUE(header.ParseFromString(row.header));
                                    look(row, header);
                                    return true;
                                  })
                    .ok());
  }

  RecordStore& store() { return *store_; }
  EvidenceLog& log() { return *log_; }
  LegalHolds& holds() { return *holds_; }
  const StandingClock& clock() const { return clock_; }

 private:
  StandingClock clock_;
  RecordStore* store_ = nullptr;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<LegalHolds> holds_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_RETENTION_RETAINED_HOUSE_H_
