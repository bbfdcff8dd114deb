#include "gateway/liaison/state_word.h"

#include <utility>

#include "gateway/tracing/judge.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

v1::Hit HitOf(const std::string& state, const v1::Answer& answer, const v1::PointOfContact& contact,
              absl::Time now) {
  v1::Hit hit;
  hit.set_hit_id(MakeTraceId(now));
  hit.set_state(state);
  *hit.mutable_contact() = contact;
  const v1::Candidate& best = answer.candidates(0);
  hit.set_needs_confirmation(best.needs_confirmation() || best.grade() != v1::MATCH_GRADE_EXACT);
  if (answer.has_handling()) *hit.mutable_handling() = answer.handling();
  *hit.mutable_hit_time() = ToTimestamp(now);
  return hit;
}

void Refuse(v1::LegalGround ground, const std::string& explanation,
            v1::CrossCheckResponse* response) {
  response->set_outcome(v1::CROSS_CHECK_OUTCOME_REFUSED);
  response->set_legal_ground(ground);
  response->set_explanation(explanation);
}

bool SaysNothingIsKnown(const v1::Answer& answer) {
  return answer.outcome() == v1::OUTCOME_NO_RECORD || answer.outcome() == v1::OUTCOME_NOT_MADE_HERE;
}

}  // namespace

StateWord WordOf(const std::string& state, const ItemReading& read,
                 const adapter::v1::FindResponse& found, const v1::PointOfContact& contact,
                 absl::Time now) {
  if (!found.has_records() && !found.has_answer()) {
    return WordOfFailure(state, Failure(v1::REASON_PEER_WORKING,
                                        state + " answers later, and a check does not wait; "
                                                "ask with a trace"));
  }
  const v1::Answer answer =
      found.has_answer() ? found.answer().answer() : JudgeRecords(read, found.records());
  StateWord word;
  word.response.set_state(state);
  if (answer.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED) {
    Refuse(answer.legal_ground(), answer.explanation(), &word.response);
  } else if (!answer.candidates().empty()) {
    word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_HIT);
    *word.response.add_hits() = HitOf(state, answer, contact, now);
    for (const v1::Candidate& candidate : answer.candidates()) {
      word.record_numbers.push_back(candidate.record().record_number());
    }
  } else if (SaysNothingIsKnown(answer)) {
    word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_NO_HIT);
  } else {
    word = WordOfFailure(
        state, Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                       "the registry of " + state + " says neither yes nor no; ask with a trace"));
  }
  word.verbatim = found.SerializeAsString();
  return word;
}

StateWord WordOfFailure(const std::string& state, const absl::Status& why) {
  const v1::Reason reason = DetailOf(why).reason();
  StateWord word;
  word.failure = reason;
  word.response.set_state(state);
  switch (reason) {
    case v1::REASON_NO_AGREEMENT:
      word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT);
      word.response.set_explanation(std::string(why.message()));
      break;
    case v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED:
      Refuse(v1::LEGAL_GROUND_REQUESTER_CANNOT_GUARANTEE_CONFIDENTIALITY,
             std::string(why.message()), &word.response);
      break;
    default:
      word.response.set_outcome(v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
      word.response.mutable_failure()->set_reason(reason);
      word.response.mutable_failure()->set_message(std::string(why.message()));
      word.response.mutable_failure()->set_attempts(1);
  }
  return word;
}

}  // namespace tracegate
