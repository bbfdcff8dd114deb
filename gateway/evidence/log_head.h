#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/evidence/merkle_edge.h"
#include "gateway/evidence/note_verifier.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// All that a log needs to know of its past in order to go on. A plain value.
struct LogHead {
  MerkleEdge tree;
  int64_t record_time_us = 0;  // the newest in the log
  std::string checkpoint;      // the newest, signed; empty where the log is
};

// Reads the whole log, hashes every header again, holds every content that is still there against its
// commitment, and compares the tree with the last checkpoint and its signature.
//
// Errors: DATA_LOSS (LOG_DAMAGED) naming the first entry that is wrong where it can be told: a changed
// header may show only in the root. Also where the checkpoint is signed by another key. What the
// store itself reports is passed on.
absl::StatusOr<LogHead> ReplayLog(RecordStore& store, const NoteVerifier& verifier);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_HEAD_H_
