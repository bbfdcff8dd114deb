#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETAINED_LOG_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETAINED_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/evidence/retention/retention_plan.h"
#include "gateway/storage/record_store.h"
#include "gateway/storage/sqlite_log_file.h"

namespace tracegate {

// A log as retention looks at it: a running gateway's, or a file.
//
// Thread safety: one thread at a time. Errors: the store's.
class RetainedLog {
 public:
  virtual ~RetainedLog() = default;

  // Calls `row` for entries from `from`, in order, until it returns false or none is left.
  virtual absl::Status Scan(int64_t from, const std::function<bool(const EntryRow&)>& row) = 0;

  // Where a trace stands. Not knowing it is no error.
  virtual absl::StatusOr<TraceStanding> StandingOf(const std::string& trace_id) = 0;
};

// `store` outlives it.
std::unique_ptr<RetainedLog> RetainedLogIn(RecordStore* store);

// A record store's file, read only. Errors: as SqliteLogFile::Open.
absl::StatusOr<std::unique_ptr<RetainedLog>> RetainedLogIn(const std::string& file);

// One entry, and what the plan says of it.
struct JudgedEntry {
  const EntryRow& row;
  const v1::EntryHeader& header;
  const TraceStanding& trace;
  RetentionVerdict verdict;
};

// Judges entries from `from` on until `judged` returns false. `held`: whether a
// hold on that trace stands. DATA_LOSS (LOG_DAMAGED) where an entry cannot be read.
absl::Status JudgeEntries(RetainedLog& log, const RetentionPlan& plan, int64_t from, absl::Time now,
                          const std::function<bool(const std::string& trace_id)>& held,
                          const std::function<bool(const JudgedEntry&)>& judged);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETAINED_LOG_H_
