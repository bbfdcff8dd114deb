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
  // `source` outlives it. `kept`: in any order.
  CheckpointCheck(LogSource& source, std::span<const VerifierKey> keys,
                  std::vector<SignedCheckpoint> kept);

  // Reads the first checkpoint. Without one nothing is proven, so none is wrong too.
  Judgement Begin();

  // Compares all checkpoints of the tree's size, and reads on. Called with each size from 0, in order. Where the root
  // is another, the one wrong entry is among those since the last checkpoint that held.
  Judgement Compare(const TreeStack& tree);

  // At the end of the log: that no kept checkpoint is of more entries.
  Judgement CompareEnd(const TreeStack& tree) const;

  // An entry says that these keys sign from here on. They count once a checkpoint over that entry held: whoever trusts
  // the key that signed it learns them from it.
  void Announce(std::vector<VerifierKey> keys);

  // Keys learned so, beside those given.
  int64_t keys_learned() const { return keys_learned_; }

  // The checkpoint that the tree has still to grow to; nothing once all have been compared.
  const std::optional<SignedCheckpoint>& next() const { return next_; }
  // The last one that held.
  const std::optional<SignedCheckpoint>& proven() const { return proven_; }
  int64_t proven_size() const { return proven_ ? proven_->tree_size : 0; }
  int64_t count() const { return count_; }

 private:
  Judgement Read();
  Judgement CompareKept(const TreeStack& tree);
  void Learn();

  LogSource& source_;
  std::vector<VerifierKey> keys_;
  std::vector<SignedCheckpoint> kept_;  // the largest first; those that held are gone
  std::vector<VerifierKey> announced_;
  int64_t keys_learned_ = 0;
  std::optional<SignedCheckpoint> next_;
  std::optional<SignedCheckpoint> proven_;
  int64_t count_ = 0;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_CHECKPOINT_CHECK_H_
