#ifndef TRACEGATE_GATEWAY_TRACING_STORED_TRACES_H_
#define TRACEGATE_GATEWAY_TRACING_STORED_TRACES_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Traces as the store has them.
//
// Thread safety: as RecordStore's reads.
class StoredTraces {
 public:
  // `store` outlives it.
  explicit StoredTraces(RecordStore* store) : store_(store) {}

  // The trace's row. FIELD_REQUIRED without an id; TRACE_NOT_FOUND also where the caller may not see it.
  absl::StatusOr<TraceRow> FindVisible(const Caller& caller, const std::string& trace_id) const;

  // The trace as stored: serialised, of an ended one the final reply with its receipt. TRACE_ERASED once that was erased.
  absl::StatusOr<std::string> Bytes(const TraceRow& row) const;

  // The same, without its receipt. LOG_DAMAGED where what is stored is no trace.
  absl::StatusOr<v1::Trace> Read(const TraceRow& row) const;

  // Traces the caller may see, without their candidates' records; of erased ones only ids and state.
  absl::StatusOr<v1::ListTracesResponse> List(const Caller& caller,
                                              const v1::ListTracesRequest& request) const;

 private:
  RecordStore* const store_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_STORED_TRACES_H_
