#ifndef TRACEGATE_GATEWAY_EVIDENCE_HIGH_WATER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_HIGH_WATER_H_

#include <string>

#include "absl/status/status.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// The newest checkpoint, kept in a small file of its own beside the store and written again about once a second. A store
// that is restored from an older copy has fewer entries than it says, or others: then the log must not go on as if
// nothing had happened, since receipts for what is missing are out in the world.
class HighWater {
 public:
  // `file`: made where it does not exist.
  explicit HighWater(std::string file) : file_(std::move(file)) {}

  // OK where the log holds everything that the file says it held, or there is no file yet. DATA_LOSS (LOG_DAMAGED)
  // saying what is missing; FAILED_PRECONDITION (CONFIG_INVALID) where the file cannot be read or is none of this log's.
  absl::Status Check(const EvidenceLog& log, RecordStore* store) const;

  // Writes the newest checkpoint, where it is another than last time. UNAVAILABLE (RECORD_NOT_DURABLE) where it cannot.
  absl::Status Write(const EvidenceLog& log);

 private:
  const std::string file_;
  std::string written_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_HIGH_WATER_H_
