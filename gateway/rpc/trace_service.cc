#include "gateway/rpc/trace_service.h"

#include <memory>
#include <string>
#include <utility>

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

template <typename Request>
using Step = absl::Status (*)(const Request&, const Sitting&);

// What an officer does with the question at their desk.
template <typename Request>
void ServeAtDesk(Tracer* tracer, const char* name, Step<Request> step, HandlerTable* table) {
  const std::string method = Method(name);
  table->ServeUnary<Request>(
      method, [tracer, method, step](const Call& call, const Request& request, std::string bytes,
                                     ReplyDone done) {
        tracer->AtDesk(
            call.caller, request.trace_id(), method, std::move(bytes),
            [&request, step](const Sitting& sitting) { return step(request, sitting); },
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
        const auto status = tracer->Watch(call.caller, request.trace_id(),
                                          [stream](const std::string& trace, bool ended) {
                                            stream->Send(WatchReply(trace));
                                            if (ended) stream->Finish(absl::OkStatus());
                                          });
        if (!status.ok()) stream->Finish(status);
      });
  ServeAtDesk(tracer, "AcknowledgeTrace", &Acknowledge, table);
  ServeAtDesk(tracer, "RequestInformation", &WantInformation, table);
  ServeAtDesk(tracer, "AnswerTrace", &AnswerByHand, table);
  ServeAtDesk(tracer, "DelayTrace", &Delay, table);
  ServeAtDesk(tracer, "RefuseTrace", &Refuse, table);
}

}  // namespace tracegate
