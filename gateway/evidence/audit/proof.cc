#include "gateway/evidence/audit/proof.h"

#include <bit>
#include <string_view>

#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

absl::Status Fails(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, field, what);
}

absl::Status TooLong() { return Fails("path", "has more hashes than the sizes ask for"); }
absl::Status TooShort() { return Fails("path", "has fewer hashes than the sizes ask for"); }

absl::Status CheckEqualSizes(const ConsistencyClaim& claim) {
  if (!claim.path.empty()) return Fails("path", "must be empty between equal sizes");
  if (claim.from_root != claim.to_root)
    return Fails("to_root", "differs, though the sizes are equal");
  return absl::OkStatus();
}

}  // namespace

// fn and sn as the RFC names them.
absl::Status CheckInclusion(const InclusionClaim& claim) {
  if (claim.tree_size == 0) return Fails("tree_size", "is 0: an empty tree has no leaves");
  if (claim.leaf_index >= claim.tree_size) return Fails("leaf_index", "is not in the tree");
  uint64_t fn = claim.leaf_index;
  uint64_t sn = claim.tree_size - 1;
  Digest root = claim.leaf;
  for (const Digest& sibling : claim.path) {
    if (sn == 0) return TooLong();
    if (fn % 2 == 1 || fn == sn) {
      root = NodeDigest(sibling, root);
      while (fn % 2 == 0 && fn != 0) {
        fn /= 2;
        sn /= 2;
      }
    } else {
      root = NodeDigest(root, sibling);
    }
    fn /= 2;
    sn /= 2;
  }
  if (sn != 0) return TooShort();
  if (root != claim.root) return Fails("root", "is not what the path leads to");
  return absl::OkStatus();
}

absl::Status CheckConsistency(const ConsistencyClaim& claim) {
  if (claim.from_size > claim.to_size) return Fails("from_size", "is larger than to_size");
  if (claim.from_size == 0) return Fails("from_size", "is 0: every tree adds to the empty one");
  if (claim.from_size == claim.to_size) return CheckEqualSizes(claim);
  if (claim.path.empty()) return TooShort();
  uint64_t fn = claim.from_size - 1;
  uint64_t sn = claim.to_size - 1;
  while (fn % 2 == 1) {
    fn /= 2;
    sn /= 2;
  }
  // A smaller tree that is complete is a node of the larger one: the climb begins at its root, which the path leaves out.
  const bool complete = std::has_single_bit(claim.from_size);
  Digest from = complete ? claim.from_root : claim.path.front();
  Digest to = from;
  for (size_t i = complete ? 0 : 1; i < claim.path.size(); ++i) {
    const Digest& next = claim.path[i];
    if (sn == 0) return TooLong();
    if (fn % 2 == 1 || fn == sn) {
      from = NodeDigest(next, from);
      to = NodeDigest(next, to);
      while (fn % 2 == 0 && fn != 0) {
        fn /= 2;
        sn /= 2;
      }
    } else {
      to = NodeDigest(to, next);
    }
    fn /= 2;
    sn /= 2;
  }
  if (sn != 0) return TooShort();
  if (from != claim.from_root) return Fails("from_root", "is not what the path leads to");
  if (to != claim.to_root) return Fails("to_root", "is not what the path leads to");
  return absl::OkStatus();
}

}  // namespace tracegate::audit
