#ifndef TRACEGATE_GATEWAY_EVIDENCE_APPEND_AND_WAIT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_APPEND_AND_WAIT_H_

#include "absl/status/statusor.h"
#include "gateway/evidence/evidence_log.h"

namespace tracegate {

// Appends, and waits for what comes of it: for threads that have nothing else to do. Never on the log's own thread, that
// is, in a `done`. Errors: as EvidenceLog::Append.
absl::StatusOr<Recorded> AppendAndWait(EvidenceLog& log, RecordDraft draft);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_APPEND_AND_WAIT_H_
