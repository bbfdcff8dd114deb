#ifndef TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_
#define TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/tracing/trace_course.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// An officer with a question before them.
struct Sitting {
  TraceCourse* course;
  v1::Hop* hop;        // its open hop, at the officer's desk
  v1::Agency officer;  // State and agency, from the certificate
  absl::Time now;
};

// What an officer does; where it fails, nothing is changed. FIELD_REQUIRED, FIELD_INVALID or TRACE_STATE.
using DeskStep = std::function<absl::Status(const Sitting&)>;

// The desk has the question (ITI 19). TRACE_STATE where it said so before.
absl::Status Acknowledge(const v1::AcknowledgeTraceRequest& request, const Sitting& sitting);

// It needs to know more (ITI 21). Acknowledges too, as do the next three where that was not done.
absl::Status WantInformation(const v1::RequestInformationRequest& request, const Sitting& sitting);

// It will answer later, on one of the four grounds (ITI 22, 23).
absl::Status Delay(const v1::DelayTraceRequest& request, const Sitting& sitting);

// It answers, in full or restricted (ITI 20, 22).
absl::Status AnswerByHand(const v1::AnswerTraceRequest& request, const Sitting& sitting);

// It will not answer, on one of the four grounds (ITI 22, 23).
absl::Status Refuse(const v1::RefuseTraceRequest& request, const Sitting& sitting);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_DESK_STEP_H_
