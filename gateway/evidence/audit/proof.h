#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_PROOF_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_PROOF_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "gateway/evidence/audit/digest.h"

namespace tracegate::audit {

// That a leaf stands at a place in a tree.
struct InclusionClaim {
  uint64_t leaf_index = 0;
  uint64_t tree_size = 0;
  Digest leaf{};  // leaf hash
  Digest root{};
  std::vector<Digest> path;  // leaf to root
};

// That a tree only adds to a smaller one.
struct ConsistencyClaim {
  uint64_t from_size = 0;
  uint64_t to_size = 0;
  Digest from_root{};
  Digest to_root{};
  std::vector<Digest> path;
};

// Both take a path of exactly the length that the sizes ask for, and no other.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `leaf_index`, `tree_size`, `from_size`, `to_size`, `path`, `root`,
// `from_root` or `to_root`, as the JSON lines of `tracegate proof check` have them.

// RFC 9162 section 2.1.3.2.
absl::Status CheckInclusion(const InclusionClaim& claim);

// RFC 9162 section 2.1.4.2. Of equal sizes the roots are equal and the path is empty. From size 0 there is no proof
// (section 2.1.4.1 begins at 1): every tree adds to the empty one, so a claim of it says nothing and is refused. A
// witness that meets its first checkpoint (C2SP tlog-witness, `old 0`) asks for no proof at all.
absl::Status CheckConsistency(const ConsistencyClaim& claim);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_PROOF_H_
