#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_WRITER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_WRITER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/log_head.h"
#include "gateway/evidence/log_keys.h"
#include "gateway/evidence/log_view.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// The writer thread of an evidence log and the queue before it. It commits at once whatever is queued
// and never waits for more: while one batch is being made durable, the next one gathers.
//
// What streams tell (RecordDraft.of_stream) waits in a queue of its own, so that ten thousand watchers of one trace keep
// nothing from being recorded: a part of it goes with each batch.
//
// A batch that the store refuses for one draft's sake is committed again in halves, down to that
// draft, so that only it fails. A disk that refuses fails the whole batch, and the log goes on with the next. Damage
// (DATA_LOSS) stops the log for good.
//
// Thread safety, lifetime, durability, errors: as EvidenceLog, whose drafts come here checked.
class LogWriter {
 public:
  using Done = EvidenceLog::Done;

  struct Options {
    int queue_max;
    bool by_hand;
    std::function<absl::Time()> clock;
  };

  LogWriter(RecordStore* store, Options options, std::unique_ptr<LogKeys> keys, LogReplay replay);
  ~LogWriter();

  void Append(RecordDraft draft, Done done);
  bool RecordQueued();
  LogView view() const;
  absl::Status damage() const;
  const LogKeys& keys() const { return *keys_; }
  void StopAppending(std::string_view why);

 private:
  // Drafts and who waits for each, side by side.
  struct Queue {
    std::vector<RecordDraft> drafts;
    std::vector<Done> dones;
  };
  struct OfStream {
    RecordDraft draft;
    Done done;
  };

  absl::Status Enqueue(RecordDraft& draft, Done& done);
  void Loop();
  // False where nothing more will come.
  bool AwaitQueued();
  // Takes what goes into the next batches into taken_; false where nothing is queued.
  bool Take();
  bool nothing_queued() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Record(std::span<RecordDraft> drafts, std::span<Done> dones);
  absl::StatusOr<std::vector<Recorded>> Commit(std::span<RecordDraft> drafts);
  void Publish();
  void NoteDamage(const absl::Status& status);

  RecordStore* const store_;
  const Options options_;
  const std::unique_ptr<LogKeys> keys_;

  // The writer thread's own; by hand, of whoever records.
  Queue taken_;
  Hasher hasher_;
  LogHead head_;

  mutable absl::Mutex mutex_;
  absl::CondVar queued_;
  Queue queue_ ABSL_GUARDED_BY(mutex_);
  std::deque<OfStream> of_streams_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status damage_ ABSL_GUARDED_BY(mutex_);
  LogView view_ ABSL_GUARDED_BY(mutex_);

  std::thread thread_;  // none by hand
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_WRITER_H_
