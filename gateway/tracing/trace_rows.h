#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_ROWS_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_ROWS_H_

#include <string>

#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/house.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The RPC that begins every trace, for the log's headers; also of a trace taken up after a restart.
inline constexpr char kCreateTraceMethod[] = "/tracegate.v1.TraceService/CreateTrace";

// What identifies a trace in the store, beside the trace itself.
struct TraceKey {
  std::string agency;       // whose request_id it is
  std::string actor;        // SPIFFE ID of who asked
  std::string asked_state;  // empty where this gateway's own agency asks
};

// The row of an open trace.
TraceRow OpenRow(const TraceKey& key, const v1::Trace& trace);

// What came from the asker. `agreement_id` is a peer's; else empty.
EntryDraft RequestEntry(const TraceKey& key, const v1::Trace& trace, std::string request_bytes,
                        std::string agreement_id);

// Adds the trace as the reply to the asker, or, with ENTRY_KIND_TRACE_ENDED, as what it came to while nobody waited.
// `draft` holds its row.
void AddReply(const House& house, const TraceKey& key, const v1::Trace& trace, v1::EntryKind kind,
              RecordDraft* draft);

// The same to whoever sent `request`, in answer to that.
void AddReplyTo(const EntryDraft& request, RecordDraft* draft);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_ROWS_H_
