#ifndef TRACEGATE_GATEWAY_TRACING_ITINERARY_H_
#define TRACEGATE_GATEWAY_TRACING_ITINERARY_H_

#include <optional>
#include <vector>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Where a trace goes next. Everything is worked out from the trace itself, so that a gateway that starts again goes
// on where it stood.

// Whom the marks lead to, in order: the State's own registry first, then as the marks say; one State alone where the
// request names it or another State's gateway asks.
std::vector<v1::RouteStep> PlanRoute(const v1::TraceRequest& request, bool asked_by_own_agency,
                                     bool has_own_registry);

// The next State to ask: one that an answer names, else the next of the route that was not asked yet, as long as fewer
// than `hops_at_once` are open. None once an answer settles the trace, once the trail turns back on itself, or after
// `hops_max` hops.
std::optional<v1::RouteStep> NextStep(const v1::Trace& trace,
                                      const std::vector<v1::RouteStep>& route, int hops_max,
                                      int hops_at_once = 1);

// Why the trail does not go on from an ended trace's hop; unset where it does.
v1::TrailEnd TrailEndOf(const v1::Trace& trace, const v1::Hop& hop, int hops_max);

// Whether an outcome ends the trail.
bool Settles(v1::Outcome outcome);

// Whether that State was asked already.
bool WasAsked(const v1::Trace& trace, const std::string& state);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_ITINERARY_H_
