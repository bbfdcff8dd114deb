#ifndef TRACEGATE_GATEWAY_TRACING_TRACER_H_
#define TRACEGATE_GATEWAY_TRACING_TRACER_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/identity/caller.h"
#include "gateway/tracing/house.h"
#include "gateway/tracing/stored_traces.h"
#include "gateway/tracing/trace_run.h"
#include "gateway/tracing/trace_step.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The traces of one gateway: opens them, finds them, takes up those that were open when the gateway stopped.
//
// Thread safety: all methods from any thread.
//
// Lifetime: Drain, then destroy the adapters, then the Tracer.
class Tracer {
 public:
  Tracer(House house, TracingLimits limits);
  ~Tracer();

  // The quality gate alone (ITI 17): what is wrong with the request and its marks, and whom it would go to. INVALID
  // requests are FIELD_REQUIRED and the like; bad marks are remarks, not errors. `language` is that of the remarks, as
  // in CheckTraceRequest.
  absl::StatusOr<v1::CheckTraceResponse> Check(const Caller& caller, v1::TraceRequest request,
                                               std::string_view language = "en");

  // Opens a trace, or finds the one that this agency opened with the same request_id. `reply` runs once, with the
  // bytes to send: durable, receipt included. Errors: see CreateTrace in trace.proto; TRACE_ERASED where the reply was
  // erased since.
  void Create(const Caller& caller, const v1::CreateTraceRequest& request,
              std::string request_bytes, absl::Time deadline, TraceRun::Reply reply);

  // The trace as it stands, serialised; the final reply with its receipt once it has ended. TRACE_NOT_FOUND also where
  // the caller may not see it; TRACE_ERASED once its reply was erased.
  absl::StatusOr<std::string> Get(const Caller& caller, const std::string& trace_id);

  // Traces the caller may see, without their candidates' records; of erased ones only ids and state.
  absl::StatusOr<v1::ListTracesResponse> List(const Caller& caller,
                                              const v1::ListTracesRequest& request);

  // The trace now and at each change after revision `seen`. The last call of `watcher` may bring no bytes.
  absl::Status Watch(const Caller& caller, const std::string& trace_id, int64_t seen,
                     TraceRun::Watcher watcher);

  // Somebody who may see the trace does something to it. `reply` runs once, with the trace after it: durable, receipt
  // included. TRACE_NOT_FOUND, TRACE_STATE and what the step says.
  void Do(const Caller& caller, TraceStep step, TraceRun::Reply reply);

  // As Do, of a trace that a peer names by its request_id. Where that has ended, the peer gets it as it ended.
  void Withdraw(const Caller& caller, const v1::WithdrawTraceRequest& request, TraceStep step,
                TraceRun::Reply reply);

  // Takes up every trace that the store holds as open, and the day's counts of questions. Once, before calls are
  // served.
  absl::Status Resume();

  // Stops: whoever waits gets the trace in progress; open traces stay open in the store.
  void Drain();

  int open_traces();

 private:
  using RequestKey = std::pair<std::string, std::string>;  // agency, request_id

  // Under which agreement a peer asks; none for agencies of this house. The book keeps it.
  struct Admission {
    std::shared_ptr<const AgreementBook> book;
    const config::v1::Agreement* agreement = nullptr;
  };

  absl::StatusOr<Admission> Admit(const Caller& caller, const v1::TraceRequest& request) const;
  // Whether what stands in the trace may be told to the caller now: a peer is told an answer under an agreement alone,
  // whatever it does to the trace.
  absl::Status MayTell(const Caller& caller, const TraceRow& row) const;
  // A reply for a waiter of `run`. The same request may have ended between the look into the store and the run's first
  // commit; the store refuses that commit, and the waiter gets what the store has.
  TraceRun::Reply OrStoredReply(const Caller& caller, TraceRun* run, absl::Time deadline,
                                TraceRun::Reply reply);
  v1::Trace NewTrace(const v1::CreateTraceRequest& request, v1::TraceRequest settled) const;
  // A run under its key; OVERLOADED at the bound, or where the same request is just being opened.
  absl::StatusOr<std::shared_ptr<TraceRun>> AddRun(TraceKey key, v1::Trace trace,
                                                   std::optional<ItemReading> read,
                                                   size_t open_max);
  std::shared_ptr<TraceRun> FindRun(const std::string& trace_id);
  // Does `again` with `reply` once `run`, which has just ended, is in the store. RECORD_NOT_DURABLE where that fails.
  void OnceEnded(TraceRun* run, TraceRun::Reply reply, std::function<void(TraceRun::Reply)> again);
  void OnEnd(const RequestKey& key, const std::string& trace_id, TraceRun::End end);
  // Takes an abandoned trace up again in a while, the later the more often it was abandoned.
  void TakeUpLater(const std::string& trace_id);
  // A run of a stored trace, or the one there is; it does nothing by itself yet.
  absl::StatusOr<std::shared_ptr<TraceRun>> RunOf(const TraceRow& row);
  // Goes on with a stored open trace, or finds it running. LOG_DAMAGED where it cannot be read.
  absl::StatusOr<std::shared_ptr<TraceRun>> TakeUp(const TraceRow& row);
  void Replay(const Caller& caller, const TraceRow& row, const v1::TraceRequest& request,
              absl::Time deadline, TraceRun::Reply reply);
  // Records that an ended trace is told again, and tells it.
  void TellAgain(const Caller& caller, const TraceRow& row, std::string method, std::string bytes,
                 TraceRun::Reply reply);

  // A trace that could not be recorded, until it has ended.
  struct TakingUp {
    int attempts = 0;
    bool is_waiting = false;
  };

  StepGate gate_;
  const House house_;
  const TracingLimits limits_;
  const StoredTraces stored_;

  absl::Mutex mutex_;
  std::map<RequestKey, std::shared_ptr<TraceRun>> by_request_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::shared_ptr<TraceRun>> by_id_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, TakingUp> to_take_up_ ABSL_GUARDED_BY(mutex_);  // by id
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACER_H_
