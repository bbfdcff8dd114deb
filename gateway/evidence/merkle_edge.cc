#include "gateway/evidence/merkle_edge.h"

#include <optional>

namespace tracegate {

void MerkleEdge::Append(const Hash& leaf, Hasher& hasher) {
  // As adding one to a binary number: each carry joins two full subtrees of the same size.
  Hash carried = leaf;
  int level = 0;
  for (; size_ >> level & 1; ++level) carried = hasher.Node(Subtree(level), carried);
  subtrees_[static_cast<size_t>(level)] = carried;
  ++size_;
}

Hash MerkleEdge::Root(Hasher& hasher) const {
  std::optional<Hash> root;
  for (int level = 0; size_ >> level != 0; ++level) {
    if ((size_ >> level & 1) == 0) continue;
    root = root ? hasher.Node(Subtree(level), *root) : Subtree(level);
  }
  return root ? *root : hasher.Sha256({});
}

}  // namespace tracegate
