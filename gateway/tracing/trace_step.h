#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_STEP_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_STEP_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/tracing/trace_course.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Somebody who does something to a trace.
struct Act {
  TraceCourse* course;
  v1::Agency who;        // State and agency, from the certificate
  bool is_peer = false;  // the asking State's gateway, for one of its agencies
  absl::Time now;
};

// What they do: gives the hop that it was about, null where it was about the whole trace. Where it fails, nothing is
// changed. FIELD_REQUIRED, FIELD_INVALID, STATE_MISMATCH, QUALITY_GATE, or TRACE_STATE, which names the state.
using TraceAct = std::function<absl::StatusOr<const v1::Hop*>(const Act&)>;

// One such call.
struct TraceStep {
  std::string trace_id;
  std::string method;         // full name of the RPC, for the log's headers
  std::string request_bytes;  // as it came, for the log
  // Whether an ended trace takes it too, and is open again.
  bool reopens = false;
  TraceAct act;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_STEP_H_
