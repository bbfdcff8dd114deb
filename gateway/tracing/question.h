#ifndef TRACEGATE_GATEWAY_TRACING_QUESTION_H_
#define TRACEGATE_GATEWAY_TRACING_QUESTION_H_

#include <string>

#include "adapters/marking/reading.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The question to a registry about one weapon: as it was read, and how its serial number may be written there. `request`
// says who asks whom, and why.
adapter::v1::FindRequest QuestionAbout(const ItemReading& read, v1::TraceRequest request,
                                       std::string hop_id);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_QUESTION_H_
