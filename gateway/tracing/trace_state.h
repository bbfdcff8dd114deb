#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_STATE_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_STATE_H_

#include <string>

#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Where a trace stands, worked out from what happened on its hops. Nothing here changes it.

// Whether the State asked still owes its word.
bool IsOpen(const v1::Hop& hop);

// The state of a hop that was answered so.
v1::HopState StateAfter(const v1::Answer& answer);

// Whether the asking State wants to know more of a ground and was not told yet (ITI 23).
bool AwaitsClarification(const v1::Hop& hop);

// Whether the clocks of a question at a desk stand: it waits for information, or for the end of a delay.
bool ClocksStand(const v1::DeskWork& desk, absl::Time now);

// The state of a trace that is not concluded, as of `now`.
v1::TraceState StateOfOpen(const v1::Trace& trace, absl::Time now);

// What a trace has come to that goes no further.
v1::TraceState StateOfEnded(const v1::Trace& trace);

// What is traced: as the request has it, or the last supplement that describes it anew.
const v1::Item& TracedItem(const v1::Trace& trace);

// Its name for people: "INFO_REQUESTED".
std::string TraceStateWord(v1::TraceState state);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_STATE_H_
