#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_CONTENT_ERASER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_CONTENT_ERASER_H_

#include <cstdint>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/retention/legal_holds.h"
#include "gateway/evidence/retention/retained_log.h"
#include "gateway/evidence/retention/retention_plan.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Erases the contents whose retention has ended, some at a time: each batch is one step of the log, of CONTENT_ERASED
// entries that say what goes, when and under which rule, and of the erasure itself. A kill leaves both or neither; the
// next round goes on.
//
// With a trace's final reply goes what its row holds of it: the reply is not given again, and the trace is not found by
// its serial number any more.
//
// A clock that steps back, also during a round, erases nothing early. One that runs ahead does: the machine's clock is
// believed.
//
// Thread safety: one thread at a time. Lifetime: what `Options` points to outlives it.
class ContentEraser {
 public:
  struct Options {
    RecordStore* store = nullptr;
    EvidenceLog* log = nullptr;
    LegalHolds* holds = nullptr;
    std::string gateway_id;  // who records
    std::string gateway_state;
    config::v1::Retention retention;
    std::function<absl::Time()> clock;  // no default
    size_t batch_entries = 256;         // erased at once
  };

  struct Report {
    int64_t entries = 0;  // erased
    int64_t bytes = 0;    // of their contents
    int64_t traces = 0;   // whose final reply is among them
    int64_t held = 0;     // that would have been
  };

  explicit ContentEraser(Options options);

  // One round over the log. Ends early where the token asks to stop.
  //
  // Errors: as EvidenceLog and RecordStore; what was erased before stays erased, and the next round does the rest.
  absl::StatusOr<Report> EraseDue(std::stop_token stop = {});

 private:
  // One content that is due.
  struct Due {
    int64_t index;
    int64_t bytes;
    const config::v1::RetentionRule* rule;
    absl::Time until;
    std::string trace_id;
    bool is_reply;  // the final one of its trace
  };

  // Erases them but for what is held by now. `last`: of this round.
  absl::Status EraseBatch(std::vector<Due> batch, bool last, Report* report);
  RecordDraft DraftOf(const std::vector<Due>& batch, bool sweep) const;

  const Options options_;
  const RetentionPlan plan_;
  const std::unique_ptr<RetainedLog> log_;
  // Entries before it are erased, or never will be.
  int64_t settled_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_CONTENT_ERASER_H_
