#ifndef TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_
#define TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_

#include "absl/status/statusor.h"
#include "gateway/tracing/trace_step.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What an officer does with the question at their desk: each gives its hop, or FIELD_REQUIRED, FIELD_INVALID or TRACE_STATE.

// The desk has the question (ITI 19). TRACE_STATE where it said so before.
absl::StatusOr<const v1::Hop*> Acknowledge(const v1::AcknowledgeTraceRequest& request,
                                           const Act& act);

// It needs to know more (ITI 21). Acknowledges too, as do the next three where that was not done.
absl::StatusOr<const v1::Hop*> WantInformation(const v1::RequestInformationRequest& request,
                                               const Act& act);

// It will answer later, on one of the four grounds (ITI 22, 23).
absl::StatusOr<const v1::Hop*> Delay(const v1::DelayTraceRequest& request, const Act& act);

// It answers, in full or restricted (ITI 20, 22).
absl::StatusOr<const v1::Hop*> AnswerByHand(const v1::AnswerTraceRequest& request, const Act& act);

// It will not answer, on one of the four grounds (ITI 22, 23).
absl::StatusOr<const v1::Hop*> Refuse(const v1::RefuseTraceRequest& request, const Act& act);

// It says what was to be clarified (ITI 23). Also of a State whose registry is no desk.
absl::StatusOr<const v1::Hop*> Clarify(const v1::ClarifyTraceRequest& request, const Act& act);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_
