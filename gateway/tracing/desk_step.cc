#include "gateway/tracing/desk_step.h"

#include <string>

#include "adapters/marking/states.h"
#include "gateway/tracing/timestamp.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Required(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_REQUIRED, field, what);
}

absl::Status Wrong(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, field, what);
}

// ITI 22, 23: no other ground is one, and the asking State is told which.
absl::Status CheckGround(v1::LegalGround ground, std::string_view field) {
  if (ground != v1::LEGAL_GROUND_UNSPECIFIED) return absl::OkStatus();
  return Required(field, "say which of the four legal grounds (ITI 22)");
}

// Whoever does anything with a question has it.
v1::DeskWork& Taken(const Sitting& sitting) {
  v1::DeskWork& desk = *sitting.hop->mutable_desk();
  if (!desk.has_acknowledge_time()) {
    *desk.mutable_acknowledge_time() = ToTimestamp(sitting.now);
    *desk.mutable_responding_agency() = sitting.officer;
  }
  return desk;
}

void NoLongerWanted(v1::DeskWork* desk) {
  desk->clear_wanted();
  desk->clear_wanted_message();
  desk->clear_wanted_time();
}

void NoLongerDelayed(v1::DeskWork* desk) {
  desk->clear_delay_ground();
  desk->clear_delay_explanation();
  desk->clear_delayed_until();
}

absl::Status CheckNextState(const v1::Answer& answer, const std::string& own_state) {
  const std::string& next = answer.next_state();
  if (next.empty()) return absl::OkStatus();
  if (answer.outcome() != v1::OUTCOME_TRANSFERRED_TO_STATE)
    return Wrong("answer.next_state", "goes with the outcome TRANSFERRED_TO_STATE alone");
  if (StateCatalogue::Standard().Find(next) == nullptr)
    return Wrong("answer.next_state", "is no State; expected ISO 3166-1 alpha-2, such as DE");
  if (next == own_state) return Wrong("answer.next_state", "is the State that answers");
  return absl::OkStatus();
}

absl::Status CheckAnswer(const v1::AnswerTraceRequest& request, const std::string& own_state) {
  const v1::Answer& answer = request.answer();
  switch (answer.outcome()) {
    case v1::OUTCOME_UNSPECIFIED: return Required("answer.outcome", "say what the records say");
    case v1::OUTCOME_NO_STATE_TO_ASK:
      return Wrong("answer.outcome", "is what a whole trace comes to, not one State's answer");
    case v1::OUTCOME_WITHHELD:
      return Wrong("answer.outcome", "discloses nothing: refuse the trace instead");
    default: break;
  }
  for (int i = 0; i < answer.candidates_size(); ++i) {
    if (!answer.candidates(i).has_record())
      return Required("answer.candidates[" + std::to_string(i) + "].record", "say which record");
  }
  return CheckNextState(answer, own_state);
}

}  // namespace

absl::Status Acknowledge(const v1::AcknowledgeTraceRequest& request, const Sitting& sitting) {
  if (sitting.hop->desk().has_acknowledge_time()) {
    return Failure(v1::REASON_TRACE_STATE,
                   "was acknowledged before, by " + sitting.hop->desk().responding_agency().name());
  }
  Taken(sitting).mutable_responding_agency()->set_reference(request.reference());
  sitting.course->DeskChanged(sitting.hop, sitting.now);
  return absl::OkStatus();
}

absl::Status WantInformation(const v1::RequestInformationRequest& request, const Sitting& sitting) {
  if (request.wanted().empty() && request.message().empty())
    return Required("message", "say what you need to know, or name the fields in `wanted`");
  v1::DeskWork& desk = Taken(sitting);
  NoLongerDelayed(&desk);
  *desk.mutable_wanted() = request.wanted();
  desk.set_wanted_message(request.message());
  *desk.mutable_wanted_time() = ToTimestamp(sitting.now);
  sitting.course->DeskChanged(sitting.hop, sitting.now);
  return absl::OkStatus();
}

absl::Status Delay(const v1::DelayTraceRequest& request, const Sitting& sitting) {
  if (auto status = CheckGround(request.legal_ground(), "legal_ground"); !status.ok())
    return status;
  if (!request.has_until()) return Required("until", "say when the answer can be expected");
  const absl::Time until = FromTimestamp(request.until());
  if (until <= sitting.now) return Wrong("until", "is not in the future");
  const absl::Time end = FromTimestamp(sitting.course->trace().expire_time());
  if (until >= end) {
    return Wrong("until", "is after the trace expires, " +
                              absl::FormatTime("%Y-%m-%d", end, absl::UTCTimeZone()));
  }
  v1::DeskWork& desk = Taken(sitting);
  NoLongerWanted(&desk);
  desk.set_delay_ground(request.legal_ground());
  desk.set_delay_explanation(request.explanation());
  *desk.mutable_delayed_until() = request.until();
  sitting.course->DeskChanged(sitting.hop, sitting.now);
  return absl::OkStatus();
}

absl::Status AnswerByHand(const v1::AnswerTraceRequest& request, const Sitting& sitting) {
  if (auto status = CheckAnswer(request, sitting.officer.state()); !status.ok()) return status;
  return sitting.course->TakeOfficersAnswer(sitting.hop, request.answer(), sitting.officer,
                                            sitting.now);
}

absl::Status Refuse(const v1::RefuseTraceRequest& request, const Sitting& sitting) {
  if (auto status = CheckGround(request.legal_ground(), "legal_ground"); !status.ok())
    return status;
  v1::Answer answer;
  answer.set_outcome(v1::OUTCOME_WITHHELD);
  answer.set_legal_ground(request.legal_ground());
  answer.set_explanation(request.explanation());
  return sitting.course->TakeOfficersAnswer(sitting.hop, std::move(answer), sitting.officer,
                                            sitting.now);
}

}  // namespace tracegate
