#include "adapters/peer/peer_answer.h"

#include <utility>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kAskAgain = absl::Seconds(30);

absl::Status Unusable(const std::string& why) {
  return Failure(v1::REASON_PEER_REFUSED, "the peer's reply cannot be used: " + why);
}

bool HasEnded(v1::TraceState state) {
  switch (state) {
    case v1::TRACE_STATE_ANSWERED:
    case v1::TRACE_STATE_RESTRICTED:
    case v1::TRACE_STATE_REFUSED:
    case v1::TRACE_STATE_WITHDRAWN:
    case v1::TRACE_STATE_EXPIRED: return true;
    default: return false;
  }
}

}  // namespace

absl::StatusOr<adapter::v1::FindResponse> ReadPeerReply(std::string reply, const std::string& state,
                                                        const std::string& request_id,
                                                        absl::Time now) {
  v1::Trace trace;
  if (auto status = ParseChecked(reply, &trace); !status.ok()) {
    // The peer gives the same answer again once this gateway knows the word, so it is worth waiting for.
    if (DetailOf(status).reason() == v1::REASON_ENUM_UNKNOWN) {
      return Failure(v1::REASON_PEER_NEWER, "the peer's answer needs a newer Tracegate here: " +
                                                std::string(status.message()));
    }
    return Unusable(std::string(status.message()));
  }
  if (trace.request_id() != request_id) return Unusable("it is about another request");
  adapter::v1::FindResponse response;
  if (!HasEnded(trace.state())) {
    response.mutable_pending()->set_remote_trace_id(trace.trace_id());
    response.mutable_pending()->set_message(state + " has the request and is working on it");
    response.mutable_pending()->mutable_ask_again_time()->set_seconds(
        absl::ToUnixSeconds(now + kAskAgain));
    response.mutable_pending()->set_supplements_taken(trace.supplements_size());
    if (trace.hops_size() != 1) return response;
    v1::Hop& hop = *trace.mutable_hops(0);
    response.mutable_pending()->mutable_clarifications()->Swap(hop.mutable_clarifications());
    if (hop.has_desk())
      *response.mutable_pending()->mutable_desk() = std::move(*hop.mutable_desk());
    return response;
  }
  if (trace.hops_size() != 1 || trace.hops(0).to_state() != state) {
    return Unusable("it does not answer for " + state + " alone");
  }
  v1::Hop& hop = *trace.mutable_hops(0);
  if (!hop.has_answer()) {
    return Failure(v1::REASON_PEER_REFUSED,
                   "the peer has no answer: " + ReasonName(hop.failure().reason()));
  }
  auto* answer = response.mutable_answer();
  *answer->mutable_answer() = std::move(*hop.mutable_answer());
  *answer->mutable_receipt() = std::move(*trace.mutable_receipt());
  answer->mutable_clarifications()->Swap(hop.mutable_clarifications());
  answer->set_remote_trace_id(trace.trace_id());
  answer->set_verbatim(std::move(reply));
  return response;
}

absl::StatusOr<adapter::v1::FindResponse> ReadPeerWithdrawal(const absl::Status& status,
                                                             const std::string& name) {
  if (!status.ok() && DetailOf(status).reason() != v1::REASON_TRACE_NOT_FOUND)
    return ReadPeerFailure(status, name);
  adapter::v1::FindResponse response;
  response.mutable_withdrawn();
  return response;
}

absl::Status ReadPeerFailure(const absl::Status& status, const std::string& name) {
  const v1::Reason reason = DetailOf(status).reason();
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return Failure(v1::REASON_PEER_UNAVAILABLE, name + " could not be reached or is busy");
    case absl::StatusCode::kDeadlineExceeded:
      return Failure(v1::REASON_DEADLINE_EXCEEDED, name + " did not answer in time");
    case absl::StatusCode::kCancelled:
      return Failure(v1::REASON_CANCELLED, "the question to " + name + " was cancelled");
    case absl::StatusCode::kPermissionDenied: {
      // The code stays even where the peer gives no reason, or one that goes with another code.
      v1::FailureDetail detail;
      detail.set_reason(CodeOf(reason) == status.code() ? reason : v1::REASON_PEER_REFUSED);
      return FailureWithDetail(status.code(), name + " refuses: " + std::string(status.message()),
                               detail);
    }
    default:
      return Failure(v1::REASON_PEER_REFUSED, name + " answers " + ReasonName(reason) + ": " +
                                                  std::string(status.message()));
  }
}

}  // namespace tracegate
