#ifndef TRACEGATE_GATEWAY_EVIDENCE_WITNESS_WITNESS_H_
#define TRACEGATE_GATEWAY_EVIDENCE_WITNESS_WITNESS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/audit/verifier_key.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/witness/cosigner.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Watches the logs of other States' gateways (https://c2sp.org/tlog-witness): cosigns a checkpoint that follows from the
// last one it cosigned, and no other. What it saw it remembers in this gateway's own log, so a restart forgets nothing.
//
// Two checkpoints of one log that contradict each other (smaller than before; one size, two roots) are a conflict for
// good: the log has to be begun anew under another name or key. One that is merely not shown to follow is a conflict
// until it is shown.
//
// Thread safety: all methods from any thread. Lifetime: `log` outlives it.
class Witness {
 public:
  struct Options {
    EvidenceLog* log = nullptr;
    std::string gateway_id;     // who records
    std::string gateway_state;  // the State it speaks for
    Cosigner cosigner;
    std::map<std::string, audit::VerifierKey, std::less<>> logs;  // by State: that gateway's log
    std::function<absl::Time()> clock;                            // no default
    // Hears of a conflict, beside the log; may be empty.
    std::function<void(const std::string& state, const v1::LogConflict&)> tell_conflict;
  };
  using Done = std::function<void(absl::StatusOr<v1::AddCheckpointResponse>)>;

  // Reads in the own log what was cosigned before. DATA_LOSS (LOG_DAMAGED) where an entry of it cannot be read.
  static absl::StatusOr<std::unique_ptr<Witness>> Open(Options options, RecordStore* store);

  // What that State's gateway asks (AddCheckpoint in evidence.proto). `done` runs once; a cosignature is given out only
  // after it stands in the own log.
  //
  // A log that has shrunk is recorded as a conflict, and its gateway is told what it had: no cosignature, but the known
  // checkpoint.
  //
  // Errors: FAILED_PRECONDITION (LOG_CONFLICT), recorded; STATE_NOT_SERVED where no log of that State is known here;
  // INVALID_ARGUMENT (FIELD_INVALID) naming what of the request is wrong; OVERLOADED where that log is just being
  // cosigned.
  void AddCheckpoint(const std::string& state, const v1::AddCheckpointRequest& request, Done done);

  // Why that State's log is not believed; OK where nothing speaks against it.
  absl::Status CheckLog(std::string_view state) const;

 private:
  // What is known of one log.
  struct Seen {
    int64_t size = 0;
    audit::Digest root{};
    std::string note;  // as its log signed it
    v1::LogConflictKind conflict = v1::LOG_CONFLICT_KIND_UNSPECIFIED;
    bool busy = false;  // being recorded
  };

  // What the own log has of one log: the checkpoint cosigned last, and the conflicts since.
  struct Recalled {
    std::string cosigned;
    std::vector<v1::LogConflict> conflicts;
  };

  static v1::AddCheckpointResponse KnownOf(const Seen& seen);

  explicit Witness(Options options) : options_(std::move(options)) {}

  absl::Status Remember(RecordStore* store);
  absl::Status Recall(const EntryRow& row, std::map<std::string, Recalled>* recalled) const;
  static Seen SeenOf(const audit::VerifierKey& key, const Recalled& last);
  // What is made of it, by what was seen last.
  void Judge(const std::string& state, const v1::AddCheckpointRequest& request,
             const audit::SignedCheckpoint& checkpoint, const Seen& last, Done done);
  void Conflict(const std::string& state, const v1::AddCheckpointRequest& request,
                v1::LogConflictKind kind, std::function<void(absl::Status)> done);
  void Cosign(const std::string& state, const v1::AddCheckpointRequest& request, Seen next,
              Done done);
  EntryDraft EntryOf(v1::EntryKind kind, const std::string& state, std::string content) const;

  const Options options_;
  mutable absl::Mutex mutex_;
  std::map<std::string, Seen, std::less<>> seen_ ABSL_GUARDED_BY(mutex_);  // by State
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_WITNESS_WITNESS_H_
