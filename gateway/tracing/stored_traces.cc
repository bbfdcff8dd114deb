#include "gateway/tracing/stored_traces.h"

#include <utility>

#include "gateway/evidence/reply_receipt.h"
#include "gateway/tracing/page.h"
#include "gateway/tracing/trace_view.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// What is left of a trace whose reply was erased.
v1::Trace RestOf(const TraceRow& row) {
  v1::Trace trace;
  trace.set_trace_id(row.trace_id);
  trace.set_request_id(row.request_id);
  trace.set_state(row.state);
  return trace;
}

}  // namespace

absl::StatusOr<TraceRow> StoredTraces::FindVisible(const Caller& caller,
                                                   const std::string& trace_id) const {
  if (trace_id.empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "trace_id", "say which trace");
  }
  auto row = store_->FindTrace(trace_id);
  if (!row.ok()) return row.status();
  if (!*row || !MaySee(caller, **row)) {
    return FieldFailure(v1::REASON_TRACE_NOT_FOUND, "trace_id", "there is no trace " + trace_id);
  }
  return **row;
}

absl::StatusOr<std::string> StoredTraces::Bytes(const TraceRow& row) const {
  if (row.open) return row.body;
  auto entry = store_->ReadEntry(row.reply_entry);
  if (!entry.ok()) return entry.status();
  if (IsErased(*entry)) {
    return Failure(v1::REASON_TRACE_ERASED,
                   "the reply of trace " + row.trace_id +
                       " was erased when its retention ended; the log says under which rule");
  }
  return ReplyWithReceipt(entry->content, row.reply_receipt);
}

absl::StatusOr<v1::Trace> StoredTraces::Read(const TraceRow& row) const {
  const auto bytes = Bytes(row);
  if (!bytes.ok()) return bytes.status();
  v1::Trace trace;
  if (!trace.ParseFromString(*bytes)) {
    return Failure(v1::REASON_LOG_DAMAGED, "the stored trace " + row.trace_id + " cannot be read");
  }
  trace.clear_receipt();  // speaks of the whole reply, byte for byte
  return trace;
}

absl::StatusOr<v1::ListTracesResponse> StoredTraces::List(
    const Caller& caller, const v1::ListTracesRequest& request) const {
  auto query = QueryOf(caller, request);
  if (!query.ok()) return query.status();
  const int limit = query->limit++;  // one more tells whether there is a next page
  auto rows = store_->ListTraces(*query);
  if (!rows.ok()) return rows.status();
  v1::ListTracesResponse response;
  for (const TraceRow& row : *rows) {
    if (response.traces_size() == limit) {
      response.set_next_page_token(
          PageTokenBehind(caller, request, response.traces(limit - 1).trace_id()));
      break;
    }
    auto trace = Read(row);
    if (DetailOf(trace.status()).reason() == v1::REASON_TRACE_ERASED) {
      *response.add_traces() = RestOf(row);
      continue;
    }
    if (!trace.ok()) return trace.status();
    *response.add_traces() = SummaryOf(*std::move(trace));
  }
  return response;
}

}  // namespace tracegate
