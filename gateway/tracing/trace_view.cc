#include "gateway/tracing/trace_view.h"

#include <utility>

#include "gateway/tracing/page.h"

namespace tracegate {
std::string AgencyOf(const Caller& caller) { return caller.state + "/" + caller.agency; }

bool MaySee(const Caller& caller, const TraceRow& row) {
  if (caller.role == Role::kPeer) return row.agency == AgencyOf(caller);
  return row.asking_state == caller.state || row.asked_state == caller.state;
}

v1::Trace SummaryOf(v1::Trace trace) {
  for (auto& hop : *trace.mutable_hops()) {
    if (!hop.has_answer()) continue;  // to touch it would make one
    for (auto& candidate : *hop.mutable_answer()->mutable_candidates()) candidate.clear_record();
  }
  return trace;
}

absl::StatusOr<TraceQuery> QueryOf(const Caller& caller, const v1::ListTracesRequest& request) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  auto behind = PageBeginsBehind(caller, request);
  if (!behind.ok()) return behind.status();
  TraceQuery query;
  query.visible_to_state = caller.state;
  query.serial_number = request.serial_number();
  query.direction = request.direction();
  query.limit = *size;
  query.before_trace_id = *std::move(behind);
  for (const int state : request.states())
    query.states.push_back(static_cast<v1::TraceState>(state));
  return query;
}

}  // namespace tracegate
