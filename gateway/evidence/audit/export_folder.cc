#include "gateway/evidence/audit/export_folder.h"

#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/audit/tile_path.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

namespace fs = std::filesystem;

constexpr char kCheckpoints[] = "checkpoints";

// 256 leaves of the greatest length that their prefix can say.
constexpr uint64_t kBundleBytesMax = uint64_t{kTileWidth} * (2 + 0xFFFF);

absl::Status Damaged(std::string_view what) { return Failure(v1::REASON_LOG_DAMAGED, what); }

// The whole file, named `name` in messages.
absl::StatusOr<std::string> ReadFile(const fs::path& file, const std::string& name,
                                     uint64_t bytes_max) {
  std::error_code error;
  const uint64_t size = fs::file_size(file, error);
  if (error) return Damaged("the file " + name + " is missing");
  if (size > bytes_max) return Damaged("the file " + name + " is too long");
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (in.gcount() != static_cast<std::streamsize>(size))
    return Damaged("the file " + name + " cannot be read");
  return bytes;
}

// The size that the checkpoint claims. It is believed only as far as the names of files go.
int64_t ClaimedSize(const std::string& note) {
  const auto parsed = ParseNote(note);
  if (!parsed.ok()) return 0;
  const auto checkpoint = ReadCheckpointText(parsed->text);
  return checkpoint.ok() ? checkpoint->tree_size : 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExportFolder>> ExportFolder::Open(const std::string& folder) {
  auto opened = std::unique_ptr<ExportFolder>(new ExportFolder(folder));
  auto note = ReadFile(opened->folder_ / "checkpoint", "checkpoint", kNoteBytesMax);
  if (!note.ok()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, folder, std::string(note.status().message()));
  }
  opened->size_ = ClaimedSize(*note);
  opened->note_ = *std::move(note);
  opened->FindVouching();
  std::error_code error;
  opened->has_contents_ = fs::exists(opened->folder_ / "content", error);
  opened->has_tiles_ = fs::exists(opened->folder_ / "tile" / "0", error);
  return opened;
}

void ExportFolder::FindVouching() {
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder_ / kCheckpoints, error)) {
    const std::string name = file.path().filename().string();
    int64_t size = 0;
    if (!absl::SimpleAtoi(name, &size) || std::to_string(size) != name) continue;
    if (size > 0 && size < size_) vouching_.push_back(size);
  }
  std::ranges::sort(vouching_, std::greater());
}

absl::StatusOr<std::optional<SourceCheckpoint>> ExportFolder::NextCheckpoint() {
  if (!vouching_.empty()) {
    const int64_t size = vouching_.back();
    vouching_.pop_back();
    const std::string name = std::string(kCheckpoints) + "/" + std::to_string(size);
    auto note = ReadFile(folder_ / name, name, kNoteBytesMax);
    if (!note.ok()) return note.status();
    return SourceCheckpoint{size, *std::move(note), true};
  }
  if (!note_) return std::optional<SourceCheckpoint>();
  return SourceCheckpoint{-1, *std::exchange(note_, std::nullopt), false};
}

absl::StatusOr<std::optional<SourceEntry>> ExportFolder::NextEntry() {
  if (next_ == size_) return std::optional<SourceEntry>();
  if (next_ % kTileWidth == 0) {
    const absl::Status opened = OpenBundles(static_cast<uint64_t>(next_ / kTileWidth));
    if (!opened.ok()) return opened;
  }
  SourceEntry entry{next_, {}, {}, {}};
  const auto leaf = TakeLeaf(leaves_);
  if (!leaf.ok()) return leaf.status();
  entry.header = *leaf;
  if (has_contents_) {
    if (absl::Status read = ReadContent(contents_, contents_left_, item_); !read.ok()) return read;
    entry.salt = item_.salt;
    entry.content = item_.content;
  }
  ++next_;
  if (next_ % kTileWidth == 0 || next_ == size_) {
    if (absl::Status ends = CheckEnds(); !ends.ok()) return ends;
  }
  return entry;
}

absl::Status ExportFolder::OpenBundles(uint64_t number) {
  const int width = TileWidthAt(number, static_cast<uint64_t>(size_));
  const std::string name = BundlePath(number, width);
  auto bundle = ReadFile(folder_ / name, name, kBundleBytesMax);
  if (!bundle.ok()) return bundle.status();
  bundle_ = *std::move(bundle);
  leaves_ = bundle_;
  return has_contents_ ? OpenContents(ContentPath(number, width)) : absl::OkStatus();
}

absl::Status ExportFolder::OpenContents(const std::string& path) {
  std::error_code error;
  contents_left_ = fs::file_size(folder_ / path, error);
  contents_ = std::ifstream(folder_ / path, std::ios::binary);
  if (error || !contents_.is_open()) return Damaged("the file " + path + " is missing");
  return absl::OkStatus();
}

absl::Status ExportFolder::CheckEnds() const {
  if (!leaves_.empty()) return Damaged("is followed by more in its bundle");
  if (has_contents_ && contents_left_ != 0)
    return Damaged("is followed by more in its content bundle");
  return absl::OkStatus();
}

absl::StatusOr<std::string> ExportFolder::Tile(int level, uint64_t number, int width) {
  const std::string name = TilePath(level, number, width);
  const auto bytes = static_cast<uint64_t>(width) * kDigestBytes;
  auto tile = ReadFile(folder_ / name, name, bytes);
  if (tile.ok() && tile->size() != bytes) return Damaged("the file " + name + " is too short");
  return tile;
}

}  // namespace tracegate::audit
