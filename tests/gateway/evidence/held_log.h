#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_HELD_LOG_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_HELD_LOG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/sqlite_record_store.h"

namespace tracegate {

// What came of recording ExampleDraft(trace_id).
struct Outcome {
  std::string trace_id;
  absl::StatusOr<std::string> reply;  // as it was released
};

// Expects of a log of example drafts and notes, whatever happened to its writer, that it is sound and can be gone on
// with; that each acknowledged reply is in it and proven by its receipt; that a refused draft is in it whole or not at
// all; that traces and entries speak of the same; and that an auditor finds nothing wrong. Gives the log's size.
int64_t ExpectHeld(const SqliteRecordStore::Options& store, const std::vector<Outcome>& outcomes);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_HELD_LOG_H_
