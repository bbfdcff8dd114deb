#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_PLAIN_TREE_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_PLAIN_TREE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/evidence/audit/digest.h"

namespace tracegate::audit {

// RFC 6962 section 2.1 as it is written, over leaf hashes: what both the writer's and the auditor's code are held
// against. Hashes by itself, and slowly.

Digest PlainSha256(std::string_view bytes);
Digest PlainLeaf(std::string_view leaf);

Digest PlainRoot(const std::vector<Digest>& leaves);

// Section 2.1.1: the path of the leaf at `index`, which is below the number of leaves.
std::vector<Digest> PlainPath(size_t index, const std::vector<Digest>& leaves);

// Section 2.1.2: that the leaves add to the first `from` of them, 0 < from <= number of leaves.
std::vector<Digest> PlainConsistency(size_t from, const std::vector<Digest>& leaves);

// Hashes of "leaf 0", "leaf 1" and so on.
std::vector<Digest> ExampleLeaves(size_t count);

}  // namespace tracegate::audit

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_PLAIN_TREE_H_
