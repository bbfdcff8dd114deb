#include "gateway/tracing/asker_step.h"

#include <string>
#include <utility>

#include "adapters/marking/quality_gate.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kSupplementsMax = 32;
constexpr int kClarificationsMax = 16;

// Who did it: an officer, from the certificate; the agency that a peer names, of its own State.
absl::StatusOr<v1::Agency> AskerOf(const Act& act, const v1::Agency& named) {
  const std::string& asking = act.course->trace().request().requesting_agency().state();
  if (act.who.state() != asking || act.course->asked_by_own_agency() == act.is_peer) {
    return Failure(v1::REASON_STATE_MISMATCH, "this is for the asking State, " + asking);
  }
  if (!act.is_peer) return act.who;
  if (named.name().empty())
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "agency.name", "a gateway must name the agency");
  v1::Agency agency = named;
  agency.set_state(asking);
  return agency;
}

// Which of a peer's supplements or questions this is; true where it was taken before.
absl::StatusOr<bool> WasTaken(const Act& act, int number, int taken) {
  if (!act.is_peer || number == taken + 1) return false;
  if (number >= 1 && number <= taken) return true;
  return FieldFailure(v1::REASON_FIELD_INVALID, "number",
                      "must be " + std::to_string(taken + 1) + ", the next, or one before it");
}

bool IsAnybodyOpen(const v1::Trace& trace) {
  if (trace.hops().empty()) return true;
  for (const v1::Hop& hop : trace.hops()) {
    if (IsOpen(hop) && !hop.has_answer()) return true;
  }
  return false;
}

absl::Status CheckItem(const v1::SupplementTraceRequest& request, const v1::Trace& trace) {
  if (!request.has_item() && request.message().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "message",
                        "give what is wanted, or describe the weapon anew in `item`");
  }
  if (!request.has_item()) return absl::OkStatus();
  const auto remarks = CheckMarks(ItemReading(request.item()), trace.request().recovery().state());
  return StopsTrace(remarks) ? GateFailure("item.", remarks) : absl::OkStatus();
}

// The hop that gave a ground: `number` where it names one, else the only one.
absl::StatusOr<v1::Hop*> HopWithGround(TraceCourse* course, int number) {
  const auto gave_one = [](const v1::Hop& hop) {
    return hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED ||
           (IsOpen(hop) && hop.desk().has_delayed_until());
  };
  const v1::Trace& trace = course->trace();
  if (number < 0 || number > trace.hops_size()) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "hop_number",
                        "there are " + std::to_string(trace.hops_size()) + " hops");
  }
  v1::Hop* found = nullptr;
  for (int i = 1; i <= trace.hops_size(); ++i) {
    if ((number != 0 && i != number) || !gave_one(trace.hops(i - 1))) continue;
    if (found != nullptr) {
      return FieldFailure(v1::REASON_FIELD_REQUIRED, "hop_number",
                          "several States gave a ground: say whose it is about");
    }
    found = course->hop(i);
  }
  if (found == nullptr) return course->WrongState("no State gave a ground to be clarified");
  return found;
}

}  // namespace

absl::StatusOr<const v1::Hop*> Supplement(const v1::SupplementTraceRequest& request,
                                          const Act& act) {
  const v1::Trace& trace = act.course->trace();
  auto agency = AskerOf(act, request.agency());
  if (!agency.ok()) return agency.status();
  const auto taken = WasTaken(act, request.number(), trace.supplements_size());
  if (!taken.ok()) return taken.status();
  if (*taken) return nullptr;
  // A peer's comes late: the officer who wanted it may have gone on without.
  if (act.is_peer ? !IsAnybodyOpen(trace) : trace.state() != v1::TRACE_STATE_INFO_REQUESTED)
    return act.course->WrongState("nobody wants to know more");
  if (trace.supplements_size() >= kSupplementsMax)
    return act.course->WrongState("it was supplemented 32 times; withdraw it and ask anew");
  if (auto status = CheckItem(request, trace); !status.ok()) return status;
  v1::Supplement supplement;
  if (request.has_item()) *supplement.mutable_item() = request.item();
  supplement.set_message(request.message());
  *supplement.mutable_agency() = *std::move(agency);
  *supplement.mutable_supplement_time() = ToTimestamp(act.now);
  act.course->Supplement(std::move(supplement), act.now);
  return nullptr;
}

absl::StatusOr<const v1::Hop*> SeekClarification(const v1::RequestClarificationRequest& request,
                                                 const Act& act) {
  auto agency = AskerOf(act, request.agency());
  if (!agency.ok()) return agency.status();
  auto hop = HopWithGround(act.course, request.hop_number());
  if (!hop.ok()) return hop.status();
  const auto taken = WasTaken(act, request.number(), (*hop)->clarifications_size());
  if (!taken.ok()) return taken.status();
  if (*taken) return *hop;
  if (request.question().empty())
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "question", "say what is to be clarified");
  if (AwaitsClarification(**hop))
    return act.course->WrongState((*hop)->to_state() + " has not clarified what was asked before");
  if ((*hop)->clarifications_size() >= kClarificationsMax)
    return act.course->WrongState((*hop)->to_state() + " was asked to clarify 16 times");
  v1::Clarification clarification;
  clarification.set_question(request.question());
  *clarification.mutable_asking_agency() = *std::move(agency);
  *clarification.mutable_ask_time() = ToTimestamp(act.now);
  act.course->SeekClarification(*hop, std::move(clarification), act.now);
  return *hop;
}

absl::StatusOr<const v1::Hop*> Withdraw(const v1::WithdrawTraceRequest& request, const Act& act) {
  const v1::Trace& trace = act.course->trace();
  auto agency = AskerOf(act, request.agency());
  if (!agency.ok()) return agency.status();
  if (trace.has_withdrawal()) {
    if (act.is_peer) return nullptr;
    return act.course->WrongState("it was withdrawn before");
  }
  if (!IsAnybodyOpen(trace) && act.course->open())
    return act.course->WrongState("every State has answered");
  v1::Withdrawal withdrawal;
  withdrawal.set_explanation(request.explanation());
  *withdrawal.mutable_agency() = *std::move(agency);
  *withdrawal.mutable_withdraw_time() = ToTimestamp(act.now);
  act.course->Withdraw(std::move(withdrawal), act.now);
  return nullptr;
}

}  // namespace tracegate
