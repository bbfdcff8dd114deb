#ifndef TRACEGATE_GATEWAY_EVIDENCE_MERKLE_BATCH_H_
#define TRACEGATE_GATEWAY_EVIDENCE_MERKLE_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gateway/evidence/hash.h"
#include "gateway/evidence/merkle_edge.h"

namespace tracegate {

// Several leaves appended to a tree at once, and the inclusion path of each of them in the tree that
// results. Needs the old tree's edge alone: time and memory grow with the batch, not with the tree.
class MerkleBatch {
 public:
  // `leaves`: leaf hashes, at least one.
  MerkleBatch(const MerkleEdge& before, std::vector<Hash> leaves, Hasher& hasher);

  // The tree with the leaves in it.
  const MerkleEdge& after() const { return after_; }
  const Hash& root() const { return levels_.back().nodes.front(); }

  // Inclusion path, leaf to root (RFC 6962 section 2.1.1), of the batch's leaf at that place.
  std::vector<Hash> Path(size_t place) const;

 private:
  // The nodes of one level of the tree from `first` to its right end. A node at the end that is alone
  // stands for itself one level up.
  struct Level {
    int64_t first;
    std::vector<Hash> nodes;
  };

  static Level Above(const Level& level, Hasher& hasher);

  const int64_t size_before_;
  MerkleEdge after_;
  std::vector<Level> levels_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_MERKLE_BATCH_H_
