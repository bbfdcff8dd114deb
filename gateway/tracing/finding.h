#ifndef TRACEGATE_GATEWAY_TRACING_FINDING_H_
#define TRACEGATE_GATEWAY_TRACING_FINDING_H_

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What the hops of an ended trace come to: the outcome of the hop that settles it, or the most that was said, and
// the point of diversion where the answers establish it (SDG 16.4.2: the last lawful place and day).
v1::Finding ConcludeTrace(const v1::Trace& trace);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_FINDING_H_
