#include "tests/gateway/evidence/audit/plain_tree.h"

#include <openssl/evp.h>

namespace tracegate::audit {
namespace {

std::string Text(const Digest& digest) { return {digest.begin(), digest.end()}; }

Digest Node(const Digest& left, const Digest& right) {
  return PlainSha256(std::string(1, '\x01') + Text(left) + Text(right));
}

std::vector<Digest> Part(const std::vector<Digest>& all, size_t from, size_t to) {
  return {all.begin() + static_cast<std::ptrdiff_t>(from),
          all.begin() + static_cast<std::ptrdiff_t>(to)};
}

// The largest power of two below the number of leaves, of which there are two at least.
size_t Split(const std::vector<Digest>& leaves) {
  size_t split = 1;
  while (2 * split < leaves.size()) split *= 2;
  return split;
}

// SUBPROOF of the RFC.
std::vector<Digest> Subproof(size_t from, const std::vector<Digest>& leaves, bool known) {
  if (from == leaves.size()) {
    return known ? std::vector<Digest>() : std::vector<Digest>{PlainRoot(leaves)};
  }
  const size_t split = Split(leaves);
  const auto left = Part(leaves, 0, split);
  const auto right = Part(leaves, split, leaves.size());
  const bool in_left = from <= split;
  std::vector<Digest> path =
      in_left ? Subproof(from, left, known) : Subproof(from - split, right, false);
  path.push_back(PlainRoot(in_left ? right : left));
  return path;
}

}  // namespace

Digest PlainSha256(std::string_view bytes) {
  Digest digest;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

Digest PlainLeaf(std::string_view leaf) {
  return PlainSha256(std::string(1, '\0') + std::string(leaf));
}

Digest PlainRoot(const std::vector<Digest>& leaves) {
  if (leaves.empty()) return PlainSha256("");
  if (leaves.size() == 1) return leaves[0];
  const size_t split = Split(leaves);
  return Node(PlainRoot(Part(leaves, 0, split)), PlainRoot(Part(leaves, split, leaves.size())));
}

std::vector<Digest> PlainPath(size_t index, const std::vector<Digest>& leaves) {
  if (leaves.size() == 1) return {};
  const size_t split = Split(leaves);
  const auto left = Part(leaves, 0, split);
  const auto right = Part(leaves, split, leaves.size());
  const bool in_left = index < split;
  std::vector<Digest> path = in_left ? PlainPath(index, left) : PlainPath(index - split, right);
  path.push_back(PlainRoot(in_left ? right : left));
  return path;
}

std::vector<Digest> PlainConsistency(size_t from, const std::vector<Digest>& leaves) {
  return Subproof(from, leaves, true);
}

std::vector<Digest> ExampleLeaves(size_t count) {
  std::vector<Digest> leaves;
  for (size_t i = 0; i < count; ++i) leaves.push_back(PlainLeaf("leaf " + std::to_string(i)));
  return leaves;
}

}  // namespace tracegate::audit
