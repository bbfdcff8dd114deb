#include "gateway/evidence/audit/checkpoint_check.h"

#include <algorithm>
#include <utility>

namespace tracegate::audit {

Judgement CheckpointCheck::Begin() {
  Judgement read = Read();
  if (!Sound(read)) return read;
  if (!next_) return std::optional(WrongCheckpoint(-1, "is missing: nothing here is signed"));
  return read;
}

Judgement CheckpointCheck::Read() {
  next_.reset();
  auto stored = source_.NextCheckpoint();
  if (!stored.ok()) return JudgementOf(stored.status(), WrongCheckpoint(-1, ""));
  if (!*stored) return NothingWrong();
  const int64_t filed_under = (*stored)->stored_size;
  auto opened = OpenCheckpoint((*stored)->note, keys_);
  if (!opened.ok()) {
    return std::optional(
        WrongCheckpoint(filed_under, "does not verify: " + std::string(opened.status().message())));
  }
  const int64_t size = opened->tree_size;
  if (filed_under >= 0 && filed_under != size) {
    return std::optional(
        WrongCheckpoint(filed_under, "is one of " + std::to_string(size) + " entries"));
  }
  if (!opened->by_log) {
    return std::optional(WrongCheckpoint(size, "is not signed by any log's key given"));
  }
  if (proven_ && (opened->origin != proven_->origin || size <= proven_->tree_size)) {
    return std::optional(WrongCheckpoint(size, "is of another log, or out of order"));
  }
  next_ = *std::move(opened);
  return NothingWrong();
}

void CheckpointCheck::Announce(std::vector<VerifierKey> keys) { announced_ = std::move(keys); }

void CheckpointCheck::Learn() {
  for (VerifierKey& key : announced_) {
    const bool is_known = std::any_of(keys_.begin(), keys_.end(), [&](const VerifierKey& known) {
      return known.name == key.name && known.id == key.id;
    });
    if (is_known || key.cosigner || key.name != proven_->origin) continue;
    keys_.push_back(std::move(key));
    ++keys_learned_;
  }
  announced_.clear();
}

Judgement CheckpointCheck::Compare(const TreeStack& tree) {
  while (next_ && static_cast<uint64_t>(next_->tree_size) == tree.size()) {
    if (tree.Root() != next_->root) {
      if (tree.size() == 0) {
        return std::optional(WrongCheckpoint(0, "has another root than an empty tree"));
      }
      return std::optional(WrongEntries(proven_size(), next_->tree_size - 1,
                                        "has another header than the checkpoint of " +
                                            std::to_string(next_->tree_size) +
                                            " entries was signed over"));
    }
    proven_ = std::move(next_);
    Learn();
    ++count_;
    Judgement read = Read();
    if (!Sound(read)) return read;
  }
  return NothingWrong();
}

}  // namespace tracegate::audit
