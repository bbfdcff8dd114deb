#include "gateway/evidence/audit/tree_stack.h"

namespace tracegate::audit {

void TreeStack::Append(const Digest& leaf) {
  Complete grown{1, leaf};
  while (!stack_.empty() && stack_.back().leaves == grown.leaves) {
    grown = {2 * grown.leaves, NodeDigest(stack_.back().root, grown.root)};
    stack_.pop_back();
  }
  stack_.push_back(grown);
  ++size_;
}

Digest TreeStack::Root() const {
  if (stack_.empty()) return Sha256({});
  Digest root = stack_.back().root;
  for (size_t i = stack_.size() - 1; i > 0; --i) root = NodeDigest(stack_[i - 1].root, root);
  return root;
}

}  // namespace tracegate::audit
