#include "gateway/tracing/itinerary.h"

#include <string>

#include "adapters/marking/routing.h"
#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

v1::RouteStep Step(const std::string& state, v1::RouteReason reason, const std::string& note) {
  v1::RouteStep step;
  step.set_state(state);
  step.set_reason(reason);
  step.set_reason_note(note);
  return step;
}

// Whether the answer leads to a State that was asked before it, or to the State that gives it.
bool TurnsBack(const v1::Trace& trace, const v1::Hop& hop) {
  for (const v1::Hop& earlier : trace.hops()) {
    if (earlier.to_state() == hop.answer().next_state()) return true;
    if (&earlier == &hop) break;
  }
  return false;
}

}  // namespace

std::vector<v1::RouteStep> PlanRoute(const v1::TraceRequest& request, bool asked_by_own_agency,
                                     bool has_own_registry) {
  if (!asked_by_own_agency || !request.to_state().empty()) {
    return {Step(request.to_state(), v1::ROUTE_REASON_REQUESTED, "named in the request")};
  }
  std::vector<v1::RouteStep> route;
  const std::string& own = request.requesting_agency().state();
  if (has_own_registry) {
    route.push_back(Step(own, v1::ROUTE_REASON_OWN_REGISTRY, "own registry first"));
  }
  for (auto& step : RouteOf(request.item())) {
    if (step.state() != own) route.push_back(std::move(step));
  }
  return route;
}

std::optional<v1::RouteStep> NextStep(const v1::Trace& trace,
                                      const std::vector<v1::RouteStep>& route, int hops_max,
                                      int hops_at_once) {
  if (trace.hops_size() >= hops_max) return std::nullopt;
  int open = 0;
  bool turned_back = false;
  for (const v1::Hop& hop : trace.hops()) {
    if (IsOpen(hop)) ++open;
    if (!hop.has_answer()) continue;
    if (Settles(hop.answer().outcome())) return std::nullopt;
    const std::string& next = hop.answer().next_state();
    if (next.empty()) continue;
    if (!WasAsked(trace, next)) {
      return Step(next, v1::ROUTE_REASON_NAMED_IN_ANSWER,
                  "named in the answer of " + hop.to_state());
    }
    turned_back |= TurnsBack(trace, hop);
  }
  if (turned_back || open >= hops_at_once) return std::nullopt;
  for (const v1::RouteStep& step : route) {
    if (!WasAsked(trace, step.state())) return step;
  }
  return std::nullopt;
}

v1::TrailEnd TrailEndOf(const v1::Trace& trace, const v1::Hop& hop, int hops_max) {
  if (!hop.has_answer()) return v1::TRAIL_END_NOT_TOLD;
  const v1::Answer& answer = hop.answer();
  if (answer.outcome() == v1::OUTCOME_WITHHELD) return v1::TRAIL_END_WITHHELD;
  if (Settles(answer.outcome())) return v1::TRAIL_END_SETTLED;
  if (answer.next_state().empty()) return v1::TRAIL_END_DEAD_END;
  if (TurnsBack(trace, hop)) return v1::TRAIL_END_LOOP;
  const bool cut_short = !WasAsked(trace, answer.next_state()) && trace.hops_size() >= hops_max;
  return cut_short ? v1::TRAIL_END_TOO_LONG : v1::TRAIL_END_UNSPECIFIED;
}

bool Settles(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_LAST_HOLDER_IDENTIFIED:
    case v1::OUTCOME_HELD_IN_STATE_STOCK:
    case v1::OUTCOME_REPORTED_LOST_OR_STOLEN:
    case v1::OUTCOME_DESTROYED_ON_RECORD:
    case v1::OUTCOME_DEACTIVATED_ON_RECORD:
    case v1::OUTCOME_NO_RECORD_OF_EXPORT: return true;
    default: return false;
  }
}

bool WasAsked(const v1::Trace& trace, const std::string& state) {
  for (const v1::Hop& hop : trace.hops()) {
    if (hop.to_state() == state) return true;
  }
  return false;
}

}  // namespace tracegate
