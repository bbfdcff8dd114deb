#ifndef TRACEGATE_GATEWAY_TRACING_INQUIRY_H_
#define TRACEGATE_GATEWAY_TRACING_INQUIRY_H_

#include <string>

#include "adapters/marking/reading.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// That somebody began to ask about a weapon. Which of the ids is set says how.
struct Inquiry {
  v1::TraceRequest request;    // who asks, what for and under which guarantee
  ItemReading read;            // of the weapon
  v1::Handling handling = {};  // how the question itself must be treated
  std::string trace_id = {};
  std::string cross_check_id = {};
  std::string subscription_id = {};
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_INQUIRY_H_
