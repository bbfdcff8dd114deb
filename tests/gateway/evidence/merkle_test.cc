#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/inclusion.h"
#include "gateway/evidence/merkle_batch.h"
#include "gateway/evidence/merkle_edge.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/tree_vectors.h"

namespace tracegate {
namespace {

std::string Hex(const Hash& hash) {
  const std::string_view bytes = BytesOf(hash);
  return absl::BytesToHexString({bytes.data(), bytes.size()});
}

// RFC 6962 section 2.1 and 2.1.1, as they are written: what the fast code is held against.
class SlowTree {
 public:
  explicit SlowTree(Hasher& hasher) : hasher_(hasher) {}

  Hash Root(const std::vector<Hash>& leaves) {
    if (leaves.size() == 1) return leaves[0];
    const auto middle = leaves.begin() + Split(leaves);
    return hasher_.Node(Root({leaves.begin(), middle}), Root({middle, leaves.end()}));
  }

  std::vector<Hash> Path(size_t index, const std::vector<Hash>& leaves) {
    if (leaves.size() == 1) return {};
    const auto split = static_cast<size_t>(Split(leaves));
    const std::vector<Hash> left(leaves.begin(), leaves.begin() + Split(leaves));
    const std::vector<Hash> right(leaves.begin() + Split(leaves), leaves.end());
    std::vector<Hash> path = index < split ? Path(index, left) : Path(index - split, right);
    path.push_back(Root(index < split ? right : left));
    return path;
  }

 private:
  // The largest power of two below the number of leaves.
  static std::ptrdiff_t Split(const std::vector<Hash>& leaves) {
    size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    return static_cast<std::ptrdiff_t>(split);
  }

  Hasher& hasher_;
};

class Merkle : public testing::Test {
 protected:
  std::vector<Hash> Leaves(int64_t from, int64_t to) {
    std::vector<Hash> leaves;
    for (int64_t i = from; i < to; ++i) leaves.push_back(hasher_.Leaf("leaf " + std::to_string(i)));
    return leaves;
  }

  MerkleEdge Edge(int64_t size) {
    MerkleEdge edge;
    for (const Hash& leaf : Leaves(0, size)) edge.Append(leaf, hasher_);
    return edge;
  }

  Hasher hasher_;
};

TEST_F(Merkle, RootsAreThePublishedOnes) {
  MerkleEdge edge;
  EXPECT_EQ(Hex(edge.Root(hasher_)), kRoots[0]);
  for (size_t i = 0; i < 8; ++i) {
    edge.Append(hasher_.Leaf(absl::HexStringToBytes(kLeaves[i])), hasher_);
    EXPECT_EQ(Hex(edge.Root(hasher_)), kRoots[i + 1]);
  }
}

TEST_F(Merkle, PublishedPathLeadsToThePublishedRoot) {
  // Leaf 2 of 3: its only sibling is the root of the first two.
  const Hash leaf = hasher_.Leaf(absl::HexStringToBytes(kLeaves[2]));
  const Hash sibling = *HashFromBytes(absl::HexStringToBytes(kRoots[2]));
  const Hash root = *HashFromBytes(absl::HexStringToBytes(kRoots[3]));
  EXPECT_TRUE(VerifyInclusion(2, 3, leaf, {sibling}, root, hasher_));
  EXPECT_FALSE(VerifyInclusion(1, 3, leaf, {sibling}, root, hasher_));
  EXPECT_FALSE(VerifyInclusion(2, 4, leaf, {sibling}, root, hasher_));
}

TEST_F(Merkle, BatchHasRootEdgeAndPathsOfTheWholeTree) {
  SlowTree slow(hasher_);
  for (int64_t before = 0; before <= 40; ++before) {
    for (int64_t after = before + 1; after <= 64; ++after) {
      const MerkleBatch batch(Edge(before), Leaves(before, after), hasher_);
      const std::vector<Hash> leaves = Leaves(0, after);
      ASSERT_EQ(batch.root(), slow.Root(leaves));
      ASSERT_EQ(batch.after().size(), after);
      ASSERT_EQ(batch.after().Root(hasher_), batch.root());
      // First, middle and last here; every leaf of every size below.
      for (const int64_t leaf : {before, (before + after) / 2, after - 1}) {
        ASSERT_EQ(batch.Path(static_cast<size_t>(leaf - before)),
                  slow.Path(static_cast<size_t>(leaf), leaves))
            << leaf << " of " << before << " to " << after;
      }
    }
  }
}

TEST_F(Merkle, BatchesFollowBatches) {
  MerkleEdge edge;
  int64_t size = 0;
  for (const int64_t more : {1, 3, 1, 64, 7, 2, 129, 1, 1000, 5}) {
    edge = MerkleBatch(edge, Leaves(size, size + more), hasher_).after();
    size += more;
    ASSERT_EQ(edge.Root(hasher_), Edge(size).Root(hasher_));
  }
}

TEST_F(Merkle, EveryPathVerifiesAndNoOtherDoes) {
  for (int64_t size = 1; size <= 64; ++size) {
    const std::vector<Hash> leaves = Leaves(0, size);
    const MerkleBatch batch(MerkleEdge(), leaves, hasher_);
    for (int64_t i = 0; i < size; ++i) {
      const auto place = static_cast<size_t>(i);
      std::vector<Hash> path = batch.Path(place);
      ASSERT_TRUE(VerifyInclusion(i, size, leaves[place], path, batch.root(), hasher_));
      EXPECT_FALSE(VerifyInclusion(i, size, leaves[(place + 1) % leaves.size()], path, batch.root(),
                                   hasher_) &&
                   size > 1);
      EXPECT_FALSE(VerifyInclusion(size, size, leaves[place], path, batch.root(), hasher_));
      EXPECT_FALSE(VerifyInclusion(-1, size, leaves[place], path, batch.root(), hasher_));
      path.push_back(leaves[0]);
      EXPECT_FALSE(VerifyInclusion(i, size, leaves[place], path, batch.root(), hasher_));
      path.pop_back();
      if (path.empty()) continue;
      path.pop_back();
      EXPECT_FALSE(VerifyInclusion(i, size, leaves[place], path, batch.root(), hasher_));
    }
  }
}

TEST_F(Merkle, AnyTurnedBitBreaksThePath) {
  constexpr int64_t kSize = 21;
  const std::vector<Hash> leaves = Leaves(0, kSize);
  const MerkleBatch batch(MerkleEdge(), leaves, hasher_);
  for (const int64_t i : {0, 7, 20}) {
    const Hash& leaf = leaves[static_cast<size_t>(i)];
    std::vector<Hash> path = batch.Path(static_cast<size_t>(i));
    for (Hash& hash : path) {
      for (size_t bit = 0; bit < 256; ++bit) {
        hash[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
        EXPECT_FALSE(VerifyInclusion(i, kSize, leaf, path, batch.root(), hasher_));
        hash[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
      }
    }
    EXPECT_TRUE(VerifyInclusion(i, kSize, leaf, path, batch.root(), hasher_));
  }
}

TEST_F(Merkle, LeafIsNoNode) {
  const std::vector<Hash> leaves = Leaves(0, 2);
  const std::string inner = std::string(BytesOf(leaves[0])) + std::string(BytesOf(leaves[1]));
  EXPECT_NE(hasher_.Leaf(inner), hasher_.Node(leaves[0], leaves[1]));
}

}  // namespace
}  // namespace tracegate
