#include "gateway/evidence/log_export.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kHeaderBytesMax = 65535;

absl::Status Damaged(std::string_view what) {
  return Failure(v1::REASON_LOG_DAMAGED, "evidence log is damaged: " + std::string(what));
}

void AppendBigEndian(uint64_t value, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift & 0xFF));
  }
}

void AppendContent(const EntryRow& row, bool tells, std::string* out) {
  const bool is_there = tells && !row.salt.empty();
  AppendBigEndian(is_there ? row.salt.size() : 0, 1, out);
  if (is_there) *out += row.salt;
  AppendBigEndian(is_there ? row.content.size() : 0, 4, out);
  if (is_there) *out += row.content;
}

void Give(std::string path, std::string data, const LogExport::TakeFile& file) {
  v1::ExportLogResponse response;
  response.set_path(std::move(path));
  response.set_data(std::move(data));
  file(std::move(response));
}

}  // namespace

absl::StatusOr<int64_t> LogExport::Write(int64_t from_index, int bundles_max,
                                         const TakeFile& file) {
  if (from_index < 0 || from_index > view_.size) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "from_index",
                        "is outside the log; at most " + std::to_string(view_.size));
  }
  const int64_t bundles = (view_.size + kTileHashes - 1) / kTileHashes;
  const int64_t first = from_index / kTileHashes;
  const int64_t end = std::min(first + bundles_max, bundles);
  for (int64_t bundle = first; bundle < end; ++bundle) {
    if (absl::Status written = WriteBundle(bundle, file); !written.ok()) return written;
    if (absl::Status written = WriteFullTiles(bundle, file); !written.ok()) return written;
  }
  if (end < bundles) return end * kTileHashes;
  WritePartialTiles(file);
  Give("checkpoint", view_.checkpoint, file);
  return -1;
}

absl::Status LogExport::WriteBundle(int64_t bundle, const TakeFile& file) {
  const int64_t begin = bundle * kTileHashes;
  const int64_t end = std::min(begin + kTileHashes, view_.size);
  std::string headers;
  std::string contents;
  int64_t next = begin;
  std::vector<int64_t> keys_changed;
  absl::Status sound;
  const absl::Status scanned = store_->ScanEntries(begin, false, [&](const EntryRow& row) {
    v1::EntryHeader header;
    if (row.index != next || row.header.size() > kHeaderBytesMax ||
        !header.ParseFromString(row.header)) {
      sound = Damaged("entry " + std::to_string(next) + " is missing or has no readable header");
      return false;
    }
    AppendBigEndian(row.header.size(), 2, &headers);
    headers += row.header;
    AppendContent(row, tells_(header.kind()), &contents);
    if (header.kind() == v1::ENTRY_KIND_LOG_KEYS_CHANGED) keys_changed.push_back(row.index);
    return ++next < end;
  });
  if (!scanned.ok()) return scanned;
  if (!sound.ok()) return sound;
  if (next != end) return Damaged("entry " + std::to_string(next) + " is missing");
  const std::string path = TilePath(bundle, end - begin);
  Give("tile/entries/" + path, std::move(headers), file);
  Give("content/" + path, std::move(contents), file);
  for (const int64_t index : keys_changed) {
    if (absl::Status written = WriteVouching(index, file); !written.ok()) return written;
  }
  return absl::OkStatus();
}

absl::Status LogExport::WriteVouching(int64_t index, const TakeFile& file) {
  auto checkpoint = store_->CheckpointFrom(index + 1);
  if (!checkpoint.ok()) return checkpoint.status();
  if (!*checkpoint) return Damaged("no checkpoint covers entry " + std::to_string(index));
  Give("checkpoints/" + std::to_string((*checkpoint)->tree_size), std::move((*checkpoint)->note),
       file);
  return absl::OkStatus();
}

absl::Status LogExport::WriteFullTiles(int64_t bundle, const TakeFile& file) {
  // With a bundle come the tiles that its last entry filled, one level above the other.
  int64_t filled = bundle + 1;
  if (filled * kTileHashes > view_.size) return absl::OkStatus();
  for (int level = 0;; ++level) {
    auto tile = store_->ReadTile(level, filled - 1);
    if (!tile.ok()) return tile.status();
    if (!*tile) return Damaged("a tile of level " + std::to_string(level) + " is missing");
    Give("tile/" + std::to_string(level) + "/" + TilePath(filled - 1, kTileHashes),
         std::move((*tile)->hashes), file);
    if (filled % kTileHashes != 0) return absl::OkStatus();
    filled /= kTileHashes;
  }
}

void LogExport::WritePartialTiles(const TakeFile& file) {
  for (int level = 0; view_.size >> (kTileLevels * level) > 0; ++level) {
    const std::string_view hashes = view_.edge->Partial(level);
    if (hashes.empty()) continue;
    const int64_t index = view_.size >> (kTileLevels * (level + 1));
    const auto width = static_cast<int64_t>(hashes.size() / kHashBytes);
    Give("tile/" + std::to_string(level) + "/" + TilePath(index, width), std::string(hashes), file);
  }
}

std::string TilePath(int64_t index, int64_t width) {
  std::string path = absl::StrFormat("%03d", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) {
    path = absl::StrFormat("x%03d/%s", index % 1000, path);
  }
  if (width < kTileHashes) path += ".p/" + std::to_string(width);
  return path;
}

}  // namespace tracegate
