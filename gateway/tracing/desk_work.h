#ifndef TRACEGATE_GATEWAY_TRACING_DESK_WORK_H_
#define TRACEGATE_GATEWAY_TRACING_DESK_WORK_H_

#include <string_view>

#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// How far a question at a desk has come, and what the desk owes. Nothing here changes it.

// The state of a trace whose question lies there.
v1::TraceState StateAtDesk(const v1::DeskWork& desk, absl::Time now);

// What is past its target: "acknowledgement", "answer", or nothing. Never while the clocks stand: while information is
// wanted, and until the time that a delay names.
std::string_view OverdueAtDesk(const v1::DeskWork& desk, absl::Time now);

// When to look next: at `latest`, or where a target or a delay ends before.
absl::Time NextLookAtDesk(const v1::DeskWork& desk, absl::Time now, absl::Time latest);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_DESK_WORK_H_
