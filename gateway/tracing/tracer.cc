#include "gateway/tracing/tracer.h"

#include <utility>

#include "adapters/marking/quality_gate.h"
#include "gateway/evidence/reply_receipt.h"
#include "gateway/tracing/itinerary.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/tracing/trace_view.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// A trace that has just ended is in the store a moment later.
constexpr absl::Duration kEndingWait = absl::Milliseconds(5);
constexpr absl::Duration kOverloadedHint = absl::Seconds(2);

absl::Status Reused() {
  return FieldFailure(v1::REASON_REQUEST_ID_REUSED, "request_id",
                      "was used for another request; choose a new one");
}

// The remarks that stop a trace, as field violations.
absl::Status GateFailure(const std::vector<v1::MarkRemark>& remarks) {
  std::vector<v1::FieldViolation> violations;
  for (const v1::MarkRemark& remark : remarks) {
    if (remark.severity() != v1::REMARK_SEVERITY_ERROR) continue;
    v1::FieldViolation& violation = violations.emplace_back();
    violation.set_reason(v1::REASON_QUALITY_GATE);
    violation.set_field("request.item." + remark.field());
    violation.set_description(remark.message() + " " + remark.help());
  }
  return FieldFailures(v1::REASON_QUALITY_GATE,
                       "the marks would make this trace fail: " + violations[0].field() + ": " +
                           violations[0].description(),
                       violations);
}

// What is left of a trace whose reply was erased.
v1::Trace RestOf(const TraceRow& row) {
  v1::Trace trace;
  trace.set_trace_id(row.trace_id);
  trace.set_request_id(row.request_id);
  trace.set_state(row.state);
  return trace;
}

House WithGate(House house, StepGate* gate) {
  house.gate = gate;
  return house;
}

}  // namespace

Tracer::Tracer(House house, TracingLimits limits)
    : house_(WithGate(std::move(house), &gate_)), limits_(limits) {}

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
  if (caller.role != Role::kPeer) {
    if (house_.registries->Serves(caller.state)) return Admission{};
    return Failure(v1::REASON_STATE_MISMATCH,
                   "agencies of " + caller.state + " ask through their own State's gateway");
  }
  if (request.to_state().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "request.to_state",
                        "a gateway must name the State it asks");
  }
  const Registry* registry = house_.registries->ForState(request.to_state());
  if (!house_.registries->Serves(request.to_state()) || registry == nullptr || registry->is_peer) {
    return FieldFailure(v1::REASON_STATE_NOT_SERVED, "request.to_state",
                        "this gateway does not answer for " + request.to_state());
  }
  if (house_.check_peer_log) {
    if (auto status = house_.check_peer_log(caller.state); !status.ok()) return status;
  }
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
    const auto remarks = CheckMarks(read, settled.recovery().state(), request.language());
    if (StopsTrace(remarks)) return reply(GateFailure(remarks));
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
    TraceRun::Key run_key{key.first, caller.spiffe_id, ""};
    if (caller.role == Role::kPeer) run_key.asked_state = trace.request().to_state();
    auto added = AddRun(std::move(run_key), std::move(trace), std::move(read),
                        static_cast<size_t>(limits_.open_traces_max));
    if (!added.ok()) return reply(added.status());
    (*added)->RecordRequest(std::move(request_bytes), std::move(agreement_id));
    if (!(*added)->AwaitReply(deadline, OrStoredReply(caller, added->get(), deadline, reply))) {
      return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
    }
    return (*added)->Proceed();
  }
  if (!run->AsksTheSame(settled)) return reply(Reused());
  if (run->AwaitReply(deadline, OrStoredReply(caller, run.get(), deadline, reply))) return;
  if (gate_.closed()) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  house_.timers->At(house_.clock() + kEndingWait,
                    [this, caller, request, bytes = std::move(request_bytes), deadline,
                     reply = std::move(reply)]() mutable {
                      Create(caller, request, std::move(bytes), deadline, std::move(reply));
                    });
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

absl::StatusOr<std::shared_ptr<TraceRun>> Tracer::AddRun(TraceRun::Key key, v1::Trace trace,
                                                         ItemReading read, size_t open_max) {
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
                            kEndingWait);
  }
  by_id_.emplace(trace_id, run);
  return run;
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
  }
  if (end == TraceRun::End::kClosed || gate_.closed()) return;
  // What was stored as open is taken up again once the store can be written.
  house_.timers->At(house_.clock() + limits_.retry_max, [this, trace_id] {
    auto row = house_.store->FindTrace(trace_id);
    if (row.ok() && *row && (*row)->open) TakeUp(**row);
  });
}

std::shared_ptr<TraceRun> Tracer::TakeUp(const TraceRow& row) {
  v1::Trace trace;
  if (!trace.ParseFromString(row.body)) return nullptr;
  // What was accepted once is taken up whatever the bound is now.
  ItemReading read(trace.request().item());
  auto run =
      AddRun({row.agency, row.actor, row.asked_state}, std::move(trace), std::move(read), SIZE_MAX);
  if (!run.ok()) return FindRun(row.trace_id);
  (*run)->Proceed();
  return *run;
}

absl::Status Tracer::Resume() {
  const auto restored = RestoreQuota(house_.store, house_.clock(), house_.quota);
  if (!restored.ok()) return restored;
  auto rows = house_.store->OpenTraces();
  if (!rows.ok()) return rows.status();
  for (const TraceRow& row : *rows) {
    if (TakeUp(row) == nullptr) {
      return Failure(v1::REASON_LOG_DAMAGED, "the open trace " + row.trace_id + " cannot be read");
    }
  }
  return absl::OkStatus();
}

void Tracer::Replay(const Caller& caller, const TraceRow& row, const v1::TraceRequest& request,
                    absl::Time deadline, TraceRun::Reply reply) {
  auto bytes = StoredBytes(row);
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
    if (run != nullptr && run->AwaitReply(deadline, reply)) return;
    return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  }
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  entry.header.set_actor(caller.spiffe_id);
  entry.header.set_state(caller.state);
  entry.header.set_method(kCreateTraceMethod);
  entry.header.set_trace_id(row.trace_id);
  entry.header.set_to_state(caller.state);
  entry.content = *bytes;
  house_.log->Append(std::move(draft), [bytes = *std::move(bytes), reply = std::move(reply)](
                                           const absl::StatusOr<Recorded>& recorded) {
    if (!recorded.ok()) return reply(recorded.status());
    reply(bytes);
  });
}

absl::StatusOr<std::string> Tracer::StoredBytes(const TraceRow& row) {
  if (row.open) return row.body;
  auto entry = house_.store->ReadEntry(row.reply_entry);
  if (!entry.ok()) return entry.status();
  if (IsErased(*entry)) {
    return Failure(v1::REASON_TRACE_ERASED,
                   "the reply of trace " + row.trace_id +
                       " was erased when its retention ended; the log says under which rule");
  }
  return ReplyWithReceipt(entry->content, row.reply_receipt);
}

std::shared_ptr<TraceRun> Tracer::FindRun(const std::string& trace_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = by_id_.find(trace_id);
  return found == by_id_.end() ? nullptr : found->second;
}

absl::StatusOr<TraceRow> Tracer::FindVisible(const Caller& caller, const std::string& trace_id) {
  if (trace_id.empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "trace_id", "say which trace");
  }
  auto row = house_.store->FindTrace(trace_id);
  if (!row.ok()) return row.status();
  if (!*row || !MaySee(caller, **row)) {
    return FieldFailure(v1::REASON_TRACE_NOT_FOUND, "trace_id", "there is no trace " + trace_id);
  }
  return **row;
}

absl::StatusOr<std::string> Tracer::Get(const Caller& caller, const std::string& trace_id) {
  auto row = FindVisible(caller, trace_id);
  if (!row.ok()) return row.status();
  if (auto run = row->open ? FindRun(trace_id) : nullptr) return run->Bytes();
  return StoredBytes(*row);
}

absl::StatusOr<v1::ListTracesResponse> Tracer::List(const Caller& caller,
                                                    const v1::ListTracesRequest& request) {
  auto query = QueryOf(caller, request);
  if (!query.ok()) return query.status();
  const int limit = query->limit++;  // one more tells whether there is a next page
  auto rows = house_.store->ListTraces(*query);
  if (!rows.ok()) return rows.status();
  v1::ListTracesResponse response;
  for (const TraceRow& row : *rows) {
    if (response.traces_size() == limit) {
      response.set_next_page_token(
          PageTokenOf(caller, request, response.traces(limit - 1).trace_id()));
      break;
    }
    auto bytes = StoredBytes(row);
    if (DetailOf(bytes.status()).reason() == v1::REASON_TRACE_ERASED) {
      *response.add_traces() = RestOf(row);
      continue;
    }
    if (!bytes.ok()) return bytes.status();
    v1::Trace trace;
    if (!trace.ParseFromString(*bytes)) {
      return Failure(v1::REASON_LOG_DAMAGED,
                     "the stored trace " + row.trace_id + " cannot be read");
    }
    trace.clear_receipt();  // speaks of the whole reply, which a list does not give
    *response.add_traces() = SummaryOf(std::move(trace));
  }
  return response;
}

absl::Status Tracer::Watch(const Caller& caller, const std::string& trace_id,
                           TraceRun::Watcher watcher) {
  auto row = FindVisible(caller, trace_id);
  if (!row.ok()) return row.status();
  if (auto run = FindRun(trace_id)) {
    run->Watch(std::move(watcher));
    return absl::OkStatus();
  }
  row = FindVisible(caller, trace_id);  // it may have ended in between
  if (!row.ok()) return row.status();
  auto bytes = StoredBytes(*row);
  if (!bytes.ok()) return bytes.status();
  watcher(*bytes, true);
  return absl::OkStatus();
}

void Tracer::AtDesk(const Caller& caller, const std::string& trace_id, std::string method,
                    std::string request_bytes, const DeskStep& step, TraceRun::Reply reply) {
  const auto row = FindVisible(caller, trace_id);
  if (!row.ok()) return reply(row.status());
  const std::shared_ptr<TraceRun> run = row->open ? FindRun(trace_id) : nullptr;
  if (run == nullptr) {
    return reply(Failure(v1::REASON_TRACE_STATE, "the trace is " +
                                                     v1::TraceState_Name(row->state).substr(12) +
                                                     " and no State is being asked"));
  }
  v1::Agency officer;
  officer.set_state(caller.state);
  officer.set_name(caller.agency);
  EntryDraft request;
  request.header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
  request.header.set_actor(caller.spiffe_id);
  request.header.set_state(caller.state);
  request.header.set_method(std::move(method));
  request.header.set_trace_id(trace_id);
  request.header.set_to_state(caller.state);
  request.content = std::move(request_bytes);
  run->AtDesk(step, officer, std::move(request), std::move(reply));
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
