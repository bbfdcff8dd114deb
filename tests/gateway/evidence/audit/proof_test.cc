#include "gateway/evidence/audit/proof.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gateway/evidence/audit/tree_stack.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/audit/plain_tree.h"
#include "tests/gateway/evidence/tree_vectors.h"

namespace tracegate::audit {
namespace {

Digest DigestOf(const char* hex) { return *DigestFrom(absl::HexStringToBytes(hex)); }

std::vector<Digest> PublishedLeaves() {
  std::vector<Digest> leaves;
  for (const char* leaf : kLeaves) leaves.push_back(LeafDigest(absl::HexStringToBytes(leaf)));
  return leaves;
}

std::string FieldOf(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  return detail.violations_size() == 1 ? detail.violations(0).field() : "";
}

void Turn(Digest& digest, size_t bit) { digest[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8); }

TEST(TreeStack, HasThePublishedRoots) {
  TreeStack tree;
  EXPECT_EQ(tree.Root(), DigestOf(kRoots[0]));
  const auto leaves = PublishedLeaves();
  for (size_t i = 0; i < leaves.size(); ++i) {
    tree.Append(leaves[i]);
    EXPECT_EQ(tree.size(), i + 1);
    EXPECT_EQ(tree.Root(), DigestOf(kRoots[i + 1]));
  }
}

TEST(TreeStack, HasTheRootThatTheRfcDefines) {
  TreeStack tree;
  const auto leaves = ExampleLeaves(300);
  for (size_t i = 0; i < leaves.size(); ++i) {
    tree.Append(leaves[i]);
    if (i < 70 || i > 250) {
      EXPECT_EQ(tree.Root(),
                PlainRoot({leaves.begin(), leaves.begin() + static_cast<long>(i) + 1}));
    }
  }
}

TEST(Inclusion, HoldsForThePublishedTree) {
  const auto leaves = PublishedLeaves();
  for (size_t i = 0; i < leaves.size(); ++i) {
    const InclusionClaim claim{i, 8, leaves[i], DigestOf(kRoots[8]), PlainPath(i, leaves)};
    EXPECT_TRUE(CheckInclusion(claim).ok()) << i;
  }
}

TEST(Inclusion, HoldsForEveryLeafOfEverySize) {
  const auto all = ExampleLeaves(40);
  for (size_t size = 1; size <= all.size(); ++size) {
    const std::vector<Digest> leaves(all.begin(), all.begin() + static_cast<long>(size));
    for (size_t i = 0; i < size; ++i) {
      const InclusionClaim claim{i, size, leaves[i], PlainRoot(leaves), PlainPath(i, leaves)};
      EXPECT_TRUE(CheckInclusion(claim).ok()) << i << " of " << size;
    }
  }
}

TEST(Inclusion, RefusesEveryTurnedBit) {
  const auto leaves = ExampleLeaves(21);
  for (const size_t index : {0, 7, 20}) {
    InclusionClaim claim{index, 21, leaves[index], PlainRoot(leaves), PlainPath(index, leaves)};
    std::vector<Digest*> parts = {&claim.leaf, &claim.root};
    for (Digest& digest : claim.path) parts.push_back(&digest);
    for (Digest* part : parts) {
      for (size_t bit = 0; bit < 256; ++bit) {
        Turn(*part, bit);
        EXPECT_EQ(FieldOf(CheckInclusion(claim)), "root");
        Turn(*part, bit);
      }
    }
    EXPECT_TRUE(CheckInclusion(claim).ok());
  }
}

TEST(Inclusion, RefusesAPathOfAnotherLength) {
  const auto leaves = ExampleLeaves(21);
  for (size_t index = 0; index < leaves.size(); ++index) {
    InclusionClaim claim{index, 21, leaves[index], PlainRoot(leaves), PlainPath(index, leaves)};
    claim.path.push_back(leaves[0]);
    EXPECT_EQ(FieldOf(CheckInclusion(claim)), "path");
    claim.path.resize(claim.path.size() - 2);
    EXPECT_EQ(FieldOf(CheckInclusion(claim)), "path");
  }
}

TEST(Inclusion, RefusesAnotherPlace) {
  const auto leaves = ExampleLeaves(8);
  InclusionClaim claim{3, 8, leaves[3], PlainRoot(leaves), PlainPath(3, leaves)};
  for (const uint64_t index : {0, 1, 2, 4, 5, 6, 7}) {
    claim.leaf_index = index;
    EXPECT_FALSE(CheckInclusion(claim).ok()) << index;
  }
  for (const uint64_t outside : {uint64_t{8}, UINT64_MAX}) {
    claim.leaf_index = outside;
    EXPECT_EQ(FieldOf(CheckInclusion(claim)), "leaf_index");
  }
  claim.leaf_index = 0;
  claim.tree_size = 0;
  EXPECT_EQ(FieldOf(CheckInclusion(claim)), "tree_size");
}

TEST(Inclusion, TakesTheLargestTree) {
  // The last leaf of 2^64 - 1: every sibling stands to its left, one for each bit that is set.
  InclusionClaim claim{UINT64_MAX - 1, UINT64_MAX, ExampleLeaves(1)[0], {}, ExampleLeaves(63)};
  claim.root = claim.leaf;
  for (const Digest& sibling : claim.path) claim.root = NodeDigest(sibling, claim.root);
  EXPECT_TRUE(CheckInclusion(claim).ok()) << CheckInclusion(claim);
  claim.path.pop_back();
  EXPECT_EQ(FieldOf(CheckInclusion(claim)), "path");
}

class Consistency : public testing::Test {
 protected:
  ConsistencyClaim Claim(size_t from, size_t to) {
    const auto all = ExampleLeaves(to);
    const std::vector<Digest> old(all.begin(), all.begin() + static_cast<long>(from));
    return {from, to, PlainRoot(old), PlainRoot(all), PlainConsistency(from, all)};
  }
};

TEST_F(Consistency, HoldsBetweenThePublishedTrees) {
  const auto leaves = PublishedLeaves();
  for (size_t from = 1; from <= 8; ++from) {
    const ConsistencyClaim claim{from, 8, DigestOf(kRoots[from]), DigestOf(kRoots[8]),
                                 PlainConsistency(from, leaves)};
    EXPECT_TRUE(CheckConsistency(claim).ok()) << from;
  }
}

TEST_F(Consistency, HoldsBetweenAllSizes) {
  for (size_t to = 1; to <= 33; ++to) {
    for (size_t from = 1; from <= to; ++from) {
      EXPECT_TRUE(CheckConsistency(Claim(from, to)).ok()) << from << " to " << to;
    }
  }
}

TEST_F(Consistency, RefusesEveryTurnedBit) {
  for (const auto& [from, to] : {std::pair{6, 13}, std::pair{8, 13}, std::pair{13, 13}}) {
    ConsistencyClaim claim = Claim(static_cast<size_t>(from), static_cast<size_t>(to));
    std::vector<Digest*> parts = {&claim.from_root, &claim.to_root};
    for (Digest& digest : claim.path) parts.push_back(&digest);
    for (Digest* part : parts) {
      for (size_t bit = 0; bit < 256; ++bit) {
        Turn(*part, bit);
        EXPECT_FALSE(CheckConsistency(claim).ok());
        Turn(*part, bit);
      }
    }
    EXPECT_TRUE(CheckConsistency(claim).ok());
  }
}

TEST_F(Consistency, RefusesAPathOfAnotherLength) {
  for (size_t to = 2; to <= 20; ++to) {
    for (size_t from = 1; from <= to; ++from) {
      ConsistencyClaim claim = Claim(from, to);
      claim.path.push_back(claim.to_root);
      EXPECT_EQ(FieldOf(CheckConsistency(claim)), "path");
      if (from == to) continue;
      claim.path.resize(claim.path.size() - 2);
      EXPECT_FALSE(CheckConsistency(claim).ok());
      claim.path.clear();
      EXPECT_EQ(FieldOf(CheckConsistency(claim)), "path");
    }
  }
}

TEST_F(Consistency, RefusesSizesTheWrongWayRound) {
  ConsistencyClaim claim = Claim(4, 7);
  std::swap(claim.from_size, claim.to_size);
  EXPECT_EQ(FieldOf(CheckConsistency(claim)), "from_size");
  claim = Claim(4, 4);
  claim.from_size = 5;
  EXPECT_EQ(FieldOf(CheckConsistency(claim)), "from_size");
}

TEST_F(Consistency, RefusesToSpeakOfTheEmptyTree) {
  ConsistencyClaim claim = Claim(4, 4);
  claim.from_size = 0;
  claim.from_root = PlainRoot({});
  EXPECT_EQ(FieldOf(CheckConsistency(claim)), "from_size");
  claim.to_size = 0;
  claim.to_root = claim.from_root;
  EXPECT_EQ(FieldOf(CheckConsistency(claim)), "from_size");
}

TEST_F(Consistency, RefusesEqualSizesWithOtherRoots) {
  ConsistencyClaim claim = Claim(4, 4);
  claim.to_root = claim.from_root = PlainRoot({});
  EXPECT_TRUE(CheckConsistency(claim).ok()) << "nothing to hold the roots against but each other";
  Turn(claim.to_root, 0);
  EXPECT_EQ(FieldOf(CheckConsistency(claim)), "to_root");
}

}  // namespace
}  // namespace tracegate::audit
