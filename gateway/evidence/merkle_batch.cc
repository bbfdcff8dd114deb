#include "gateway/evidence/merkle_batch.h"

#include <utility>

namespace tracegate {

MerkleBatch::MerkleBatch(const MerkleEdge& before, std::vector<Hash> leaves, Hasher& hasher)
    : size_before_(before.size()), after_(before) {
  after_.size_ += static_cast<int64_t>(leaves.size());
  Level level{size_before_, std::move(leaves)};
  for (int height = 0;; ++height) {
    // The leftmost new node is a right child: its sibling is a full subtree of the old edge.
    if (level.first & 1) {
      level.nodes.insert(level.nodes.begin(), before.Subtree(height));
      --level.first;
    }
    const int64_t full = after_.size() >> height;
    if (full & 1) {
      after_.subtrees_[static_cast<size_t>(height)] =
          level.nodes[static_cast<size_t>(full - 1 - level.first)];
    }
    const bool top = level.first == 0 && level.nodes.size() == 1;
    levels_.push_back(std::move(level));
    if (top) return;
    level = Above(levels_.back(), hasher);
  }
}

MerkleBatch::Level MerkleBatch::Above(const Level& level, Hasher& hasher) {
  Level above{level.first / 2, {}};
  above.nodes.reserve(level.nodes.size() / 2 + 2);
  for (size_t i = 0; i < level.nodes.size(); i += 2) {
    const bool alone = i + 1 == level.nodes.size();
    above.nodes.push_back(alone ? level.nodes[i] : hasher.Node(level.nodes[i], level.nodes[i + 1]));
  }
  return above;
}

std::vector<Hash> MerkleBatch::Path(size_t place) const {
  std::vector<Hash> path;
  path.reserve(levels_.size());
  int64_t node = size_before_ + static_cast<int64_t>(place);
  for (const Level& level : levels_) {
    const auto sibling = static_cast<size_t>((node ^ 1) - level.first);
    if (sibling < level.nodes.size()) path.push_back(level.nodes[sibling]);
    node /= 2;
  }
  return path;
}

}  // namespace tracegate
