#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/tracing/house.h"
#include "gateway/tracing/trace_audience.h"
#include "gateway/tracing/trace_course.h"
#include "gateway/tracing/trace_rows.h"
#include "gateway/tracing/trace_step.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// One open trace: asks along its course until the trail ends, and replies to whoever waits. All it knows is in the
// v1::Trace, so that it can be put down in the store and taken up again by another process.
//
// A question to another State is durable before it leaves; an answer is durable before anybody is told.
//
// Thread safety: all methods from any thread. Lifetime: callbacks hold the run alive until it has ended.
class TraceRun : public std::enable_shared_from_this<TraceRun> {
 public:
  using Reply = TraceAudience::Reply;
  using Watcher = TraceAudience::Watcher;
  enum class End {
    kClosed,     // answered and stored
    kAbandoned,  // could not be recorded; stored as open if it ever was stored
  };

  // `read` is of the item that is traced, where it has been read.
  TraceRun(const House* house, const TracingLimits* limits, TraceKey key, v1::Trace trace,
           std::optional<ItemReading> read, std::function<void(End)> on_end);

  // What came from the asker, recorded with the first commit; before Proceed. `agreement_id` is a peer's; else empty.
  void RecordRequest(std::string request_bytes, std::string agreement_id);

  // Registers a waiter: it gets the ended trace, or the trace in progress shortly before `deadline`. False where the
  // trace has ended already or the gateway stops: then nobody will reply.
  bool AwaitReply(absl::Time deadline, Reply reply);

  // Registers a watcher; it hears the present state at once where that is after revision `seen`.
  void Watch(Watcher watcher, int64_t seen);

  // Asks whoever is to be asked now, or ends. Called by the owner where the trace is new; then by the run itself.
  void Proceed();

  // Goes on where the trace stood when it was stored: what was being asked is asked again, what waits waits on.
  void Resume();

  // Somebody acts on the trace; `request` is recorded with what it changes. `reply` gets the trace after it, with its
  // receipt, or what the act says; then nothing is changed. False where the trace has ended: nobody will reply.
  bool Do(const TraceAct& act, v1::Agency who, bool is_peer, EntryDraft request, Reply reply);

  // Runs `then` once the owner knows how it ended; at once where it does.
  void OnceGone(std::function<void(End)> then);

  // The gateway stops: waiters get the trace in progress, watchers are let go, calls are cancelled.
  void Drain();

  const std::string& trace_id() const { return trace_id_; }
  const TraceKey& key() const { return key_; }
  // The trace as it stands.
  v1::Trace Snapshot();
  // The same, serialised without receipt.
  std::string Bytes();
  // Whether the same thing is asked.
  bool AsksTheSame(const v1::TraceRequest& request);

 private:
  struct Asking {
    int hop_number;
    adapter::v1::FindRequest question;
  };
  using Found = absl::StatusOr<adapter::v1::FindResponse>;

  std::vector<Asking> MarkAsked(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void AskAll(std::vector<Asking> askings);
  void Ask(Asking asking);
  void OnFound(const Asking& asking, Found found);
  void TakeWord(const Asking& asking, Found found);
  // The hop was answered, and a question about its answer was not: that was asked meanwhile, or it stays unanswered.
  void SeekOn(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wait(const Asking& asking, const Found& found);
  // Notes why the hop waits; gives when to ask again.
  absl::Time NoteWaiting(v1::Hop* hop, const Found& found, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The hop that an answer or failure is for; null where that came too late.
  v1::Hop* AskedHop(int hop_number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Asks the hop again at `when`, if it still waits then; 0: looks whether the trace has expired.
  void WakeAt(int hop_number, absl::Time when) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wake(int hop_number);
  void CancelTimers() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Ends a run that was taken up for nothing.
  void Leave();
  void Finish();
  void Closed(absl::StatusOr<Recorded> recorded);
  void Abandon(const absl::Status& why);
  // Tells the owner, the first time: several records of one run may fail.
  void Gone(End end);
  void ReplyInProgress(uint64_t waiter);
  // The watchers hear of what changed.
  void Notify();
  // They hear that no more comes from this run, and where the trace stands if that is on record.
  void TellTheEnd(bool recorded);
  std::vector<TraceAudience::Waiter> TakeWaiters();
  RecordDraft TakeDraft() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const House* const house_;
  const TracingLimits* const limits_;
  const TraceKey key_;
  const std::string trace_id_;
  const std::function<void(End)> on_end_;
  std::stop_source cancel_;

  // Held from taking a draft to handing it to the log, so that a later state of the trace never reaches the store
  // before an earlier one. Taken before mutex_; never held while a registry is asked.
  absl::Mutex commit_order_ ABSL_ACQUIRED_BEFORE(mutex_);
  absl::Mutex mutex_;
  TraceCourse course_ ABSL_GUARDED_BY(mutex_);
  std::vector<EntryDraft> unrecorded_ ABSL_GUARDED_BY(mutex_);
  TraceAudience audience_ ABSL_GUARDED_BY(mutex_);
  std::map<int, Timers::Id> timers_ ABSL_GUARDED_BY(mutex_);  // by hop
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<End> gone_ ABSL_GUARDED_BY(mutex_);  // what the owner knows
  std::vector<std::function<void(End)>> once_gone_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_
