#include "gateway/tracing/desk_step.h"

#include <string>

#include "adapters/marking/states.h"
#include "gateway/tracing/hop_clock.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
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
v1::DeskWork& Taken(v1::Hop* hop, const Act& act) {
  v1::DeskWork& desk = *hop->mutable_desk();
  if (!desk.has_acknowledge_time()) {
    *desk.mutable_acknowledge_time() = ToTimestamp(act.now);
    *desk.mutable_responding_agency() = act.who;
  }
  return desk;
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

absl::StatusOr<const v1::Hop*> Acknowledge(const v1::AcknowledgeTraceRequest& request,
                                           const Act& act) {
  const auto hop = act.course->HopAtDesk(act.who.state());
  if (!hop.ok()) return hop.status();
  if ((*hop)->desk().has_acknowledge_time()) {
    return act.course->WrongState("it was acknowledged before, by " +
                                  (*hop)->desk().responding_agency().name());
  }
  Taken(*hop, act).mutable_responding_agency()->set_reference(request.reference());
  act.course->DeskChanged(act.now);
  return *hop;
}

absl::StatusOr<const v1::Hop*> WantInformation(const v1::RequestInformationRequest& request,
                                               const Act& act) {
  const auto hop = act.course->HopAtDesk(act.who.state());
  if (!hop.ok()) return hop.status();
  if (request.wanted().empty() && request.message().empty())
    return Required("message", "say what you need to know, or name the fields in `wanted`");
  ResumeClocks(*hop, act.now);
  v1::DeskWork& desk = Taken(*hop, act);
  NoLongerDelayed(&desk);
  *desk.mutable_wanted() = request.wanted();
  desk.set_wanted_message(request.message());
  *desk.mutable_wanted_time() = ToTimestamp(act.now);
  act.course->DeskChanged(act.now);
  return *hop;
}

absl::StatusOr<const v1::Hop*> Delay(const v1::DelayTraceRequest& request, const Act& act) {
  const auto hop = act.course->HopAtDesk(act.who.state());
  if (!hop.ok()) return hop.status();
  if (auto status = CheckGround(request.legal_ground(), "legal_ground"); !status.ok())
    return status;
  if (!request.has_until()) return Required("until", "say when the answer can be expected");
  const absl::Time until = FromTimestamp(request.until());
  if (until <= act.now) return Wrong("until", "is not in the future");
  const absl::Time end = FromTimestamp(act.course->trace().expire_time());
  if (until >= end) {
    return Wrong("until", "is after the trace expires, " +
                              absl::FormatTime("%Y-%m-%d", end, absl::UTCTimeZone()));
  }
  ResumeClocks(*hop, act.now);
  v1::DeskWork& desk = Taken(*hop, act);
  desk.set_delay_ground(request.legal_ground());
  desk.set_delay_explanation(request.explanation());
  *desk.mutable_delayed_until() = request.until();
  act.course->DeskChanged(act.now);
  return *hop;
}

absl::StatusOr<const v1::Hop*> AnswerByHand(const v1::AnswerTraceRequest& request, const Act& act) {
  const auto hop = act.course->HopAtDesk(act.who.state());
  if (!hop.ok()) return hop.status();
  absl::Status status = CheckAnswer(request, act.who.state());
  if (status.ok())
    status = act.course->TakeOfficersAnswer(*hop, request.answer(), act.who, act.now);
  if (!status.ok()) return status;
  return *hop;
}

absl::StatusOr<const v1::Hop*> Refuse(const v1::RefuseTraceRequest& request, const Act& act) {
  const auto hop = act.course->HopAtDesk(act.who.state());
  if (!hop.ok()) return hop.status();
  if (auto status = CheckGround(request.legal_ground(), "legal_ground"); !status.ok())
    return status;
  v1::Answer answer;
  answer.set_outcome(v1::OUTCOME_WITHHELD);
  answer.set_legal_ground(request.legal_ground());
  answer.set_explanation(request.explanation());
  const auto status = act.course->TakeOfficersAnswer(*hop, std::move(answer), act.who, act.now);
  if (!status.ok()) return status;
  return *hop;
}

absl::StatusOr<const v1::Hop*> Clarify(const v1::ClarifyTraceRequest& request, const Act& act) {
  const v1::Trace& trace = act.course->trace();
  for (int number = 1; number <= trace.hops_size(); ++number) {
    const v1::Hop& hop = trace.hops(number - 1);
    if (hop.to_state() != act.who.state() || act.course->IsPeer(hop) || !AwaitsClarification(hop))
      continue;
    if (request.clarification().empty())
      return Required("clarification", "say what the asking State wants to know");
    act.course->Clarify(act.course->hop(number), request.clarification(), act.who, act.now);
    return &hop;
  }
  return act.course->WrongState("nobody asked " + act.who.state() + " to clarify anything");
}

}  // namespace tracegate
