#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LEGAL_HOLDS_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LEGAL_HOLDS_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/retention/retained_log.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Which holds stand, worked out from the log's LEGAL_HOLD_CHANGED entries. A plain value.
class HoldTable {
 public:
  // All of a log. DATA_LOSS (LOG_DAMAGED) where an entry cannot be read.
  static absl::StatusOr<HoldTable> Read(RetainedLog& log);

  // The next entry about holds. `state`: whose it is, from the header.
  void Apply(const std::string& state, const v1::LegalHold& hold);

  bool Holds(std::string_view trace_id) const;
  // Those of one State, by hold and trace; empty: those of all.
  std::vector<v1::LegalHold> Of(std::string_view state) const;

 private:
  // State, hold, trace.
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, v1::LegalHold> standing_;
  std::map<std::string, int, std::less<>> holds_on_;  // by trace
};

// The legal holds of a running gateway. Nothing is erased past a hold: whichever of the two, hold or erasure, comes to the
// log first is first.
//
// Thread safety: all methods from any thread. Lifetime: `log` outlives it.
class LegalHolds {
 public:
  using Done = std::function<void(absl::StatusOr<v1::LegalHold>)>;

  // Reads in the store what was set before. Errors: the store's; DATA_LOSS (LOG_DAMAGED).
  static absl::StatusOr<std::unique_ptr<LegalHolds>> Open(RecordStore* store, EvidenceLog* log);

  // Sets a hold, or lifts it: with an empty trace_id on all its traces. `header` says who: actor, state, method. `done`
  // runs once, after it is recorded; a hold that is set counts from the call on.
  //
  // Errors: FIELD_REQUIRED, FIELD_INVALID naming what of `hold` is wrong; as EvidenceLog.
  void Change(const v1::EntryHeader& header, const v1::LegalHold& hold, Done done);

  bool Holds(std::string_view trace_id) const;
  std::vector<v1::LegalHold> Of(std::string_view state) const;

  // Hands the draft to the log unless one of the traces is held; then false, and nothing was done.
  bool AppendUnlessHeld(const std::set<std::string>& traces, RecordDraft draft,
                        EvidenceLog::Done done);

 private:
  LegalHolds(EvidenceLog* log, HoldTable table) : log_(log), table_(std::move(table)) {}
  bool HoldsLocked(std::string_view trace_id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Recorded(const std::string& state, const std::vector<v1::LegalHold>& changes, bool ok);

  EvidenceLog* const log_;
  mutable absl::Mutex mutex_;
  HoldTable table_ ABSL_GUARDED_BY(mutex_);
  // Traces of holds that are being recorded.
  std::multiset<std::string, std::less<>> coming_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LEGAL_HOLDS_H_
