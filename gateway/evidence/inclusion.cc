#include "gateway/evidence/inclusion.h"

namespace tracegate {

std::optional<Hash> RootFromPath(int64_t leaf_index, int64_t tree_size, const Hash& leaf,
                                 const std::vector<Hash>& path, Hasher& hasher) {
  if (leaf_index < 0 || leaf_index >= tree_size) return std::nullopt;
  int64_t node = leaf_index;
  int64_t last = tree_size - 1;
  Hash root = leaf;
  for (const Hash& sibling : path) {
    if (last == 0) return std::nullopt;
    if ((node & 1) != 0 || node == last) {
      root = hasher.Node(sibling, root);
      // A node alone at the right end stands for itself until it becomes a right child.
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = hasher.Node(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return std::nullopt;
  return root;
}

bool VerifyInclusion(int64_t leaf_index, int64_t tree_size, const Hash& leaf,
                     const std::vector<Hash>& path, const Hash& root, Hasher& hasher) {
  return RootFromPath(leaf_index, tree_size, leaf, path, hasher) == root;
}

}  // namespace tracegate
