#include "gateway/evidence/log_head.h"

#include <algorithm>
#include <optional>
#include <utility>

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

absl::Status Add(const EntryRow& row, LogHead& head, Hasher& hasher) {
  const int64_t expected = head.tree.size();
  if (row.index != expected) return DamagedEntry(expected, "is missing");
  v1::EntryHeader header;
  if (!header.ParseFromString(row.header) || header.commitment().size() != kHashBytes) {
    return DamagedEntry(row.index, "has no readable header");
  }
  if (absl::Status content = CheckContent(row, header, hasher); !content.ok()) return content;
  if (header.record_time_us() < head.record_time_us) {
    return DamagedEntry(row.index, "is older than the one before it");
  }
  head.record_time_us = header.record_time_us();
  head.tree.Append(hasher.Leaf(row.header), hasher);
  return absl::OkStatus();
}

absl::Status CheckHead(const LogHead& head, const std::optional<CheckpointRow>& row,
                       const NoteVerifier& verifier, Hasher& hasher) {
  const int64_t size = head.tree.size();
  if (!row) {
    return size == 0 ? absl::OkStatus() : Damaged("it has entries and no checkpoint");
  }
  const auto text = verifier.Open(row->note);
  if (!text.ok()) {
    return Damaged("its last checkpoint does not verify with the configured key and origin: " +
                   std::string(text.status().message()));
  }
  const auto checkpoint = ParseCheckpoint(*text);
  if (!checkpoint.ok()) return Damaged(std::string(checkpoint.status().message()));
  if (checkpoint->origin != verifier.name() || checkpoint->tree_size != row->tree_size) {
    return Damaged("its last checkpoint is of another log or size");
  }
  if (size < checkpoint->tree_size) return DamagedEntry(size, "is missing at the end");
  if (size > checkpoint->tree_size) {
    return DamagedEntry(checkpoint->tree_size, "stands behind the last checkpoint");
  }
  if (head.tree.Root(hasher) != checkpoint->root) {
    return Damaged("a header among entries 0 to " + std::to_string(size - 1) +
                   " is not what the last checkpoint was signed over");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogHead> ReplayLog(RecordStore& store, const NoteVerifier& verifier) {
  LogHead head;
  Hasher hasher;
  absl::Status added;
  const absl::Status scanned = store.ScanEntries(0, /*descending=*/false, [&](const EntryRow& row) {
    added = Add(row, head, hasher);
    return added.ok();
  });
  if (!scanned.ok()) return scanned;
  if (!added.ok()) return added;
  auto checkpoint = store.LatestCheckpoint();
  if (!checkpoint.ok()) return checkpoint.status();
  if (absl::Status held = CheckHead(head, *checkpoint, verifier, hasher); !held.ok()) return held;
  if (*checkpoint) head.checkpoint = std::move((*checkpoint)->note);
  return head;
}

}  // namespace tracegate
