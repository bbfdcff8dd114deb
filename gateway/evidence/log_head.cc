#include "gateway/evidence/log_head.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/checkpoint.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

absl::Status Damaged(std::string_view what) {
  return Failure(v1::REASON_LOG_DAMAGED, "evidence log is damaged: " + std::string(what));
}

absl::Status DamagedEntry(int64_t index, std::string_view what) {
  return Damaged("entry " + std::to_string(index) + " " + std::string(what));
}

// Nothing of salt and content where both were erased.
absl::Status CheckContent(const EntryRow& row, const v1::EntryHeader& header, Hasher& hasher) {
  if (row.salt.empty() && row.content.empty()) return absl::OkStatus();
  if (row.salt.size() != kHashBytes)
    return DamagedEntry(row.index, "has a salt that is not 32 bytes");
  if (static_cast<int64_t>(row.content.size()) != header.content_bytes()) {
    return DamagedEntry(row.index, "has a content of another length than its header says");
  }
  if (BytesOf(hasher.Commitment(row.salt, row.content)) != header.commitment()) {
    return DamagedEntry(row.index, "has another content than its header commits to");
  }
  return absl::OkStatus();
}

// Looks at the entries one after the other.
class Replay {
 public:
  // `odd_tiles`: null where a tile that is wrong is damage; else it is noted there.
  Replay(RecordStore& store, OddTiles* odd_tiles) : store_(store), odd_tiles_(odd_tiles) {}

  absl::Status Add(const EntryRow& row) {
    const int64_t expected = head_.tree.size();
    if (row.index != expected) return DamagedEntry(expected, "is missing");
    v1::EntryHeader header;
    if (!header.ParseFromString(row.header) || header.commitment().size() != kHashBytes) {
      return DamagedEntry(row.index, "has no readable header");
    }
    if (absl::Status content = CheckContent(row, header, hasher_); !content.ok()) return content;
    NoteErasure(row, header);
    if (header.record_time_us() < head_.record_time_us) {
      return DamagedEntry(row.index, "is older than the one before it");
    }
    const Hash leaf = hasher_.Leaf(row.header);
    std::vector<TileRow> full;
    head_.tiles.Append(leaf, hasher_, &full);
    for (const TileRow& tile : full) {
      if (absl::Status kept = CheckTile(tile); !kept.ok()) return kept;
    }
    head_.record_time_us = header.record_time_us();
    head_.tree.Append(leaf, hasher_);
    return absl::OkStatus();
  }

  absl::Status CheckCheckpoint(const std::optional<CheckpointRow>& row, const LogKeys& keys);

  LogHead& head() { return head_; }
  bool tiles_missing() const { return tiles_missing_; }

  // At the end: a content that is gone was erased under an entry that says so.
  absl::Status CheckErasures() const {
    const auto first = std::find(gone_.begin(), gone_.end(), true);
    if (first == gone_.end()) return absl::OkStatus();
    return DamagedEntry(first - gone_.begin(),
                        "has no content any more, and no entry says that it was erased");
  }

 private:
  void NoteErasure(const EntryRow& row, const v1::EntryHeader& header) {
    gone_.push_back(row.salt.empty());
    if (header.kind() != v1::ENTRY_KIND_CONTENT_ERASED) return;
    v1::ErasedContent erased;
    if (!erased.ParseFromString(row.content)) return;
    for (const int64_t index : erased.indexes()) {
      if (index >= 0 && index < row.index) gone_[static_cast<size_t>(index)] = false;
    }
  }

  absl::Status CheckTile(const TileRow& tile) {
    const auto kept = store_.ReadTile(tile.level, tile.index);
    if (!kept.ok()) return kept.status();
    if (*kept && (*kept)->hashes == tile.hashes) return absl::OkStatus();
    if (odd_tiles_ != nullptr) {
      odd_tiles_->emplace_back(tile.level, tile.index);
      return absl::OkStatus();
    }
    if (!*kept) {
      tiles_missing_ = true;
      return absl::OkStatus();
    }
    const auto [a, b] = std::mismatch(tile.hashes.begin(), tile.hashes.end(),
                                      (*kept)->hashes.begin(), (*kept)->hashes.end());
    if (tile.level == 0) {
      const auto place = (a - tile.hashes.begin()) / static_cast<int64_t>(kHashBytes);
      return DamagedEntry(tile.index * kTileHashes + place,
                          "or the tile over it was changed: they do not agree");
    }
    return Damaged("tile " + std::to_string(tile.index) + " of level " +
                   std::to_string(tile.level) + " was changed");
  }

  RecordStore& store_;
  LogHead head_;
  Hasher hasher_;
  std::vector<bool> gone_;  // by index: has neither salt nor content, nor an entry that says why
  OddTiles* const odd_tiles_;
  bool tiles_missing_ = false;
};

absl::Status Replay::CheckCheckpoint(const std::optional<CheckpointRow>& row, const LogKeys& keys) {
  const int64_t size = head_.tree.size();
  if (!row) return size == 0 ? absl::OkStatus() : Damaged("it has entries and no checkpoint");
  const auto text = keys.Open(row->note);
  if (!text.ok()) {
    return Damaged("its last checkpoint does not verify with the configured keys and origin: " +
                   std::string(text.status().message()));
  }
  const auto checkpoint = ParseCheckpoint(*text);
  if (!checkpoint.ok()) return Damaged(std::string(checkpoint.status().message()));
  if (checkpoint->origin != keys.origin() || checkpoint->tree_size != row->tree_size) {
    return Damaged("its last checkpoint is of another log or size");
  }
  if (size < checkpoint->tree_size) return DamagedEntry(size, "is missing at the end");
  if (size > checkpoint->tree_size) {
    return DamagedEntry(checkpoint->tree_size, "stands behind the last checkpoint");
  }
  if (head_.tree.Root(hasher_) != checkpoint->root) {
    return Damaged("a header among entries 0 to " + std::to_string(size - 1) +
                   " is not what the last checkpoint was signed over");
  }
  return absl::OkStatus();
}

// Looks at the whole log; what is wrong with it, or why it could not be read.
absl::Status Run(RecordStore& store, const LogKeys& keys, Replay* replay) {
  absl::Status sound;
  const absl::Status scanned = store.ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
    sound = replay->Add(row);
    return sound.ok();
  });
  if (sound.ok()) sound = scanned;
  const auto checkpoint = store.LatestCheckpoint();
  if (checkpoint.ok() && *checkpoint) replay->head().checkpoint = (*checkpoint)->note;
  if (!sound.ok()) return sound;
  if (!checkpoint.ok()) return checkpoint.status();
  if (absl::Status held = replay->CheckCheckpoint(*checkpoint, keys); !held.ok()) return held;
  return replay->CheckErasures();
}

}  // namespace

absl::StatusOr<LogReplay> ReplayLog(RecordStore& store, const LogKeys& keys) {
  Replay replay(store, nullptr);
  absl::Status sound = Run(store, keys, &replay);
  if (sound.ok() && replay.tiles_missing()) sound = RepairTiles(store);
  if (!sound.ok() && !absl::IsDataLoss(sound)) return sound;
  return LogReplay{std::move(replay.head()), sound};
}

absl::StatusOr<OddTiles> PlanRepair(RecordStore& store, const LogKeys& keys) {
  OddTiles odd;
  Replay replay(store, &odd);
  if (absl::Status sound = Run(store, keys, &replay); !sound.ok()) return sound;
  return odd;
}

absl::Status RepairTiles(RecordStore& store) {
  TileEdge edge;
  Hasher hasher;
  absl::Status written;
  const absl::Status scanned = store.ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
    std::vector<TileRow> full;
    edge.Append(hasher.Leaf(row.header), hasher, &full);
    WriteBatch batch;
    for (TileRow& tile : full) {
      const auto kept = store.ReadTile(tile.level, tile.index);
      if (kept.ok() && *kept && (*kept)->hashes == tile.hashes) continue;
      batch.tiles_repaired.push_back(std::move(tile));
    }
    if (!batch.tiles_repaired.empty()) written = store.Commit(batch);
    return written.ok();
  });
  return scanned.ok() ? written : scanned;
}

}  // namespace tracegate
