#include "gateway/evidence/audit/log_audit.h"

#include <algorithm>
#include <utility>

#include "gateway/evidence/audit/checkpoint_check.h"
#include "gateway/evidence/audit/entry_check.h"
#include "gateway/evidence/audit/erasure_check.h"
#include "gateway/evidence/audit/tile_check.h"
#include "gateway/evidence/audit/tile_path.h"
#include "gateway/evidence/audit/tree_stack.h"

namespace tracegate::audit {
namespace {

class LogAudit {
 public:
  LogAudit(LogSource& source, std::span<const VerifierKey> keys, std::vector<SignedCheckpoint> kept)
      : source_(source), checkpoints_(source, keys, std::move(kept)) {}

  absl::StatusOr<AuditReport> Run() {
    Judgement judgement = checkpoints_.Begin();
    if (Sound(judgement) && source_.has_tiles()) judgement = CheckTiles();
    if (Sound(judgement)) judgement = checkpoints_.Compare(tree_);
    if (Sound(judgement)) judgement = CheckEntries();
    if (!judgement.ok()) return judgement.status();
    report_.wrong = *std::move(judgement);
    report_.proven = checkpoints_.proven();
    report_.checkpoints = checkpoints_.count();
    report_.keys_learned = checkpoints_.keys_learned();
    report_.entries = static_cast<int64_t>(tree_.size());
    report_.contents_checked = source_.has_contents();
    report_.erased = entry_check_.erased();
    report_.first_erased = entry_check_.first_erased();
    return std::move(report_);
  }

 private:
  // Once the tiles lead to the signed root, each of their hashes is as good as signed. Where an earlier checkpoint comes
  // first, whoever signed that root may still have to be learned.
  Judgement CheckTiles() {
    size_ = source_.tiles_size();
    TileCheck tiles(source_, size_);
    Judgement run = tiles.Run();
    report_.tiles = tiles.tiles();
    if (!Sound(run)) return run;
    const SignedCheckpoint& signed_first = *checkpoints_.next();
    tiles_proven_ =
        static_cast<uint64_t>(signed_first.tree_size) == size_ && signed_first.root == tiles.Root();
    odd_tile_ = tiles.odd_tile();
    if (tiles_proven_ && odd_tile_) return odd_tile_;
    return NothingWrong();
  }

  Judgement CheckEntries() {
    while (true) {
      const auto entry = source_.NextEntry();
      if (!entry.ok()) return JudgementOf(entry.status(), WrongEntry(Expected(), ""));
      if (!*entry) break;
      Judgement checked = CheckEntry(**entry);
      if (!Sound(checked)) return checked;
    }
    if (const auto& next = checkpoints_.next()) {
      return std::optional(WrongEntry(
          Expected(),
          "is missing: there is a checkpoint of " + std::to_string(next->tree_size) + " entries"));
    }
    if (const auto index = erasures_.FirstUnrecorded()) {
      return std::optional(
          WrongEntry(*index, "has no content any more, and no entry says that it was erased"));
    }
    return checkpoints_.CompareEnd(tree_);
  }

  Judgement CheckEntry(const SourceEntry& entry) {
    if (entry.index != Expected()) return std::optional(WrongEntry(Expected(), "is missing"));
    if (!checkpoints_.next()) {
      return std::optional(WrongEntry(entry.index, "stands behind the last checkpoint"));
    }
    const Digest leaf = LeafDigest(entry.header);
    if (source_.has_tiles()) {
      Judgement compared = CompareWithTile(leaf);
      if (!Sound(compared)) return compared;
    }
    if (auto wrong = entry_check_.WhatIsWrong(entry, source_.has_contents())) {
      return Earliest(WrongEntry(entry.index, *wrong));
    }
    if (auto wrong = WrongTime()) return Earliest(*wrong);
    if (entry_check_.header().kind() == v1::ENTRY_KIND_LOG_KEYS_CHANGED) TakeKeys(entry);
    if (!source_.may_withhold()) NoteErasure(entry);
    tree_.Append(leaf);
    Judgement compared = checkpoints_.Compare(tree_);
    const bool unsettled = source_.has_tiles() && !tiles_proven_ && tree_.size() == size_;
    return unsettled ? Settle(std::move(compared)) : compared;
  }

  // An entry that differs from a tile that is not proven may be right: that shows at the end.
  Judgement CompareWithTile(const Digest& leaf) {
    const uint64_t place = tree_.size() % kTileWidth;
    if (place == 0) {
      const uint64_t number = tree_.size() / kTileWidth;
      const int width = TileWidthAt(number, size_);
      auto tile = source_.Tile(0, number, width);
      if (!tile.ok()) return JudgementOf(tile.status(), WrongTile(TilePath(0, number, width), ""));
      tile_ = *std::move(tile);
    }
    if (HashIn(tile_, place) == leaf || differing_ >= 0) return NothingWrong();
    if (tiles_proven_) {
      return std::optional(WrongEntry(Expected(), "has another header than its tile was made of"));
    }
    differing_ = Expected();
    return NothingWrong();
  }

  // The first of what is wrong: an entry that differs from its tile comes before any later one.
  Judgement Earliest(Finding found) const {
    if (differing_ < 0 || differing_ >= found.first) return std::optional(std::move(found));
    return std::optional(Disagreement());
  }

  Finding Disagreement() const {
    return WrongEntry(differing_,
                      "has another header than its tile was made of, and neither is proven");
  }

  // At the end, with tiles that do not lead to the signed root. Do the entries?
  Judgement Settle(Judgement compared) const {
    if (!compared.ok()) return compared;
    if (!*compared && differing_ >= 0) {
      const auto number = static_cast<uint64_t>(differing_) / kTileWidth;
      return std::optional(WrongTile(TilePath(0, number, TileWidthAt(number, size_)),
                                     "has another hash in place " +
                                         std::to_string(differing_ % kTileWidth) + " than entry " +
                                         std::to_string(differing_) + " makes"));
    }
    if (differing_ >= 0) return std::optional(Disagreement());
    return odd_tile_ ? Judgement(odd_tile_) : compared;
  }

  // Of two entries whose times go back either may be the changed one, unless the first is proven.
  std::optional<Finding> WrongTime() {
    const int64_t time_us = entry_check_.record_time_us();
    if (tree_.size() == 0) report_.first_time_us = time_us;
    const bool back = tree_.size() > 0 && time_us < report_.last_time_us;
    if (!back) {
      report_.last_time_us = time_us;
      return std::nullopt;
    }
    const int64_t index = Expected();
    if (tiles_proven_ || checkpoints_.proven_size() == index) {
      return WrongEntry(index, "is dated before the one before it");
    }
    return WrongEntries(index - 1, index, "is misdated: the later is dated before the earlier");
  }

  void NoteErasure(const SourceEntry& entry) {
    if (entry.salt.empty()) erasures_.Gone(entry.index);
    if (entry_check_.header().kind() == v1::ENTRY_KIND_CONTENT_ERASED) {
      erasures_.Recorded(entry.content);
    }
  }

  // Keys that cannot be read are none: what they sign will not verify.
  void TakeKeys(const SourceEntry& entry) {
    v1::LogKeys keys;
    if (entry.content.empty() ||
        !keys.ParseFromArray(entry.content.data(), static_cast<int>(entry.content.size()))) {
      return;
    }
    auto parsed = ParseVerifierKeys({keys.verifier_keys().begin(), keys.verifier_keys().end()});
    if (parsed.ok()) checkpoints_.Announce(*std::move(parsed));
  }

  int64_t Expected() const { return static_cast<int64_t>(tree_.size()); }

  LogSource& source_;
  CheckpointCheck checkpoints_;
  EntryCheck entry_check_;
  ErasureCheck erasures_;
  TreeStack tree_;
  AuditReport report_;

  // Only with tiles.
  uint64_t size_ = 0;
  bool tiles_proven_ = false;
  std::optional<Finding> odd_tile_;
  std::string tile_;        // of level 0, where the entries are
  int64_t differing_ = -1;  // the first entry that differs from its tile
};

}  // namespace

absl::StatusOr<AuditReport> AuditLog(LogSource& source, std::span<const VerifierKey> keys,
                                     std::vector<SignedCheckpoint> kept) {
  return LogAudit(source, keys, std::move(kept)).Run();
}

}  // namespace tracegate::audit
