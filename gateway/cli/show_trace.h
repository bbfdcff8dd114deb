#ifndef TRACEGATE_GATEWAY_CLI_SHOW_TRACE_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_TRACE_H_

#include <string>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What was found, in a line: "TAURUS, PT 92, 9x19, No. TJX12345".
std::string ItemText(const v1::Item& item);

// A trace as an officer wants to read it: the weapon, hop by hop what each State said, what it comes to.
std::string ShowTrace(const v1::Trace& trace);

// What the quality gate says, and whom the trace would go to.
std::string ShowCheck(const v1::CheckTraceResponse& check);

// Traces as a table, one a row.
std::string ShowTraces(const v1::ListTracesResponse& list);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_TRACE_H_
