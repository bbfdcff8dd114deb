#include "gateway/tracing/trace_state.h"

#include "gateway/tracing/timestamp.h"

namespace tracegate {
namespace {

v1::TraceState StateOfHop(const v1::Hop& hop, absl::Time now) {
  const v1::DeskWork& desk = hop.desk();
  if (desk.has_wanted_time()) return v1::TRACE_STATE_INFO_REQUESTED;
  if (ClocksStand(desk, now)) return v1::TRACE_STATE_DELAYED;
  return desk.has_acknowledge_time() ? v1::TRACE_STATE_ACKNOWLEDGED : v1::TRACE_STATE_IN_PROGRESS;
}

// Of several States asked at once, what needs the asking State most comes first.
int Weight(v1::TraceState state) {
  switch (state) {
    case v1::TRACE_STATE_INFO_REQUESTED: return 4;
    case v1::TRACE_STATE_DELAYED: return 3;
    case v1::TRACE_STATE_ACKNOWLEDGED: return 2;
    default: return 1;
  }
}

}  // namespace

bool IsOpen(const v1::Hop& hop) {
  return hop.state() == v1::HOP_STATE_PLANNED || hop.state() == v1::HOP_STATE_ASKED ||
         hop.state() == v1::HOP_STATE_WAITING;
}

v1::HopState StateAfter(const v1::Answer& answer) {
  if (answer.outcome() == v1::OUTCOME_WITHHELD) return v1::HOP_STATE_REFUSED;
  return answer.next_state().empty() ? v1::HOP_STATE_ANSWERED : v1::HOP_STATE_REDIRECTED;
}

bool AwaitsClarification(const v1::Hop& hop) {
  const int count = hop.clarifications_size();
  return count > 0 && !hop.clarifications(count - 1).has_answer_time();
}

bool ClocksStand(const v1::DeskWork& desk, absl::Time now) {
  return desk.has_wanted_time() ||
         (desk.has_delayed_until() && now < FromTimestamp(desk.delayed_until()));
}

v1::TraceState StateOfOpen(const v1::Trace& trace, absl::Time now) {
  if (trace.has_withdrawal()) return v1::TRACE_STATE_WITHDRAWN;
  if (trace.hops().empty()) return v1::TRACE_STATE_SUBMITTED;
  v1::TraceState state = v1::TRACE_STATE_IN_PROGRESS;
  for (const v1::Hop& hop : trace.hops()) {
    if (AwaitsClarification(hop)) return v1::TRACE_STATE_CLARIFICATION_REQUESTED;
    if (!IsOpen(hop)) continue;
    const v1::TraceState of_hop = StateOfHop(hop, now);
    if (Weight(of_hop) > Weight(state)) state = of_hop;
  }
  return state;
}

v1::TraceState StateOfEnded(const v1::Trace& trace) {
  if (trace.has_withdrawal()) return v1::TRACE_STATE_WITHDRAWN;
  bool open = false;
  bool in_full = false;
  bool restricted = false;
  bool refused = false;
  for (const v1::Hop& hop : trace.hops()) {
    const bool withheld = hop.has_answer() ? hop.answer().outcome() == v1::OUTCOME_WITHHELD
                                           : hop.state() == v1::HOP_STATE_REFUSED;
    const bool on_a_ground = hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED;
    open |= IsOpen(hop) && !hop.has_answer();
    refused |= withheld;
    restricted |= hop.has_answer() && !withheld && on_a_ground;
    in_full |= hop.has_answer() && !withheld && !on_a_ground;
  }
  if (open) return v1::TRACE_STATE_EXPIRED;
  if (in_full) return v1::TRACE_STATE_ANSWERED;
  if (restricted) return v1::TRACE_STATE_RESTRICTED;
  return refused ? v1::TRACE_STATE_REFUSED : v1::TRACE_STATE_ANSWERED;
}

const v1::Item& TracedItem(const v1::Trace& trace) {
  for (int i = trace.supplements_size() - 1; i >= 0; --i) {
    if (trace.supplements(i).has_item()) return trace.supplements(i).item();
  }
  return trace.request().item();
}

std::string TraceStateWord(v1::TraceState state) { return v1::TraceState_Name(state).substr(12); }

}  // namespace tracegate
