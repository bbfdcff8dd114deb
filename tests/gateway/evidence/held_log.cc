#include "tests/gateway/evidence/held_log.h"

#include <memory>

#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/log_proofs.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/reply_receipt.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"

namespace tracegate {
namespace {

class HeldLog {
 public:
  HeldLog(RecordStore& store, EvidenceLog& log)
      : store_(store), log_(log), key_(log.verifier_key()), proofs_(&store, log.view()) {}

  // The reply is in the log, and no later history replaced the one that its receipt speaks of.
  void ExpectAcknowledged(const std::string& trace_id, const std::string& reply) {
    ASSERT_EQ(VerifyReply(reply, key_), absl::OkStatus()) << trace_id;
    const auto split = SplitReceipt(reply);
    const auto entry = store_.ReadEntry(split->receipt.leaf_index());
    ASSERT_TRUE(entry.ok()) << trace_id << ": " << entry.status();
    EXPECT_EQ(entry->header, split->receipt.header());
    EXPECT_EQ(entry->salt, split->receipt.salt());
    EXPECT_EQ(entry->content, split->content);
    const auto trace = store_.FindTrace(trace_id);
    ASSERT_TRUE(trace.ok() && *trace) << trace_id;
    EXPECT_EQ((*trace)->reply_entry, split->receipt.leaf_index());
    EXPECT_EQ(ReplyWithReceipt(entry->content, (*trace)->reply_receipt), reply);
    ExpectEarlierState(split->receipt.checkpoint());
  }

  // What a trace's row says of its reply holds, and both entries of its draft are there.
  void ExpectWhole(const TraceRow& trace) {
    const auto reply = store_.ReadEntry(trace.reply_entry);
    const auto request = store_.ReadEntry(trace.reply_entry - 1);
    ASSERT_TRUE(reply.ok() && request.ok()) << trace.trace_id;
    EXPECT_EQ(request->content, "request of " + trace.trace_id);
    EXPECT_EQ(reply->content, ExampleReply(trace.trace_id));
    EXPECT_TRUE(VerifyReply(ReplyWithReceipt(reply->content, trace.reply_receipt), key_).ok());
  }

 private:
  void ExpectEarlierState(const std::string& note) {
    const auto checkpoint = log_.OpenOwn(note);
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.status();
    const auto root = proofs_.Root(checkpoint->tree_size);
    ASSERT_TRUE(root.ok()) << root.status();
    EXPECT_EQ(*root, checkpoint->root) << checkpoint->tree_size;
  }

  RecordStore& store_;
  EvidenceLog& log_;
  const std::string key_;
  LogProofs proofs_;
};

void ExpectSoundToAnAuditor(const std::string& file, const EvidenceLog& log) {
  if (log.size() == 0) return;  // nothing is signed yet
  const auto source = audit::DatabaseLog::Open(file);
  ASSERT_TRUE(source.ok()) << source.status();
  const auto report = audit::AuditLog(**source, *audit::ParseVerifierKeys({log.verifier_key()}));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->wrong) << TextOf(*report->wrong);
  EXPECT_EQ(report->entries, log.size());
  EXPECT_EQ(report->erased, 0);
}

// How many entries are of traces.
int64_t CountOfTraces(RecordStore& store) {
  int64_t count = 0;
  const absl::Status scanned = store.ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
    v1::EntryHeader header;
    if (header.ParseFromString(row.header) && !header.trace_id().empty()) ++count;
    return true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return count;
}

}  // namespace

int64_t ExpectHeld(const SqliteRecordStore::Options& options,
                   const std::vector<Outcome>& outcomes) {
  const auto opened = SqliteRecordStore::Open(options);
  EXPECT_TRUE(opened.ok()) << opened.status();
  if (!opened.ok()) return -1;
  SqliteRecordStore& store = **opened;
  const auto log = EvidenceLog::Open(&store, ExampleOptions());
  EXPECT_TRUE(log.ok()) << log.status();
  if (!log.ok()) return -1;
  EXPECT_TRUE((*log)->damage().ok()) << (*log)->damage();
  const int64_t size = (*log)->size();
  HeldLog held(store, **log);
  for (const Outcome& outcome : outcomes) {
    if (outcome.reply.ok()) held.ExpectAcknowledged(outcome.trace_id, *outcome.reply);
  }
  TraceQuery all;
  all.limit = 1 << 20;
  const auto traces = store.ListTraces(all);
  EXPECT_TRUE(traces.ok()) << traces.status();
  if (!traces.ok()) return -1;
  for (const TraceRow& trace : *traces) held.ExpectWhole(trace);
  // No entry is there of a trace that is not.
  EXPECT_EQ(CountOfTraces(store), 2 * static_cast<int64_t>(traces->size()));
  ExpectSoundToAnAuditor(options.file, **log);
  const auto more = AppendTo(**log, ExampleDraft("after " + std::to_string(size)));
  EXPECT_TRUE(more.ok()) << more.status();
  return size;
}

}  // namespace tracegate
