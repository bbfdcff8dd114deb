#ifndef TRACEGATE_GATEWAY_EVIDENCE_EVIDENCE_LOG_H_
#define TRACEGATE_GATEWAY_EVIDENCE_EVIDENCE_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/log_view.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// One thing to record. The log fills in the time, the content's length and the commitment.
struct EntryDraft {
  v1::EntryHeader header;
  std::string content;
};

// What one caller records at once: it stands in the log together or not at all, with the row it describes.
struct RecordDraft {
  std::vector<EntryDraft> entries;  // at least one
  std::optional<TraceRow> trace;
  // Each with `entry` the one of `entries` that holds it.
  std::vector<DocumentRow> documents;
  // With the entries of `entries` that hold request and reply; needs `reply_entry`.
  std::optional<AnsweredRow> answered;
  // Which of `entries` holds the reply about to be released, or -1: none. Its receipt comes back, and with `trace` or
  // `answered` set they keep it.
  int reply_entry = -1;
  // Whether the reply has a field for its receipt (15: v1::Trace.receipt); else the receipt comes back by itself.
  bool receipt_in_reply = true;
  // One of the replies of a stream: thousands may watch one thing, and what they are told waits in a queue of its own,
  // behind calls and steps of traces and in order among itself.
  bool of_stream = false;
  // What is erased with it, of what was recorded before. Needs an entry CONTENT_ERASED among `entries`: nothing is erased
  // without a record of it.
  Erasure erasure;
};

// What came of it.
struct Recorded {
  int64_t first_index = 0;
  // The reply's content with its receipt behind it as field 15 (v1::Trace.receipt); empty without a reply entry, or where
  // the reply has no such field.
  std::string reply;
  // Then: the receipt alone, a serialised v1::Receipt.
  std::string receipt;
};

// The append-only evidence log: one writer thread takes whatever is queued, commits it together with the rows it
// describes, signs one checkpoint for the batch, and only then lets each caller's reply go.
//
// Thread safety: all methods from any thread.
//
// Durability: `done` runs with OK only after the store has made the batch durable.
//
// Errors: RESOURCE_EXHAUSTED (OVERLOADED) where the queue is full; UNAVAILABLE (RECORD_NOT_DURABLE) where the
// store failed: nothing of the draft is in the log; DATA_LOSS (LOG_DAMAGED) once the log does not verify: every
// later Append fails so. Open re-hashes the whole log and compares it with its last checkpoint; a log that does not
// verify opens for reading alone: every Append fails as FAILED_PRECONDITION (LOG_READ_ONLY), saying what is wrong.
class EvidenceLog {
 public:
  using Done = std::function<void(absl::StatusOr<Recorded>)>;

  struct Options {
    std::string origin;                    // name of the log (C2SP checkpoint origin)
    std::string signing_key_pem;           // Ed25519 private key, PKCS#8 PEM
    std::string next_signing_key_pem;      // the one that follows, while both sign; empty: none
    std::vector<std::string> former_keys;  // C2SP verifier keys that signed before
    int queue_max = 8192;                  // drafts; of streams eight times as many beside them
    // No writer thread: RecordQueued records, for a caller that has a loop of its own.
    bool by_hand = false;
    std::function<absl::Time()> clock;  // no default
  };

  // `store` outlives the log.
  static absl::StatusOr<std::unique_ptr<EvidenceLog>> Open(RecordStore* store, Options options);
  // Commits what is queued, then stops the writer.
  ~EvidenceLog();

  // Never blocks. `done` runs exactly once, on the writer's thread (or at once where refused); it must not
  // block.
  void Append(RecordDraft draft, Done done);

  // By hand only, from one thread at a time and not from within a `done`: records what is queued and runs each `done`
  // before it returns. False where nothing was queued; what a `done` appends is for the next call.
  bool RecordQueued();

  int64_t size() const;
  // The newest signed checkpoint; empty where the log is.
  std::string checkpoint() const;
  // Both, with what proofs and exports of that moment need.
  LogView view() const;

  // C2SP verifier key of this log: `<origin>+<hash>+<base64>`. Where two keys sign, the present one's.
  std::string verifier_key() const;
  // Those of all keys that sign now.
  std::vector<std::string> verifier_keys() const;
  // Whether other keys than those signed the last checkpoint that Open found: to be recorded first.
  bool keys_changed() const;

  // What a checkpoint says that one of this log's keys, present or former, signed. INVALID_ARGUMENT where none did.
  absl::StatusOr<Checkpoint> OpenOwn(std::string_view note) const;

  // From now on every Append fails as LOG_READ_ONLY, saying `why`: for damage that is found from outside.
  void StopAppending(std::string_view why);

  // Why nothing is appended any more; OK where the log is sound.
  absl::Status damage() const;

 private:
  class Impl;
  explicit EvidenceLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_EVIDENCE_LOG_H_
