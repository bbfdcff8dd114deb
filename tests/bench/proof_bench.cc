// How long a proof takes, from the tiles of a log in SQLite, and how that grows with the log: a proof of ten million
// leaves as a multiple of one of a thousand. Prints; asserts nothing.
//
//   proof_bench [PROOFS_PER_SIZE]

#include "gateway/evidence/audit/proof.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/evidence/log_proofs.h"
#include "gateway/evidence/tile_edge.h"
#include "gateway/storage/sqlite_record_store.h"

namespace tracegate {
namespace {

constexpr int64_t kSizes[] = {1'000, 100'000, 10'000'000};
constexpr int64_t kTilesPerCommit = 512;

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "proof_bench: %s\n", why.c_str());
  std::exit(1);
}

Hash LeafOf(int64_t index, Hasher& hasher) { return hasher.Leaf("leaf " + std::to_string(index)); }

// The tiles of a log of that many leaves, without its entries.
LogView WriteTiles(RecordStore& store, int64_t size) {
  Hasher hasher;
  auto edge = std::make_shared<TileEdge>();
  WriteBatch batch;
  while (edge->size() < size) {
    edge->Append(LeafOf(edge->size(), hasher), hasher, &batch.tiles);
    if (batch.tiles.size() < kTilesPerCommit && edge->size() < size) continue;
    if (const absl::Status written = store.Commit(batch); !written.ok()) Fail(written.ToString());
    batch.tiles.clear();
  }
  return {size, "", std::move(edge)};
}

struct Times {
  double p50_us = 0;
  double p99_us = 0;
};

// Of so many runs of `prove`, which is given a random number below `below`.
template <typename Prove>
Times Measure(int proofs, int64_t below, Prove prove) {
  std::mt19937_64 random(1);
  std::vector<double> us;
  for (int i = 0; i < proofs; ++i) {
    const auto place = static_cast<int64_t>(random() % static_cast<uint64_t>(below));
    const absl::Time start = absl::Now();
    const auto path = prove(place);
    us.push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
    if (!path.ok()) Fail(path.status().ToString());
  }
  std::sort(us.begin(), us.end());
  return {us[us.size() / 2], us[us.size() * 99 / 100]};
}

// Else something else than proofs was measured.
void CheckOne(LogProofs& proofs, int64_t index, int64_t size) {
  Hasher hasher;
  const auto path = proofs.Inclusion(index, size);
  const auto root = proofs.Root(size);
  if (!path.ok() || !root.ok() ||
      !audit::CheckInclusion({.leaf_index = static_cast<uint64_t>(index),
                              .tree_size = static_cast<uint64_t>(size),
                              .leaf = LeafOf(index, hasher),
                              .root = *root,
                              .path = *path})
           .ok()) {
    Fail("a proof does not hold");
  }
}

void Print(const char* what, int64_t size, const Times& times, const Times& smallest) {
  std::printf("%-12s %10lld leaves  p50 %7.1f us  p99 %7.1f us  ratio to %lld leaves %.2f\n", what,
              static_cast<long long>(size), times.p50_us, times.p99_us,
              static_cast<long long>(kSizes[0]), times.p50_us / smallest.p50_us);
}

int Run(int argc, char** argv) {
  const int count = argc > 1 && std::atoi(argv[1]) > 0 ? std::atoi(argv[1]) : 3000;
  // Where the build is: 10^7 leaves have 39,000 tiles of 8 KiB, and /tmp may be memory.
  std::string folder = TRACEGATE_BINARY_DIR "/proof_bench.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) Fail("cannot make " + folder);
  Times inclusion_of_smallest;
  Times consistency_of_smallest;
  for (const int64_t size : kSizes) {
    const auto store =
        SqliteRecordStore::Open({.file = folder + absl::StrFormat("/%d.db", size), .readers = 1});
    if (!store.ok()) Fail(store.status().ToString());
    const LogView view = WriteTiles(**store, size);
    LogProofs proofs(store->get(), view);
    for (int64_t i = 0; i < 20; ++i) CheckOne(proofs, size / 20 * i, size);
    const Times inclusion =
        Measure(count, size, [&](int64_t leaf) { return proofs.Inclusion(leaf, size); });
    const Times consistency =
        Measure(count, size, [&](int64_t from) { return proofs.Consistency(from, size); });
    if (size == kSizes[0]) {
      inclusion_of_smallest = inclusion;
      consistency_of_smallest = consistency;
    }
    Print("inclusion", size, inclusion, inclusion_of_smallest);
    Print("consistency", size, consistency, consistency_of_smallest);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Run(argc, argv);
}
