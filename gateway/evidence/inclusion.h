#ifndef TRACEGATE_GATEWAY_EVIDENCE_INCLUSION_H_
#define TRACEGATE_GATEWAY_EVIDENCE_INCLUSION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/evidence/hash.h"

namespace tracegate {

// The root of a tree of `tree_size` leaves in which the leaf with that hash stands at `leaf_index`, by
// its inclusion path (RFC 9162 section 2.1.3.2). Nothing where the index is not in the tree or the path
// does not have the length that it must have there.
std::optional<Hash> RootFromPath(int64_t leaf_index, int64_t tree_size, const Hash& leaf,
                                 const std::vector<Hash>& path, Hasher& hasher);

// Whether the path proves the leaf's place in the tree with that root.
bool VerifyInclusion(int64_t leaf_index, int64_t tree_size, const Hash& leaf,
                     const std::vector<Hash>& path, const Hash& root, Hasher& hasher);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_INCLUSION_H_
