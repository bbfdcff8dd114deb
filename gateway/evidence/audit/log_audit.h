#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_AUDIT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_AUDIT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/finding.h"
#include "gateway/evidence/audit/log_source.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/audit/verifier_key.h"

namespace tracegate::audit {

// What an audit found. Sound unless `wrong` is set; then the figures tell how far it came.
struct AuditReport {
  std::optional<Finding> wrong;  // the first thing

  // The newest checkpoint that held: what is proven.
  std::optional<SignedCheckpoint> proven;
  int64_t checkpoints = 0;  // that held
  // Keys beside those given: each named by an entry under a checkpoint that held.
  int64_t keys_learned = 0;

  int64_t entries = 0;  // read
  int64_t first_time_us = 0;
  int64_t last_time_us = 0;

  bool contents_checked = false;  // whether the source has contents
  int64_t erased = 0;             // entries whose salt and content are gone, or were withheld
  std::vector<int64_t> first_erased;

  std::optional<int64_t> tiles;  // compared; nothing where the source has none
};

// Goes through a whole log and believes nothing but the keys, and the keys that those vouch for (LOG_KEYS_CHANGED). The entries have indexes without a gap; each header can
// be read, and no time goes back; each content that is there is what its header commits to; every checkpoint is signed
// by a log's key among `keys` and has the root of the entries up to its size; the newest has all of them; tiles, where
// there are any, hold the hashes that the entries make.
//
// A changed header shows in a root alone. Tiles name it, since their hashes lead to the signed root without it;
// otherwise it is told to lie between two checkpoints.
//
// What the log alone cannot show: that it was cut back to an earlier checkpoint, or rewritten and signed anew. So it is
// held against the checkpoints in `kept` too, which somebody has from earlier: a witness, a receipt. They were opened
// with the same keys.
//
// Memory: one bundle of entries and one content, whatever the log's size.
//
// Errors: a failure of the source that is no damage.
absl::StatusOr<AuditReport> AuditLog(LogSource& source, std::span<const VerifierKey> keys,
                                     std::vector<SignedCheckpoint> kept = {});

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_LOG_AUDIT_H_
