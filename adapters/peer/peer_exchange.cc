#include "adapters/peer/peer_exchange.h"

#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kCreateTrace[] = "/tracegate.v1.TraceService/CreateTrace";
constexpr char kSupplementTrace[] = "/tracegate.v1.TraceService/SupplementTrace";
constexpr char kRequestClarification[] = "/tracegate.v1.TraceService/RequestClarification";
constexpr char kWithdrawTrace[] = "/tracegate.v1.TraceService/WithdrawTrace";

bool HasEnded(const v1::Trace& trace) { return trace.has_finding(); }

PeerCall SupplementOf(const adapter::v1::FindRequest& question, const v1::Trace& trace) {
  const int number = trace.supplements_size() + 1;
  const v1::Supplement& supplement = question.supplements(number - 1);
  v1::SupplementTraceRequest request;
  request.set_trace_id(trace.trace_id());
  if (supplement.has_item()) *request.mutable_item() = supplement.item();
  request.set_message(supplement.message());
  request.set_number(number);
  *request.mutable_agency() = supplement.agency();
  return {kSupplementTrace, request.SerializeAsString()};
}

PeerCall ClarificationOf(const adapter::v1::FindRequest& question, const v1::Trace& trace) {
  const int number = trace.hops(0).clarifications_size() + 1;
  const v1::Clarification& clarification = question.clarifications(number - 1);
  v1::RequestClarificationRequest request;
  request.set_trace_id(trace.trace_id());
  request.set_question(clarification.question());
  request.set_number(number);
  *request.mutable_agency() = clarification.asking_agency();
  return {kRequestClarification, request.SerializeAsString()};
}

}  // namespace

PeerCall FirstPeerCall(const adapter::v1::FindRequest& question) {
  if (question.has_withdrawal()) {
    v1::WithdrawTraceRequest request;
    request.set_request_id(question.hop_id());
    request.set_explanation(question.withdrawal().explanation());
    *request.mutable_agency() = question.withdrawal().agency();
    return {kWithdrawTrace, request.SerializeAsString()};
  }
  v1::CreateTraceRequest request;
  request.set_request_id(question.hop_id());
  *request.mutable_request() = question.request();
  return {kCreateTrace, request.SerializeAsString()};
}

std::optional<PeerCall> NextPeerCall(const adapter::v1::FindRequest& question,
                                     const std::string& reply) {
  v1::Trace trace;
  if (question.has_withdrawal() || !trace.ParseFromString(reply)) return std::nullopt;
  if (!HasEnded(trace) && trace.supplements_size() < question.supplements_size())
    return SupplementOf(question, trace);
  if (trace.hops_size() == 1 &&
      trace.hops(0).clarifications_size() < question.clarifications_size()) {
    return ClarificationOf(question, trace);
  }
  return std::nullopt;
}

}  // namespace tracegate
