#include "gateway/tracing/tracer.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/quality_gate.h"
#include "gateway/tracing/admission.h"
#include "gateway/tracing/itinerary.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/retry_wait.h"
#include "gateway/tracing/same_weapon.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/tracing/trace_state.h"
#include "gateway/tracing/trace_view.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// A request that is just being opened is open a moment later.
constexpr absl::Duration kOpeningWait = absl::Milliseconds(5);
constexpr absl::Duration kOverloadedHint = absl::Seconds(2);

absl::Status Reused() {
  return FieldFailure(v1::REASON_REQUEST_ID_REUSED, "request_id",
                      "was used for another request; choose a new one");
}

House WithGate(House house, StepGate* gate) {
  house.gate = gate;
  return house;
}

}  // namespace

Tracer::Tracer(House house, TracingLimits limits)
    : house_(WithGate(std::move(house), &gate_)), limits_(limits), stored_(house_.store) {}

Tracer::~Tracer() = default;

absl::StatusOr<v1::CheckTraceResponse> Tracer::Check(const Caller& caller, v1::TraceRequest request,
                                                     std::string_view language) {
  if (auto status = CheckTraceRequest(request); !status.ok()) return status;
  if (auto status = SettleRequester(caller, &request); !status.ok()) return status;
  v1::CheckTraceResponse response;
  const ItemReading read(request.item());
  *response.mutable_item() = read.item;
  *request.mutable_item() = read.item;
  const auto remarks = CheckMarks(read, request.recovery().state(), language);
  response.set_passes(!StopsTrace(remarks));
  response.mutable_remarks()->Assign(remarks.begin(), remarks.end());
  const bool has_own = house_.registries->ForState(caller.state) != nullptr;
  const auto route = PlanRoute(request, true, has_own);
  response.mutable_route()->Assign(route.begin(), route.end());
  return response;
}

absl::StatusOr<Tracer::Admission> Tracer::Admit(const Caller& caller,
                                                const v1::TraceRequest& request) const {
  const bool is_peer = caller.role == Role::kPeer;
  if (is_peer && request.to_state().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "request.to_state",
                        "a gateway must name the State it asks");
  }
  const auto admitted = CheckAdmission(house_, caller, request.to_state(), "request.to_state");
  if (!admitted.ok()) return admitted;
  if (!is_peer) return Admission{};
  Admission admission{house_.agreements->Now()};
  auto agreement = admission.book->Find(caller.state, request.to_state(), request, house_.clock());
  if (!agreement.ok()) return agreement.status();
  admission.agreement = *agreement;
  return admission;
}

void Tracer::Create(const Caller& caller, const v1::CreateTraceRequest& request,
                    std::string request_bytes, absl::Time deadline, TraceRun::Reply reply) {
  v1::TraceRequest settled = request.request();
  absl::Status status = CheckRequestId(request.request_id());
  if (status.ok()) status = CheckTraceRequest(settled);
  if (status.ok()) status = SettleRequester(caller, &settled);
  if (!status.ok()) return reply(status);
  const auto admission = Admit(caller, settled);
  if (!admission.ok()) return reply(admission.status());

  const RequestKey key{AgencyOf(caller), request.request_id()};
  std::shared_ptr<TraceRun> run;
  {
    absl::MutexLock lock(&mutex_);
    if (const auto found = by_request_.find(key); found != by_request_.end()) run = found->second;
  }
  if (run == nullptr) {
    auto row = house_.store->FindTraceByRequest(key.first, key.second);
    if (!row.ok()) return reply(row.status());
    if (*row) return Replay(caller, **row, settled, deadline, std::move(reply));
    ItemReading read(settled.item());
    auto remarks = CheckMarks(read, settled.recovery().state(), request.language());
    if (StopsTrace(remarks)) return reply(GateFailure("request.item.", remarks));
    NoteEarlierTrace(house_.store, caller, read, request.language(), &remarks);
    std::string agreement_id;
    if (admission->agreement != nullptr) {
      status = MeterQuestion(house_, *admission->agreement, settled, read, house_.clock());
      if (!status.ok()) return reply(status);
      agreement_id = admission->agreement->id();
    }
    v1::Trace trace = NewTrace(request, std::move(settled));
    trace.mutable_remarks()->Assign(remarks.begin(), remarks.end());
    // Within one step, so that Drain finds either no run or a run with its waiter.
    const StepGate::Step step(&gate_);
    if (!step) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
    TraceKey run_key{key.first, caller.spiffe_id, ""};
    if (caller.role == Role::kPeer) run_key.asked_state = trace.request().to_state();
    Inquiry inquiry{.request = trace.request(), .read = read, .trace_id = trace.trace_id()};
    auto added = AddRun(std::move(run_key), std::move(trace), std::move(read),
                        static_cast<size_t>(limits_.open_traces_max));
    if (!added.ok()) return reply(added.status());
    (*added)->RecordRequest(std::move(request_bytes), std::move(agreement_id));
    if (!(*added)->AwaitReply(deadline, OrStoredReply(caller, added->get(), deadline, reply))) {
      return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
    }
    if (house_.tell_inquiry) house_.tell_inquiry(std::move(inquiry));
    return (*added)->Proceed();
  }
  if (!run->AsksTheSame(settled)) return reply(Reused());
  if (run->AwaitReply(deadline, OrStoredReply(caller, run.get(), deadline, reply))) return;
  OnceEnded(run.get(), std::move(reply),
            [this, caller, request, bytes = std::move(request_bytes), deadline](auto reply) {
              Create(caller, request, bytes, deadline, std::move(reply));
            });
}

absl::Status Tracer::MayTell(const Caller& caller, const TraceRow& row) const {
  if (caller.role != Role::kPeer) return absl::OkStatus();
  const auto trace = stored_.Read(row);
  if (!trace.ok()) return trace.status();
  const bool answered = std::any_of(trace->hops().begin(), trace->hops().end(),
                                    [](const v1::Hop& hop) { return hop.has_answer(); });
  if (!answered) return absl::OkStatus();
  const auto book = house_.agreements->Now();
  return book->Find(caller.state, row.asked_state, trace->request(), house_.clock()).status();
}

TraceRun::Reply Tracer::OrStoredReply(const Caller& caller, TraceRun* run, absl::Time deadline,
                                      TraceRun::Reply reply) {
  return
      [this, caller, run, deadline, reply = std::move(reply)](absl::StatusOr<std::string> result) {
        if (!absl::IsAlreadyExists(result.status())) return reply(std::move(result));
        const v1::Trace trace = run->Snapshot();
        auto row = house_.store->FindTraceByRequest(run->key().agency, trace.request_id());
        if (!row.ok() || !*row) return reply(std::move(result));
        Replay(caller, **row, trace.request(), deadline, reply);
      };
}

v1::Trace Tracer::NewTrace(const v1::CreateTraceRequest& request, v1::TraceRequest settled) const {
  const absl::Time now = house_.clock();
  v1::Trace trace;
  trace.set_trace_id(MakeTraceId(now));
  trace.set_request_id(request.request_id());
  *trace.mutable_request() = std::move(settled);
  trace.set_state(v1::TRACE_STATE_SUBMITTED);
  *trace.mutable_create_time() = ToTimestamp(now);
  *trace.mutable_update_time() = ToTimestamp(now);
  *trace.mutable_expire_time() = ToTimestamp(now + limits_.expiry);
  return trace;
}

absl::StatusOr<std::shared_ptr<TraceRun>> Tracer::AddRun(TraceKey key, v1::Trace trace,
                                                         std::optional<ItemReading> read,
                                                         size_t open_max) {
  if (gate_.closed()) return Failure(v1::REASON_DRAINING, "the gateway is stopping");
  const RequestKey request_key{key.agency, trace.request_id()};
  const std::string trace_id = trace.trace_id();
  auto run = std::make_shared<TraceRun>(
      &house_, &limits_, std::move(key), std::move(trace), std::move(read),
      [this, request_key, trace_id](TraceRun::End end) { OnEnd(request_key, trace_id, end); });
  absl::MutexLock lock(&mutex_);
  if (by_id_.size() >= open_max) {
    return RetryableFailure(v1::REASON_OVERLOADED, "too many traces are open", kOverloadedHint);
  }
  if (!by_request_.emplace(request_key, run).second) {
    return RetryableFailure(v1::REASON_OVERLOADED, "the same request is just being opened",
                            kOpeningWait);
  }
  by_id_.emplace(trace_id, run);
  return run;
}

void Tracer::OnceEnded(TraceRun* run, TraceRun::Reply reply,
                       std::function<void(TraceRun::Reply)> again) {
  if (gate_.closed()) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  run->OnceGone([reply = std::move(reply), again = std::move(again)](TraceRun::End end) {
    if (end == TraceRun::End::kClosed) return again(reply);
    reply(Failure(v1::REASON_RECORD_NOT_DURABLE, "how the trace ended could not be recorded"));
  });
}

void Tracer::OnEnd(const RequestKey& key, const std::string& trace_id, TraceRun::End end) {
  std::shared_ptr<TraceRun> run;  // destroyed after the lock is released
  {
    absl::MutexLock lock(&mutex_);
    if (const auto found = by_id_.find(trace_id); found != by_id_.end()) {
      run = std::move(found->second);
      by_id_.erase(found);
    }
    by_request_.erase(key);
    if (end == TraceRun::End::kClosed) to_take_up_.erase(trace_id);
  }
  if (end == TraceRun::End::kAbandoned && !gate_.closed()) TakeUpLater(trace_id);
}

void Tracer::TakeUpLater(const std::string& trace_id) {
  absl::Duration wait;
  {
    absl::MutexLock lock(&mutex_);
    TakingUp& taking_up = to_take_up_[trace_id];
    if (taking_up.is_waiting) return;
    taking_up.is_waiting = true;
    wait = RetryWait(limits_, taking_up.attempts++);
  }
  house_.timers->At(house_.clock() + wait, [this, trace_id] {
    auto row = house_.store->FindTrace(trace_id);
    // The store may be away for reading too; what it does not hold was never acknowledged.
    const bool is_open = row.ok() && *row && (*row)->open;
    {
      absl::MutexLock lock(&mutex_);
      if (row.ok() && !is_open) to_take_up_.erase(trace_id);
      if (const auto found = to_take_up_.find(trace_id); found != to_take_up_.end())
        found->second.is_waiting = false;
    }
    if (!row.ok()) return TakeUpLater(trace_id);
    if (is_open) (void)TakeUp(**row);
  });
}

absl::StatusOr<std::shared_ptr<TraceRun>> Tracer::RunOf(const TraceRow& row) {
  if (auto run = FindRun(row.trace_id)) return run;
  auto trace = stored_.Read(row);
  if (!trace.ok()) return trace.status();
  // What was accepted once is taken up whatever the bound is now.
  return AddRun({row.agency, row.actor, row.asked_state}, *std::move(trace), std::nullopt,
                SIZE_MAX);
}

absl::StatusOr<std::shared_ptr<TraceRun>> Tracer::TakeUp(const TraceRow& row) {
  if (auto run = FindRun(row.trace_id)) return run;
  auto run = RunOf(row);
  if (run.ok()) (*run)->Resume();
  return run;
}

absl::Status Tracer::Resume() {
  const auto restored = RestoreQuota(house_.store, house_.clock(), house_.quota);
  if (!restored.ok()) return restored;
  auto rows = house_.store->OpenTraces();
  if (!rows.ok()) return rows.status();
  for (const TraceRow& row : *rows) {
    if (const auto run = TakeUp(row); !run.ok()) return run.status();
  }
  return absl::OkStatus();
}

void Tracer::Replay(const Caller& caller, const TraceRow& row, const v1::TraceRequest& request,
                    absl::Time deadline, TraceRun::Reply reply) {
  auto bytes = stored_.Bytes(row);
  v1::Trace trace;
  if (!bytes.ok()) return reply(bytes.status());
  if (!trace.ParseFromString(*bytes)) {
    return reply(Failure(v1::REASON_LOG_DAMAGED, "the stored reply cannot be read"));
  }
  if (!google::protobuf::util::MessageDifferencer::Equals(trace.request(), request)) {
    return reply(Reused());
  }
  if (row.open) {
    auto run = TakeUp(row);
    if (!run.ok()) return reply(run.status());
    if ((*run)->AwaitReply(deadline, reply)) return;
    return OnceEnded(run->get(), std::move(reply),
                     [this, caller, trace_id = row.trace_id, request, deadline](auto reply) {
                       const auto ended = house_.store->FindTrace(trace_id);
                       if (!ended.ok()) return reply(ended.status());
                       if (!*ended) {
                         return reply(Failure(v1::REASON_LOG_DAMAGED,
                                              "the trace " + trace_id + " is not in the store"));
                       }
                       Replay(caller, **ended, request, deadline, std::move(reply));
                     });
  }
  TellAgain(caller, row, kCreateTraceMethod, *std::move(bytes), std::move(reply));
}

void Tracer::TellAgain(const Caller& caller, const TraceRow& row, std::string method,
                       std::string bytes, TraceRun::Reply reply) {
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  entry.header.set_actor(caller.spiffe_id);
  entry.header.set_state(caller.state);
  entry.header.set_method(std::move(method));
  entry.header.set_trace_id(row.trace_id);
  entry.header.set_to_state(caller.state);
  entry.content = bytes;
  house_.log->Append(std::move(draft), [bytes = std::move(bytes), reply = std::move(reply)](
                                           const absl::StatusOr<Recorded>& recorded) {
    if (!recorded.ok()) return reply(recorded.status());
    reply(bytes);
  });
}

std::shared_ptr<TraceRun> Tracer::FindRun(const std::string& trace_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = by_id_.find(trace_id);
  return found == by_id_.end() ? nullptr : found->second;
}

absl::StatusOr<std::string> Tracer::Get(const Caller& caller, const std::string& trace_id) {
  auto row = stored_.FindVisible(caller, trace_id);
  if (!row.ok()) return row.status();
  if (auto run = row->open ? FindRun(trace_id) : nullptr) return run->Bytes();
  return stored_.Bytes(*row);
}

absl::StatusOr<v1::ListTracesResponse> Tracer::List(const Caller& caller,
                                                    const v1::ListTracesRequest& request) {
  return stored_.List(caller, request);
}

absl::Status Tracer::Watch(const Caller& caller, const std::string& trace_id, int64_t seen,
                           TraceRun::Watcher watcher) {
  auto row = stored_.FindVisible(caller, trace_id);
  if (!row.ok()) return row.status();
  if (seen < 0) return FieldFailure(v1::REASON_FIELD_INVALID, "after_revision", "is below 0");
  if (auto run = FindRun(trace_id)) {
    run->Watch(std::move(watcher), seen);
    return absl::OkStatus();
  }
  row = stored_.FindVisible(caller, trace_id);  // it may have ended in between
  if (!row.ok()) return row.status();
  auto bytes = stored_.Bytes(*row);
  if (!bytes.ok()) return bytes.status();
  v1::Trace trace;
  const bool is_new = !trace.ParseFromString(*bytes) || trace.revision() > seen;
  watcher.hear(is_new ? *bytes : "", true);
  return absl::OkStatus();
}

void Tracer::Do(const Caller& caller, TraceStep step, TraceRun::Reply reply) {
  const auto row = stored_.FindVisible(caller, step.trace_id);
  if (!row.ok()) return reply(row.status());
  if (!row->open && !step.reopens) {
    return reply(Failure(v1::REASON_TRACE_STATE, "the trace is " + TraceStateWord(row->state) +
                                                     " and no State is being asked"));
  }
  if (auto status = MayTell(caller, *row); !status.ok()) return reply(status);
  const StepGate::Step gate(&gate_);
  if (!gate) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  const auto run = row->open ? TakeUp(*row) : RunOf(*row);
  if (!run.ok()) return reply(run.status());
  v1::Agency who;
  who.set_state(caller.state);
  who.set_name(caller.agency);
  EntryDraft request;
  request.header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
  request.header.set_actor(caller.spiffe_id);
  request.header.set_state(caller.state);
  request.header.set_method(step.method);
  request.header.set_trace_id(step.trace_id);
  request.header.set_to_state(caller.state);
  request.content = step.request_bytes;
  const bool is_peer = caller.role == Role::kPeer;
  if ((*run)->Do(step.act, std::move(who), is_peer, std::move(request), reply)) return;
  // It has just ended: what the store has then decides.
  OnceEnded(run->get(), std::move(reply), [this, caller, step = std::move(step)](auto reply) {
    Do(caller, step, std::move(reply));
  });
}

void Tracer::Withdraw(const Caller& caller, const v1::WithdrawTraceRequest& request, TraceStep step,
                      TraceRun::Reply reply) {
  if (caller.role != Role::kPeer) return Do(caller, std::move(step), std::move(reply));
  const auto row = house_.store->FindTraceByRequest(AgencyOf(caller), request.request_id());
  if (!row.ok()) return reply(row.status());
  if (!*row) {
    return reply(FieldFailure(v1::REASON_TRACE_NOT_FOUND, "request_id",
                              "there is no trace of yours under " + request.request_id()));
  }
  step.trace_id = (*row)->trace_id;
  if ((*row)->open) return Do(caller, std::move(step), std::move(reply));
  if (auto status = MayTell(caller, **row); !status.ok()) return reply(status);
  auto bytes = stored_.Bytes(**row);
  if (!bytes.ok()) return reply(bytes.status());
  TellAgain(caller, **row, step.method, *std::move(bytes), std::move(reply));
}

void Tracer::Drain() {
  gate_.Close();  // first: no run is added behind the list
  std::vector<std::shared_ptr<TraceRun>> runs;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [id, run] : by_id_) runs.push_back(run);
  }
  for (const auto& run : runs) run->Drain();
}

int Tracer::open_traces() {
  absl::MutexLock lock(&mutex_);
  return static_cast<int>(by_id_.size());
}

}  // namespace tracegate
