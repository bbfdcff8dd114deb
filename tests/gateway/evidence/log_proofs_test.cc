#include "gateway/evidence/log_proofs.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "gateway/evidence/audit/proof.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/merkle_edge.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/audit/plain_tree.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

// A store in which some tiles are not what was written.
class TileStore : public FakeRecordStore {
 public:
  // Asked with each tile that is read; what it gives is what is found.
  std::function<absl::StatusOr<std::optional<TileRow>>(TileRow)> found;

  absl::StatusOr<std::optional<TileRow>> ReadTile(int level, int64_t index) override {
    auto row = FakeRecordStore::ReadTile(level, index);
    if (!found || !row.ok() || !*row) return row;
    return found(**std::move(row));
  }
};

// A tree that grows leaf by leaf, with its tiles in a store: what the log's writer does, without entries.
class Tree {
 public:
  void GrowTo(int64_t size) {
    WriteBatch batch;
    while (edge_.size() < size) {
      const Hash leaf = hasher_.Leaf("leaf " + std::to_string(edge_.size()));
      leaves_.push_back(leaf);
      edge_.Append(leaf, hasher_, &batch.tiles);
      merkle_.Append(leaf, hasher_);
      roots_.push_back(merkle_.Root(hasher_));
    }
    ASSERT_TRUE(store_.Commit(batch).ok());
  }

  int64_t size() const { return edge_.size(); }
  // Of every size so far.
  const Hash& Root(int64_t size) const { return roots_[static_cast<size_t>(size)]; }
  const Hash& Leaf(int64_t index) const { return leaves_[static_cast<size_t>(index)]; }
  std::vector<Hash> Leaves(int64_t size) const { return {leaves_.begin(), leaves_.begin() + size}; }
  LogProofs Proofs() { return {&store_, {size(), "", std::make_shared<const TileEdge>(edge_)}}; }
  TileStore& store() { return store_; }

 private:
  Hasher hasher_;
  TileStore store_;
  TileEdge edge_;
  MerkleEdge merkle_;
  std::vector<Hash> leaves_;
  std::vector<Hash> roots_{hasher_.Sha256({})};
};

// Ends of the tree, places on both sides of tile boundaries, and a few between.
std::set<int64_t> PlacesBelow(int64_t end) {
  std::set<int64_t> places;
  for (const int64_t place :
       {int64_t{0}, int64_t{1}, int64_t{127}, int64_t{128}, int64_t{255}, int64_t{256},
        int64_t{257}, int64_t{511}, int64_t{512}, end / 3, end / 2, end - 2, end - 1}) {
    if (place >= 0 && place < end) places.insert(place);
  }
  return places;
}

// The auditor shares no code with what made the proof.
void ExpectIncluded(Tree& tree, LogProofs& proofs, int64_t index, int64_t size) {
  const auto path = proofs.Inclusion(index, size);
  ASSERT_TRUE(path.ok()) << path.status();
  const absl::Status holds = audit::CheckInclusion({.leaf_index = static_cast<uint64_t>(index),
                                                    .tree_size = static_cast<uint64_t>(size),
                                                    .leaf = tree.Leaf(index),
                                                    .root = tree.Root(size),
                                                    .path = *path});
  ASSERT_TRUE(holds.ok()) << index << " of " << size << ": " << holds;
}

void ExpectConsistent(Tree& tree, LogProofs& proofs, int64_t from, int64_t to) {
  const auto path = proofs.Consistency(from, to);
  ASSERT_TRUE(path.ok()) << path.status();
  if (from == 0) {  // says nothing, so there is nothing to check
    ASSERT_TRUE(path->empty());
    return;
  }
  const absl::Status holds = audit::CheckConsistency({.from_size = static_cast<uint64_t>(from),
                                                      .to_size = static_cast<uint64_t>(to),
                                                      .from_root = tree.Root(from),
                                                      .to_root = tree.Root(to),
                                                      .path = *path});
  ASSERT_TRUE(holds.ok()) << from << " to " << to << ": " << holds;
}

void ExpectRoot(Tree& tree, LogProofs& proofs, int64_t size) {
  const auto root = proofs.Root(size);
  ASSERT_TRUE(root.ok()) << root.status();
  ASSERT_EQ(*root, tree.Root(size)) << size;
}

void ExpectFieldInvalid(const absl::Status& status, const std::string& field) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(ReasonOf(status), v1::REASON_FIELD_INVALID);
  ASSERT_EQ(DetailOf(status).violations_size(), 1);
  EXPECT_EQ(DetailOf(status).violations(0).field(), field);
}

TEST(LogProofs, AreThoseOfTheSpecificationForEveryLeafAndSize) {
  constexpr int64_t kSize = 70;
  Tree tree;
  tree.GrowTo(kSize);
  LogProofs proofs = tree.Proofs();
  for (int64_t size = 1; size <= kSize; ++size) {
    const std::vector<Hash> leaves = tree.Leaves(size);
    EXPECT_EQ(*proofs.Root(size), audit::PlainRoot(leaves));
    for (int64_t i = 0; i < size; ++i) {
      EXPECT_EQ(*proofs.Inclusion(i, size), audit::PlainPath(static_cast<size_t>(i), leaves));
      EXPECT_EQ(*proofs.Consistency(i + 1, size),
                audit::PlainConsistency(static_cast<size_t>(i + 1), leaves));
    }
  }
}

TEST(LogProofs, AreThoseOfTheSpecificationAroundTileBoundaries) {
  Tree tree;
  for (const int64_t size : {255, 256, 257, 511, 512, 513, 1025, 65535, 65536, 65537}) {
    tree.GrowTo(size);
    LogProofs proofs = tree.Proofs();
    const std::vector<Hash> leaves = tree.Leaves(size);
    EXPECT_EQ(*proofs.Root(size), audit::PlainRoot(leaves));
    for (const int64_t i : {int64_t{0}, std::min<int64_t>(256, size - 1), size - 1}) {
      EXPECT_EQ(*proofs.Inclusion(i, size), audit::PlainPath(static_cast<size_t>(i), leaves));
    }
    for (const int64_t from : {int64_t{1}, size / 2 + 1, size - 1}) {
      EXPECT_EQ(*proofs.Consistency(from, size),
                audit::PlainConsistency(static_cast<size_t>(from), leaves));
    }
  }
}

TEST(LogProofs, HoldAtEverySizeThatALogGrowsThrough) {
  Tree tree;
  for (int64_t size = 1; size <= 1100; ++size) {
    tree.GrowTo(size);
    LogProofs proofs = tree.Proofs();
    ASSERT_NO_FATAL_FAILURE(ExpectRoot(tree, proofs, size));
    for (const int64_t place : PlacesBelow(size)) {
      ASSERT_NO_FATAL_FAILURE(ExpectIncluded(tree, proofs, place, size));
      ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, place, size));
    }
  }
}

TEST(LogProofs, HoldForEverySizeThatALogOnceHad) {
  constexpr int64_t kSize = 1100;
  Tree tree;
  tree.GrowTo(kSize);
  LogProofs proofs = tree.Proofs();
  for (int64_t size = 0; size <= kSize; ++size) {
    ASSERT_NO_FATAL_FAILURE(ExpectRoot(tree, proofs, size));
    ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, size, kSize));
    ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, size, size));
    for (const int64_t place : PlacesBelow(size)) {
      ASSERT_NO_FATAL_FAILURE(ExpectIncluded(tree, proofs, place, size));
      ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, place, size));
    }
  }
}

TEST(LogProofs, HoldWhereATileOfTheThirdLevelBegins) {
  Tree tree;
  for (const int64_t size : {65535, 65536, 65537, 65791, 65792, 65793}) {
    tree.GrowTo(size);
    LogProofs proofs = tree.Proofs();
    for (const int64_t at : {size, std::min<int64_t>(size, 65536), size - 1}) {
      ASSERT_NO_FATAL_FAILURE(ExpectRoot(tree, proofs, at));
      ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, at, size));
      for (int64_t i = 0; i < at; i += 4093) {
        ASSERT_NO_FATAL_FAILURE(ExpectIncluded(tree, proofs, i, at));
        ASSERT_NO_FATAL_FAILURE(ExpectConsistent(tree, proofs, i, at));
      }
      for (const int64_t place : PlacesBelow(at)) {
        ASSERT_NO_FATAL_FAILURE(ExpectIncluded(tree, proofs, place, at));
      }
    }
  }
}

TEST(LogProofs, NameTheFieldThatIsOutsideTheLog) {
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  for (const int64_t size : {0, 1, 300}) {
    Tree tree;
    tree.GrowTo(size);
    LogProofs proofs = tree.Proofs();
    for (const int64_t outside : {kMin, int64_t{-1}, int64_t{0}, size + 1, kMax}) {
      ExpectFieldInvalid(proofs.Inclusion(0, outside).status(), "tree_size");
    }
    for (const int64_t outside : {kMin, int64_t{-1}, size + 1, kMax}) {
      ExpectFieldInvalid(proofs.Root(outside).status(), "tree_size");
      ExpectFieldInvalid(proofs.Consistency(0, outside).status(), "to_size");
      ExpectFieldInvalid(proofs.Consistency(outside, size).status(), "from_size");
    }
    for (int64_t at = 1; at <= size; ++at) {
      for (const int64_t outside : {kMin, int64_t{-1}, at, at + 1, kMax}) {
        ExpectFieldInvalid(proofs.Inclusion(outside, at).status(), "leaf_index");
      }
      ExpectFieldInvalid(proofs.Consistency(at, at - 1).status(), "from_size");
    }
  }
}

// Whatever a proof needs of a tile that is not there whole is damage, and never a wrong proof.
class DamagedTiles : public testing::Test {
 protected:
  DamagedTiles() {
    tree_.GrowTo(65536 + 700);
    Find(std::nullopt);
  }

  // Makes reads of that tile find it changed by `change`.
  void Damage(int level, int64_t index, std::function<std::optional<TileRow>(TileRow)> change) {
    tree_.store().found = [=](TileRow row) -> absl::StatusOr<std::optional<TileRow>> {
      return row.level == level && row.index == index ? change(std::move(row)) : std::optional(row);
    };
  }

  void Find(std::optional<absl::Status> failure) {
    tree_.store().found = [=](TileRow row) -> absl::StatusOr<std::optional<TileRow>> {
      if (failure) return *failure;
      return std::optional(std::move(row));
    };
  }

  void ExpectDamage(const absl::Status& status) {
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    EXPECT_EQ(ReasonOf(status), v1::REASON_LOG_DAMAGED);
  }

  Tree tree_;
};

TEST_F(DamagedTiles, ThatAreMissingOrTornAreDamage) {
  const std::function<std::optional<TileRow>(TileRow)> changes[] = {
      [](TileRow) { return std::nullopt; },
      [](TileRow row) {
        row.hashes.resize(kTileBytes / 2);
        return std::optional(row);
      },
      [](TileRow row) {
        row.hashes.pop_back();
        return std::optional(row);
      },
      [](TileRow row) {
        row.hashes += 'x';
        return std::optional(row);
      },
      [](TileRow row) {
        row.hashes.clear();
        return std::optional(row);
      }};
  LogProofs proofs = tree_.Proofs();
  const int64_t size = tree_.size();
  for (const auto& change : changes) {
    Damage(0, 3, change);
    ExpectDamage(proofs.Inclusion(3 * 256 + 7, size).status());
    ExpectDamage(proofs.Inclusion(0, 3 * 256 + 7).status());
    ExpectDamage(proofs.Consistency(3 * 256 + 1, size).status());
    ExpectDamage(proofs.Root(3 * 256 + 9).status());
    // What needs other tiles alone is not held up.
    EXPECT_TRUE(proofs.Inclusion(0, size).ok());
    EXPECT_TRUE(proofs.Root(size).ok());
    Damage(1, 0, change);
    ExpectDamage(proofs.Inclusion(0, size).status());
    ExpectDamage(proofs.Consistency(256, size).status());
    ExpectDamage(proofs.Root(1024).status());
    EXPECT_TRUE(proofs.Root(255).ok());
  }
}

TEST_F(DamagedTiles, WithAnotherHashGiveProofsThatDoNotHold) {
  Damage(0, 3, [](TileRow row) {
    row.hashes.replace(8 * 32, 32, std::string(32, 'x'));
    return std::optional(row);
  });
  LogProofs proofs = tree_.Proofs();
  const auto path = proofs.Inclusion(3 * 256 + 9, tree_.size());
  ASSERT_TRUE(path.ok());
  EXPECT_FALSE(audit::CheckInclusion({.leaf_index = 3 * 256 + 9,
                                      .tree_size = static_cast<uint64_t>(tree_.size()),
                                      .leaf = tree_.Leaf(3 * 256 + 9),
                                      .root = tree_.Root(tree_.size()),
                                      .path = *path})
                   .ok());
}

TEST_F(DamagedTiles, ThatCannotBeReadForNowAreNoDamage) {
  Find(Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is away"));
  LogProofs proofs = tree_.Proofs();
  EXPECT_EQ(ReasonOf(proofs.Inclusion(0, tree_.size()).status()), v1::REASON_RECORD_NOT_DURABLE);
  EXPECT_EQ(ReasonOf(proofs.Consistency(1, tree_.size()).status()), v1::REASON_RECORD_NOT_DURABLE);
  EXPECT_EQ(ReasonOf(proofs.Root(1000).status()), v1::REASON_RECORD_NOT_DURABLE);
  Find(std::nullopt);
  EXPECT_TRUE(proofs.Root(1000).ok());
}

TEST(LogTiles, OfAStoreThatKeptNoneAreMadeWhereTheLogOpens) {
  const SqlitePlace place;
  const auto with_log = [&](auto work) {
    const auto store = place.Open();
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions());
    EXPECT_TRUE(log->damage().ok()) << log->damage();
    work(*store, *log);
  };
  Hash root{};
  with_log([&](RecordStore& store, EvidenceLog& log) {
    for (int draft = 0; draft < 3; ++draft) {
      RecordDraft many;
      for (int i = 0; i < 200; ++i) many.entries.push_back(ExampleNote("note").entries[0]);
      ASSERT_TRUE(AppendTo(log, many).ok());
    }
    root = *LogProofs(&store, log.view()).Root(600);
  });
  SQLite::Database(place.file(), SQLite::OPEN_READWRITE).exec("DELETE FROM tile WHERE idx = 1");
  with_log([&](RecordStore& store, EvidenceLog& log) {
    EXPECT_EQ(*LogProofs(&store, log.view()).Root(600), root);
    EXPECT_TRUE(LogProofs(&store, log.view()).Inclusion(300, 600).ok());
  });
}

}  // namespace
}  // namespace tracegate
