#include "gateway/tracing/itinerary.h"

#include <string>

#include "adapters/marking/routing.h"

namespace tracegate {
namespace {

v1::RouteStep Step(const std::string& state, v1::RouteReason reason, const std::string& note) {
  v1::RouteStep step;
  step.set_state(state);
  step.set_reason(reason);
  step.set_reason_note(note);
  return step;
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
                                      const std::vector<v1::RouteStep>& route, int hops_max) {
  if (trace.hops_size() >= hops_max) return std::nullopt;
  if (trace.hops_size() > 0) {
    const v1::Hop& last = trace.hops(trace.hops_size() - 1);
    const bool answered =
        last.state() == v1::HOP_STATE_ANSWERED || last.state() == v1::HOP_STATE_REDIRECTED;
    if (answered && Settles(last.answer().outcome())) return std::nullopt;
    if (answered && !last.answer().next_state().empty()) {
      if (WasAsked(trace, last.answer().next_state())) return std::nullopt;
      return Step(last.answer().next_state(), v1::ROUTE_REASON_NAMED_IN_ANSWER,
                  "named in the answer of " + last.to_state());
    }
  }
  for (const v1::RouteStep& step : route) {
    if (!WasAsked(trace, step.state())) return step;
  }
  return std::nullopt;
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
