#include "tests/gateway/tracing/simulation/invariants.h"

#include "absl/strings/str_cat.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {
namespace {

// What the contract names for a disk that is away, a gateway that stops or has too much to do, an agreement that ended.
// Officers may come too late besides, and ask for what makes no sense.
bool IsKnown(v1::Reason reason, bool of_peer) {
  switch (reason) {
    case v1::REASON_RECORD_NOT_DURABLE:
    case v1::REASON_DRAINING:
    case v1::REASON_OVERLOADED:
    case v1::REASON_NO_AGREEMENT:
    case v1::REASON_QUOTA_EXCEEDED:
    case v1::REASON_TRACE_NOT_FOUND:
    case v1::REASON_TRACE_STATE: return true;
    case v1::REASON_REQUEST_ID_REUSED:
    case v1::REASON_FIELD_REQUIRED:
    case v1::REASON_FIELD_INVALID: return !of_peer;
    default: return false;
  }
}

}  // namespace

std::string_view NameOf(Invariant invariant) {
  switch (invariant) {
    case Invariant::kNoTraceIsLost: return "no trace is lost";
    case Invariant::kOneAnswerPerRequest: return "one answer per request";
    case Invariant::kChangedRequestIsRefused: return "a changed request is refused";
    case Invariant::kNothingWithoutAgreement: return "nothing without agreement";
    case Invariant::kNoFieldBeyondAgreement: return "no field beyond the agreement";
    case Invariant::kRepliesStandInTheLog: return "replies stand in the log";
    case Invariant::kQuestionsStandInTheLog: return "questions stand in the log";
    case Invariant::kLogsVerify: return "logs verify";
    case Invariant::kEveryTraceEnds: return "every trace ends";
    case Invariant::kAnswersAreTrue: return "answers are true";
    case Invariant::kOnlyKnownFailures: return "only known failures";
  }
  return "";
}

void Invariants::OnCommit(SimulatedGateway& at, const WriteBatch& batch) {
  traces_.OnCommit(at, batch);
}

void Invariants::OnRelease(SimulatedGateway& by, const Release& release) {
  ++releases_;
  v1::Trace trace;
  trace.ParseFromString(release.bytes);
  log_.CheckReply(by, release, trace.trace_id());
  answers_.CheckReply(by, release, trace);
  if (release.to.role == Role::kPeer) disclosure_.CheckReply(by, release.to, trace);
}

void Invariants::OnFailure(SimulatedGateway& by, const Caller& to, const absl::Status& failure) {
  if (IsKnown(DetailOf(failure).reason(), to.role == Role::kPeer)) return;
  complaints_.push_back(
      {Invariant::kOnlyKnownFailures,
       absl::StrCat(by.state(), " to ", to.spiffe_id, ": ", ReasonName(DetailOf(failure).reason()),
                    " ", failure.message())});
}

void Invariants::OnQuestion(SimulatedGateway& by, const adapter::v1::FindRequest& question) {
  log_.CheckQuestion(by, question);
  disclosure_.CheckQuestion(by, question);
}

void Invariants::OnStart(SimulatedGateway& at, const absl::Status& log_damage) {
  if (log_damage.ok()) return;
  complaints_.push_back(
      {Invariant::kLogsVerify, absl::StrCat(at.state(), " starts: ", log_damage.message())});
}

void Invariants::CheckEvent(SimulatedGateway& at) { traces_.Check(at); }

void Invariants::CheckAllEnded(SimulatedGateway& at) { traces_.CheckAllEnded(at); }

void Invariants::ComplainOfNoEnd() {
  complaints_.push_back({Invariant::kEveryTraceEnds, "events follow each other without end"});
}

void Invariants::CheckLog(SimulatedGateway& at) { log_.CheckLog(at); }

void Invariants::CheckRefused(const absl::StatusOr<std::string>& reply,
                              const std::string& request_id) {
  if (!reply.ok()) return;
  complaints_.push_back(
      {Invariant::kChangedRequestIsRefused, "another request was taken as " + request_id});
}

void Invariants::CheckLastReply(const absl::StatusOr<std::string>& reply,
                                const std::string& request_id) {
  v1::Trace trace;
  if (reply.ok() && trace.ParseFromString(*reply) && trace.has_finding()) return;
  complaints_.push_back({Invariant::kEveryTraceEnds, request_id + " was taken and has no end"});
}

}  // namespace tracegate::simulation
