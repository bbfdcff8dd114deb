#include "gateway/tracing/trace_view.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 50;
constexpr int kPageMax = 200;
constexpr size_t kTraceIdBytes = 26;

std::string BindingOf(const Caller& caller, v1::ListTracesRequest request) {
  request.clear_page_token();
  request.clear_page_size();
  return TokenBinding(caller, request.SerializeAsString());
}

}  // namespace

std::string TokenBinding(const Caller& caller, std::string_view query) {
  uint64_t hash = 1469598103934665603u;  // FNV-1a
  for (const unsigned char c : caller.spiffe_id + "\n" + std::string(query)) {
    hash = (hash ^ c) * 1099511628211u;
  }
  return absl::StrFormat("%016x", hash);
}

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
  if (request.page_size() < 0 || request.page_size() > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 200, or 0 for 50");
  }
  TraceQuery query;
  query.visible_to_state = caller.state;
  query.serial_number = request.serial_number();
  query.direction = request.direction();
  query.limit = request.page_size() == 0 ? kPageDefault : request.page_size();
  for (const int state : request.states())
    query.states.push_back(static_cast<v1::TraceState>(state));
  if (request.page_token().empty()) return query;
  std::string token;
  if (!absl::WebSafeBase64Unescape(request.page_token(), &token) || token.size() <= kTraceIdBytes ||
      token.substr(kTraceIdBytes) != BindingOf(caller, request)) {
    return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                        "is not a token of this list; repeat the filters it was given for");
  }
  query.before_trace_id = token.substr(0, kTraceIdBytes);
  return query;
}

std::string PageTokenOf(const Caller& caller, const v1::ListTracesRequest& request,
                        const std::string& trace_id) {
  return absl::WebSafeBase64Escape(trace_id + BindingOf(caller, request));
}

}  // namespace tracegate
