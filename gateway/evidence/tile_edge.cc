#include "gateway/evidence/tile_edge.h"

#include <utility>

namespace tracegate {

void TileEdge::Append(const Hash& leaf, Hasher& hasher, std::vector<TileRow>* full) {
  Hash hash = leaf;
  ++size_;
  int64_t count = size_;  // of hashes at the level
  for (size_t level = 0;; ++level, count /= kTileHashes) {
    if (level == levels_.size()) levels_.emplace_back();
    std::string& tile = levels_[level];
    tile.append(BytesOf(hash));
    if (tile.size() < kTileBytes) return;
    hash = RootOfFull(tile, hasher);
    full->push_back({static_cast<int>(level), count / kTileHashes - 1, std::exchange(tile, {})});
  }
}

std::string_view TileEdge::Partial(int level) const {
  if (static_cast<size_t>(level) >= levels_.size()) return {};
  return levels_[static_cast<size_t>(level)];
}

Hash RootOfFull(std::string_view hashes, Hasher& hasher) {
  std::vector<Hash> nodes;
  nodes.reserve(hashes.size() / kHashBytes);
  for (size_t at = 0; at < hashes.size(); at += kHashBytes) {
    nodes.push_back(*HashFromBytes(hashes.substr(at, kHashBytes)));
  }
  for (size_t count = nodes.size(); count > 1; count /= 2) {
    for (size_t i = 0; i < count / 2; ++i) {
      nodes[i] = hasher.Node(nodes[2 * i], nodes[2 * i + 1]);
    }
  }
  return nodes.front();
}

}  // namespace tracegate
