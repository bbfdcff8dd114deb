#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/tracing/desk_step.h"
#include "gateway/tracing/house.h"
#include "gateway/tracing/trace_course.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The RPC that begins every run, for the log's headers; also of a run taken up after a restart.
inline constexpr char kCreateTraceMethod[] = "/tracegate.v1.TraceService/CreateTrace";

// One open trace: asks along its course until the trail ends, and replies to whoever waits. All it knows is in the
// v1::Trace, so that it can be put down in the store and taken up again by another process.
//
// A question to another State is durable before it leaves; an answer is durable before anybody is told.
//
// Thread safety: all methods from any thread. Lifetime: callbacks hold the run alive until it has ended.
class TraceRun : public std::enable_shared_from_this<TraceRun> {
 public:
  // The reply as it goes on the wire: a serialised v1::Trace with its receipt.
  using Reply = std::function<void(absl::StatusOr<std::string>)>;
  // A serialised v1::Trace without receipt, at each change; `ended` with the last.
  using Watcher = std::function<void(const std::string& trace, bool ended)>;
  enum class End {
    kClosed,     // answered and stored
    kAbandoned,  // could not be recorded; stored as open if it ever was stored
  };

  // What identifies it in the store, beside the trace itself.
  struct Key {
    std::string agency;       // whose request_id it is
    std::string actor;        // SPIFFE ID of who asked
    std::string asked_state;  // empty where this gateway's own agency asks
  };

  // `read` is of the trace's item.
  TraceRun(const House* house, const TracingLimits* limits, Key key, v1::Trace trace,
           ItemReading read, std::function<void(End)> on_end);

  // What came from the asker, recorded with the first commit; before Proceed. `agreement_id` is a peer's; else empty.
  void RecordRequest(std::string request_bytes, std::string agreement_id);

  // Registers a waiter: it gets the ended trace, or the trace in progress shortly before `deadline`. False where the
  // trace has ended already or the gateway stops: then nobody will reply.
  bool AwaitReply(absl::Time deadline, Reply reply);

  // Registers a watcher; it hears the present state at once.
  void Watch(Watcher watcher);

  // Asks the next State, or ends. Called once by the owner, then by the run itself; after waiting, with the hop that
  // waited: nothing happens where it does not wait any more.
  void Proceed(int waiting_hop = 0);

  // An officer acts on the question at their desk; `request` is recorded with what it changes. `reply` gets the trace
  // after it, with its receipt. TRACE_STATE, or what the step says; then nothing is changed.
  void AtDesk(const DeskStep& step, const v1::Agency& officer, EntryDraft request, Reply reply);

  // The gateway stops: waiters get the trace in progress, watchers are let go, calls are cancelled.
  void Drain();

  const std::string& trace_id() const { return trace_id_; }
  const Key& key() const { return key_; }
  // The trace as it stands.
  v1::Trace Snapshot();
  // The same, serialised without receipt.
  std::string Bytes();
  // Whether the same thing is asked.
  bool AsksTheSame(const v1::TraceRequest& request);

 private:
  struct Waiter {
    uint64_t number;
    Reply reply;
    Timers::Id timer;
  };

  void Ask(int hop_number, adapter::v1::FindRequest question);
  void OnFound(int hop_number, absl::StatusOr<adapter::v1::FindResponse> found);
  void WaitForHop(int hop_number, const absl::Status& why, absl::Time again);
  void WaitForAnswer(int hop_number, const adapter::v1::Pending& pending);
  // Records what waiting changed, and asks the hop again at `again` if it still waits then.
  void AskLater(int hop_number, RecordDraft draft, absl::Time again);
  // The hop that an answer or failure is for; null where that came too late.
  v1::Hop* AskedHop(int hop_number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Finish();
  void Closed(absl::StatusOr<Recorded> recorded);
  void Abandon(const absl::Status& why);
  void ReplyInProgress(uint64_t waiter);
  void Notify(bool ended);
  absl::Time RetryTime(int attempts) const;
  std::vector<Waiter> TakeWaiters();
  RecordDraft TakeDraft() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void AddReply(v1::EntryKind kind, RecordDraft* draft) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const House* const house_;
  const TracingLimits* const limits_;
  const Key key_;
  const std::string trace_id_;
  const std::function<void(End)> on_end_;
  std::stop_source cancel_;

  // Held from taking a draft to handing it to the log, so that a later state of the trace never reaches the store
  // before an earlier one. Taken before mutex_; never held while a registry is asked.
  absl::Mutex commit_order_ ABSL_ACQUIRED_BEFORE(mutex_);
  absl::Mutex mutex_;
  TraceCourse course_ ABSL_GUARDED_BY(mutex_);
  std::vector<EntryDraft> unrecorded_ ABSL_GUARDED_BY(mutex_);
  std::vector<Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  std::vector<Watcher> watchers_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_waiter_ ABSL_GUARDED_BY(mutex_) = 1;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_RUN_H_
