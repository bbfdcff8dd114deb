#ifndef TRACEGATE_GATEWAY_CLI_TRACE_DIAGRAM_H_
#define TRACEGATE_GATEWAY_CLI_TRACE_DIAGRAM_H_

#include <string>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What passed between the States of a trace, in order of time, as a Mermaid sequence diagram. Names States, outcomes and
// grounds; nothing of the weapon, of records or of people.
std::string TraceDiagram(const v1::Trace& trace);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRACE_DIAGRAM_H_
