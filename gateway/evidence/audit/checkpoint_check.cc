#include "gateway/evidence/audit/checkpoint_check.h"

#include <algorithm>
#include <utility>

namespace tracegate::audit {

CheckpointCheck::CheckpointCheck(LogSource& source, std::span<const VerifierKey> keys,
                                 std::vector<SignedCheckpoint> kept)
    : source_(source), keys_(keys.begin(), keys.end()), kept_(std::move(kept)) {
  std::sort(kept_.begin(), kept_.end(),
            [](const auto& a, const auto& b) { return a.tree_size > b.tree_size; });
}

Judgement CheckpointCheck::Begin() {
  Judgement read = Read();
  if (!Sound(read)) return read;
  if (!next_) return std::optional(WrongCheckpoint(-1, "is missing: nothing here is signed"));
  for (const SignedCheckpoint& kept : kept_) {
    if (kept.origin != next_->origin) {
      return std::optional(WrongCheckpoint(kept.tree_size, "that was kept is of " + kept.origin));
    }
  }
  return read;
}

Judgement CheckpointCheck::CompareKept(const TreeStack& tree) {
  while (!kept_.empty() && static_cast<uint64_t>(kept_.back().tree_size) == tree.size()) {
    if (tree.Root() != kept_.back().root) {
      return std::optional(WrongCheckpoint(
          kept_.back().tree_size, "that was kept has another root: the log was rewritten since"));
    }
    kept_.pop_back();
  }
  return NothingWrong();
}

Judgement CheckpointCheck::CompareEnd(const TreeStack& tree) const {
  if (kept_.empty()) return NothingWrong();
  return std::optional(
      WrongEntry(static_cast<int64_t>(tree.size()), "is missing: a checkpoint of " +
                                                        std::to_string(kept_.front().tree_size) +
                                                        " entries was kept"));
}

Judgement CheckpointCheck::Read() {
  next_.reset();
  auto stored = source_.NextCheckpoint();
  while (stored.ok() && *stored && (*stored)->for_its_keys && IsByOthers((*stored)->note, keys_)) {
    stored = source_.NextCheckpoint();
  }
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

void CheckpointCheck::Announce(std::vector<VerifierKey> keys) {
  for (VerifierKey& key : keys) announced_.push_back(std::move(key));
}

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
  return CompareKept(tree);
}

}  // namespace tracegate::audit
