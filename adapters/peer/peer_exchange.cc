#include "adapters/peer/peer_exchange.h"

#include <utility>

#include "adapters/peer/peer_answer.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

// As many as a trace has supplements, and a hop clarifications, at most: a peer that never takes one is not told for ever.
constexpr int kCallsMax = 48;

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

PeerExchange::PeerExchange(adapter::v1::FindRequest question, std::string state, std::string name)
    : question_(std::move(question)),
      state_(std::move(state)),
      name_(std::move(name)),
      calls_left_(kCallsMax) {}

std::variant<PeerCall, PeerExchange::Outcome> PeerExchange::Take(absl::StatusOr<std::string> reply,
                                                                 absl::Time now) {
  if (question_.has_withdrawal()) return ReadPeerWithdrawal(reply.status(), name_);
  // It has ended since it told how it stands: what it said last holds until it is asked again.
  const bool too_late = absl::IsFailedPrecondition(reply.status()) && !word_.empty();
  if (!reply.ok() && !too_late) return Outcome(ReadPeerFailure(reply.status(), name_));
  if (!too_late) {
    word_ = *std::move(reply);
    const auto next = NextPeerCall(question_, word_);
    if (next && calls_left_-- > 0) return *next;
  }
  return ReadPeerReply(std::move(word_), state_, question_.hop_id(), now);
}

}  // namespace tracegate
