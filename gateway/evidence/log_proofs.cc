#include "gateway/evidence/log_proofs.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// RFC 6962 section 2.1: the largest power of two below `size`, at least 2.
int64_t Split(int64_t size) {
  return int64_t{1} << (std::bit_width(static_cast<uint64_t>(size - 1)) - 1);
}

absl::Status Outside(std::string_view field, int64_t max) {
  return FieldFailure(v1::REASON_FIELD_INVALID, field,
                      "is outside the log; at most " + std::to_string(max));
}

}  // namespace

absl::StatusOr<std::vector<Hash>> LogProofs::Inclusion(int64_t leaf_index, int64_t tree_size) {
  tiles_.clear();
  if (tree_size < 1 || tree_size > view_.size) return Outside("tree_size", view_.size);
  if (leaf_index < 0 || leaf_index >= tree_size) return Outside("leaf_index", tree_size - 1);
  std::vector<Hash> path;  // from the root down
  int64_t begin = 0;
  int64_t end = tree_size;
  while (end - begin > 1) {
    const int64_t middle = begin + Split(end - begin);
    const bool is_left = leaf_index < middle;
    auto sibling = is_left ? Range(middle, end) : Range(begin, middle);
    if (!sibling.ok()) return sibling.status();
    path.push_back(*sibling);
    (is_left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

absl::StatusOr<std::vector<Hash>> LogProofs::Consistency(int64_t from_size, int64_t to_size) {
  tiles_.clear();
  if (to_size < 0 || to_size > view_.size) return Outside("to_size", view_.size);
  if (from_size < 0 || from_size > to_size) return Outside("from_size", to_size);
  std::vector<Hash> path;  // from the root down
  if (from_size == 0 || from_size == to_size) return path;
  int64_t begin = 0;
  int64_t end = to_size;
  while (end != from_size) {
    const int64_t middle = begin + Split(end - begin);
    const bool is_left = from_size <= middle;
    auto sibling = is_left ? Range(middle, end) : Range(begin, middle);
    if (!sibling.ok()) return sibling.status();
    path.push_back(*sibling);
    (is_left ? end : begin) = middle;
  }
  if (begin > 0) {  // else the verifier has it: it is the smaller tree's root
    auto rest = Range(begin, end);
    if (!rest.ok()) return rest.status();
    path.push_back(*rest);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

absl::StatusOr<Hash> LogProofs::Root(int64_t tree_size) {
  tiles_.clear();
  if (tree_size < 0 || tree_size > view_.size) return Outside("tree_size", view_.size);
  if (tree_size == 0) return hasher_.Sha256({});
  return Range(0, tree_size);
}

absl::StatusOr<Hash> LogProofs::Range(int64_t begin, int64_t end) {
  const int64_t size = end - begin;
  if (std::has_single_bit(static_cast<uint64_t>(size))) {
    const int level = std::countr_zero(static_cast<uint64_t>(size));
    return Subtree(level, begin >> level);
  }
  const int64_t middle = begin + Split(size);
  auto left = Range(begin, middle);
  if (!left.ok()) return left.status();
  auto right = Range(middle, end);
  if (!right.ok()) return right.status();
  return hasher_.Node(*left, *right);
}

absl::StatusOr<Hash> LogProofs::Subtree(int level, int64_t index) {
  const int within = level % kTileLevels;
  const int64_t first = index << within;  // among the hashes of the tiles' level
  const int64_t count = int64_t{1} << within;
  auto tile = Tile(level / kTileLevels, first / kTileHashes);
  if (!tile.ok()) return tile.status();
  const auto at = static_cast<size_t>(first % kTileHashes) * kHashBytes;
  const auto bytes = static_cast<size_t>(count) * kHashBytes;
  if (tile->size() < at + bytes) {
    return Failure(v1::REASON_LOG_DAMAGED, "evidence log is damaged: a tile is too short");
  }
  return RootOfFull(tile->substr(at, bytes), hasher_);
}

absl::StatusOr<std::string_view> LogProofs::Tile(int level, int64_t index) {
  const int64_t full = view_.size >> (kTileLevels * (level + 1));
  if (index == full) return view_.edge->Partial(level);
  const auto [place, is_new] = tiles_.try_emplace({level, index});
  if (!is_new) return std::string_view(place->second);
  auto row = store_->ReadTile(level, index);
  if (!row.ok()) return row.status();
  if (*row && (*row)->hashes.size() == kTileBytes) {
    place->second = std::move((*row)->hashes);
    return std::string_view(place->second);
  }
  return Failure(v1::REASON_LOG_DAMAGED, "evidence log is damaged: tile " + std::to_string(index) +
                                             " of level " + std::to_string(level) + " is missing");
}

}  // namespace tracegate
