#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TREE_STACK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TREE_STACK_H_

#include <cstdint>
#include <vector>

#include "gateway/evidence/audit/digest.h"

namespace tracegate::audit {

// The Merkle tree of the leaves so far, as a stack of complete subtrees, the largest lowest. Two of one size become one
// of twice that. A plain value of at most 64 digests.
class TreeStack {
 public:
  void Append(const Digest& leaf);

  uint64_t size() const { return size_; }
  // RFC 6962 section 2.1; SHA-256 of nothing for no leaves.
  Digest Root() const;

 private:
  struct Complete {
    uint64_t leaves;
    Digest root;
  };

  uint64_t size_ = 0;
  std::vector<Complete> stack_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_TREE_STACK_H_
