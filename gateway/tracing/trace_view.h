#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_VIEW_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The agency whose request_ids are one series: "BR/policia-federal".
std::string AgencyOf(const Caller& caller);

// Whether the caller may see the trace: a peer gateway what it asked itself, others what their State asked or was
// asked.
bool MaySee(const Caller& caller, const TraceRow& row);

// The trace for a list: everything but the candidates' records.
v1::Trace SummaryOf(v1::Trace trace);

// What a list shows the caller, from the request and its page token. FIELD_INVALID, PAGE_TOKEN_INVALID.
absl::StatusOr<TraceQuery> QueryOf(const Caller& caller, const v1::ListTracesRequest& request);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_VIEW_H_
