#include "gateway/rpc/trace_service.h"

#include <memory>
#include <string>
#include <utility>

#include "gateway/tracing/asker_step.h"
#include "gateway/tracing/desk_step.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kService[] = "/tracegate.v1.TraceService/";

std::string Method(const char* name) { return std::string(kService) + name; }

template <typename Response>
absl::StatusOr<std::string> Serialised(absl::StatusOr<Response> response) {
  if (!response.ok()) return response.status();
  return response->SerializeAsString();
}

// A change of a trace, without the trace's own receipt: that speaks of the whole reply to CreateTrace or GetTrace.
std::string WatchReply(const std::string& trace_bytes) {
  v1::WatchTraceResponse reply;
  reply.mutable_trace()->ParseFromString(trace_bytes);
  reply.mutable_trace()->clear_receipt();
  return reply.SerializeAsString();
}

TraceRun::Watcher WatcherAt(const std::shared_ptr<ReplyStream>& stream) {
  return {.hear =
              [stream](const std::string& trace, bool ended) {
                if (!trace.empty()) stream->Send(WatchReply(trace));
                if (ended) stream->Finish(absl::OkStatus());
              },
          .gone = [stream] { return stream->closed(); }};
}

template <typename Request>
using ActOn = absl::StatusOr<const v1::Hop*> (*)(const Request&, const Act&);

template <typename Request>
TraceStep StepOf(const std::string& method, const Request& request, std::string bytes,
                 ActOn<Request> act) {
  TraceStep step;
  step.trace_id = request.trace_id();
  step.method = method;
  step.request_bytes = std::move(bytes);
  step.act = [request, act](const Act& acting) { return act(request, acting); };
  return step;
}

// What somebody does to a trace that exists; `reopens`: also to one that has ended.
template <typename Request>
void ServeStep(Tracer* tracer, const char* name, ActOn<Request> act, HandlerTable* table,
               bool reopens = false) {
  const std::string method = Method(name);
  table->ServeUnary<Request>(
      method, [=](const Call& call, const Request& request, std::string bytes, ReplyDone done) {
        TraceStep step = StepOf(method, request, std::move(bytes), act);
        step.reopens = reopens;
        tracer->Do(call.caller, std::move(step), std::move(done));
      });
}

void ServeWithdrawal(Tracer* tracer, HandlerTable* table) {
  const std::string method = Method("WithdrawTrace");
  table->ServeUnary<v1::WithdrawTraceRequest>(
      method, [=](const Call& call, const v1::WithdrawTraceRequest& request, std::string bytes,
                  ReplyDone done) {
        tracer->Withdraw(call.caller, request, StepOf(method, request, std::move(bytes), &Withdraw),
                         std::move(done));
      });
}

}  // namespace

void ServeTraces(Tracer* tracer, HandlerTable* table) {
  table->ServeUnary<v1::CheckTraceRequest>(
      Method("CheckTrace"), [tracer](const Call& call, const v1::CheckTraceRequest& request,
                                     std::string, ReplyDone done) {
        done(Serialised(tracer->Check(call.caller, request.request(), request.language())));
      });
  table->ServeUnary<v1::CreateTraceRequest>(
      Method("CreateTrace"), [tracer](const Call& call, const v1::CreateTraceRequest& request,
                                      std::string bytes, ReplyDone done) {
        tracer->Create(call.caller, request, std::move(bytes), call.deadline, std::move(done));
      });
  table->ServeUnary<v1::GetTraceRequest>(
      Method("GetTrace"),
      [tracer](const Call& call, const v1::GetTraceRequest& request, std::string, ReplyDone done) {
        done(tracer->Get(call.caller, request.trace_id()));
      });
  table->ServeUnary<v1::ListTracesRequest>(
      Method("ListTraces"),
      [tracer](const Call& call, const v1::ListTracesRequest& request, std::string,
               ReplyDone done) { done(Serialised(tracer->List(call.caller, request))); });
  table->ServeStream<v1::WatchTraceRequest>(
      Method("WatchTrace"), [tracer](const Call& call, const v1::WatchTraceRequest& request,
                                     const std::shared_ptr<ReplyStream>& stream) {
        const auto status = tracer->Watch(call.caller, request.trace_id(), request.after_revision(),
                                          WatcherAt(stream));
        if (!status.ok()) stream->Finish(status);
      });
  ServeStep(tracer, "AcknowledgeTrace", &Acknowledge, table);
  ServeStep(tracer, "RequestInformation", &WantInformation, table);
  ServeStep(tracer, "SupplementTrace", &Supplement, table);
  ServeStep(tracer, "AnswerTrace", &AnswerByHand, table);
  ServeStep(tracer, "DelayTrace", &Delay, table);
  ServeStep(tracer, "RefuseTrace", &Refuse, table);
  ServeStep(tracer, "RequestClarification", &SeekClarification, table, true);
  ServeStep(tracer, "ClarifyTrace", &Clarify, table);
  ServeWithdrawal(tracer, table);
}

}  // namespace tracegate
