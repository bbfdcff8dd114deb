#ifndef TRACEGATE_GATEWAY_TRACING_ASKER_STEP_H_
#define TRACEGATE_GATEWAY_TRACING_ASKER_STEP_H_

#include "absl/status/statusor.h"
#include "gateway/tracing/trace_step.h"

namespace tracegate {

// What the asking State does with its own trace. An officer does it where the trace stands so that it makes sense; their
// gateway tells every State that has to know, as a peer, which may come late or twice: what was taken already is taken as
// done. STATE_MISMATCH where another State asks.

// Gives what the State asked wanted to know (ITI 21). An officer: only while information is wanted. QUALITY_GATE where
// the description would make the trace fail.
absl::StatusOr<const v1::Hop*> Supplement(const v1::SupplementTraceRequest& request,
                                          const Act& act);

// Wants to know more of a delay, restriction or refusal (ITI 23).
absl::StatusOr<const v1::Hop*> SeekClarification(const v1::RequestClarificationRequest& request,
                                                 const Act& act);

// No longer needs an answer: only while one is owed.
absl::StatusOr<const v1::Hop*> Withdraw(const v1::WithdrawTraceRequest& request, const Act& act);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_ASKER_STEP_H_
