#ifndef TRACEGATE_GATEWAY_EVIDENCE_MERKLE_EDGE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_MERKLE_EDGE_H_

#include <array>
#include <cstdint>

#include "gateway/evidence/hash.h"

namespace tracegate {

// The right edge of an RFC 6962 tree: the roots of its largest full subtrees, one for each bit set in
// its size. All that is needed to append to the tree and to know its root.
//
// A plain value: copying it keeps the tree as it was.
class MerkleEdge {
 public:
  int64_t size() const { return size_; }

  void Append(const Hash& leaf, Hasher& hasher);

  // Merkle Tree Hash of all leaves (RFC 6962 section 2.1); SHA-256 of nothing where there is none.
  Hash Root(Hasher& hasher) const;

  // Root of the full subtree of 2^level leaves at the edge; only where size has that bit set.
  const Hash& Subtree(int level) const { return subtrees_[static_cast<size_t>(level)]; }

 private:
  friend class MerkleBatch;

  int64_t size_ = 0;
  std::array<Hash, 63> subtrees_{};
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_MERKLE_EDGE_H_
