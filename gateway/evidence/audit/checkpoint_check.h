#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_CHECKPOINT_CHECK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_CHECKPOINT_CHECK_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gateway/evidence/audit/finding.h"
#include "gateway/evidence/audit/log_source.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/audit/tree_stack.h"
#include "gateway/evidence/audit/verifier_key.h"

namespace tracegate::audit {

// Holds every checkpoint of a source against the tree when it has grown to the checkpoint's size, and so the
// checkpoints that somebody kept from earlier: a log that was cut back or rewritten, and signed anew, cannot have them.
class CheckpointCheck {
 public:
  // Source and keys outlive it. `kept`: in any order.
  CheckpointCheck(LogSource& source, std::span<const VerifierKey> keys,
                  std::vector<SignedCheckpoint> kept);

  // Reads the first checkpoint. Without one nothing is proven, so none is wrong too.
  Judgement Begin();

  // Compares all checkpoints of the tree's size, and reads on. Called with each size from 0, in order. Where the root
  // is another, the one wrong entry is among those since the last checkpoint that held.
  Judgement Compare(const TreeStack& tree);

  // At the end of the log: that no kept checkpoint is of more entries.
  Judgement CompareEnd(const TreeStack& tree) const;

  // The checkpoint that the tree has still to grow to; nothing once all have been compared.
  const std::optional<SignedCheckpoint>& next() const { return next_; }
  // The last one that held.
  const std::optional<SignedCheckpoint>& proven() const { return proven_; }
  int64_t proven_size() const { return proven_ ? proven_->tree_size : 0; }
  int64_t count() const { return count_; }

 private:
  Judgement Read();
  Judgement CompareKept(const TreeStack& tree);

  LogSource& source_;
  const std::span<const VerifierKey> keys_;
  std::vector<SignedCheckpoint> kept_;  // the largest first; those that held are gone
  std::optional<SignedCheckpoint> next_;
  std::optional<SignedCheckpoint> proven_;
  int64_t count_ = 0;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_CHECKPOINT_CHECK_H_
