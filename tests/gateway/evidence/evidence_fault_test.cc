// The log on a disk that fails at any write or sync, and when power is cut at any moment.

#include <algorithm>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/held_log.h"
#include "tests/gateway/storage/fault_vfs.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

using Kind = FaultVfs::Kind;

constexpr int64_t kNotes = 251;  // so that the third example draft fills a tile

RecordDraft Notes() {
  RecordDraft draft;
  for (int64_t i = 0; i < kNotes; ++i) draft.entries.push_back(ExampleNote("note").entries[0]);
  return draft;
}

// A store of `file` whose write-ahead log is moved into the file, and started over, every few commits; or never.
SqliteRecordStore::Options StoreOf(const std::string& file, bool small_wal) {
  return {.file = file, .readers = 1, .wal_frames = small_wal ? 4 : 2048};
}

// What a gateway does from its start to its end, in a few batches; where it is refused it goes on with the next.
class Life {
 public:
  // `name`: begins the trace identifiers.
  explicit Life(std::string name) : name_(std::move(name)) {}

  void Run(const SqliteRecordStore::Options& options) {
    const auto store = SqliteRecordStore::Open(options);
    if (!store.ok()) return NoteRefusal(store.status());
    const auto log = EvidenceLog::Open(store->get(), ExampleOptions());
    if (!log.ok()) return NoteRefusal(log.status());
    if (!(*log)->damage().ok()) return NoteRefusal((*log)->damage());
    log_ = log->get();
    Settle(Append(1));
    NoteRefusal(AppendTo(*log_, Notes()).status());
    Settle(Append(2));
    Settle(Append(3));
    Pending together[] = {Append(4), Append(5), Append(6)};
    for (Pending& pending : together) Settle(std::move(pending));
    NoteRefusal(AppendTo(*log_, ExampleNote(std::string(50'000, 'x'))).status());
    Settle(Append(7));
    log_ = nullptr;
  }

  const std::vector<Outcome>& outcomes() const { return outcomes_; }
  const std::vector<absl::Status>& refusals() const { return refusals_; }

 private:
  using Pending = std::pair<std::string, std::future<absl::StatusOr<Recorded>>>;

  Pending Append(int number) {
    const std::string trace_id = name_ + "-" + std::to_string(number);
    return {trace_id, tracegate::Append(*log_, ExampleDraft(trace_id))};
  }

  void Settle(Pending pending) {
    auto recorded = pending.second.get();
    NoteRefusal(recorded.status());
    if (recorded.ok()) {
      outcomes_.push_back({pending.first, recorded->reply});
    } else {
      outcomes_.push_back({pending.first, recorded.status()});
    }
  }

  void NoteRefusal(const absl::Status& status) {
    if (!status.ok()) refusals_.push_back(status);
  }

  const std::string name_;
  EvidenceLog* log_ = nullptr;
  std::vector<Outcome> outcomes_;
  std::vector<absl::Status> refusals_;
};

int Acknowledged(const Life& life) {
  return static_cast<int>(std::count_if(life.outcomes().begin(), life.outcomes().end(),
                                        [](const Outcome& outcome) { return outcome.reply.ok(); }));
}

// What a life without faults takes.
FaultVfs::Counts CountsOfALife(FaultVfs& disk, bool small_wal) {
  const SqlitePlace place;
  disk.Heal();
  Life life("T");
  life.Run(StoreOf(place.file(), small_wal));
  EXPECT_TRUE(life.refusals().empty()) << life.refusals().front();
  const FaultVfs::Counts counts = disk.counts();
  EXPECT_EQ(ExpectHeld(StoreOf(place.file(), small_wal), life.outcomes()), kNotes + 1 + 7 * 2);
  return counts;
}

int64_t OneTo(int64_t last, std::mt19937& random) {
  return std::uniform_int_distribution<int64_t>(1, last)(random);
}

struct FaultCase {
  std::string name;
  Kind kind;
  bool lasting;
  bool small_wal;
};

class EvidenceLogFault : public testing::TestWithParam<FaultCase> {};

TEST_P(EvidenceLogFault, AtAnyPlaceLosesNothingAcknowledgedAndLeavesNothingHalfDone) {
  const auto& [name, kind, lasting, small_wal] = GetParam();
  FaultVfs disk(7);
  const FaultVfs::Counts counts = CountsOfALife(disk, small_wal);
  const int64_t places = kind == Kind::kSyncFails ? counts.syncs : counts.writes;
  ASSERT_GT(places, 10);
  RecordProperty("places", std::to_string(places));
  int64_t struck = 0;
  int acknowledged = 0;
  for (int64_t nth = 1; nth <= places; ++nth) {
    SCOPED_TRACE(name + " " + std::to_string(nth) + " of " + std::to_string(places));
    const SqlitePlace place;
    disk.Set({.kind = kind, .nth = nth, .lasting = lasting});
    Life life("T");
    life.Run(StoreOf(place.file(), small_wal));
    struck += disk.struck() ? 1 : 0;
    acknowledged += Acknowledged(life);
    for (const absl::Status& refusal : life.refusals()) {
      EXPECT_EQ(ReasonOf(refusal), v1::REASON_RECORD_NOT_DURABLE) << refusal;
    }
    // A disk that has failed once is used again: only what was in that batch, or all where nothing could be opened.
    if (!lasting && !life.outcomes().empty()) {
      EXPECT_LE(life.refusals().size(), 3u);
    }
    disk.Heal();
    ExpectHeld(StoreOf(place.file(), small_wal), life.outcomes());
    if (testing::Test::HasFailure()) return;
  }
  // Which drafts share a batch, and when the other thread moves the write-ahead log, is chance: so are the last places.
  EXPECT_GT(struck, places * 3 / 4);
  EXPECT_GT(acknowledged, places);
}

INSTANTIATE_TEST_SUITE_P(
    AnyDisk, EvidenceLogFault,
    testing::Values(FaultCase{"WriteFails", Kind::kWriteFails, false, false},
                    FaultCase{"WritesFail", Kind::kWriteFails, true, false},
                    FaultCase{"DiskFull", Kind::kDiskFull, true, false},
                    FaultCase{"WriteTorn", Kind::kWriteTorn, false, false},
                    FaultCase{"SyncFails", Kind::kSyncFails, false, false},
                    FaultCase{"SyncsFail", Kind::kSyncFails, true, false},
                    FaultCase{"WriteFailsSmallWal", Kind::kWriteFails, false, true},
                    FaultCase{"DiskFullSmallWal", Kind::kDiskFull, true, true},
                    FaultCase{"WriteTornSmallWal", Kind::kWriteTorn, false, true},
                    FaultCase{"SyncFailsSmallWal", Kind::kSyncFails, false, true}),
    [](const auto& of) { return of.param.name; });

class EvidenceLogPowerCut : public testing::TestWithParam<bool> {};

TEST_P(EvidenceLogPowerCut, AtEveryStepLosesNothingAcknowledged) {
  const bool small_wal = GetParam();
  FaultVfs disk(11);
  const int64_t steps = CountsOfALife(disk, small_wal).steps;
  RecordProperty("steps", std::to_string(steps));
  int acknowledged = 0;
  for (int64_t nth = 1; nth <= steps; ++nth) {
    SCOPED_TRACE("power cut in step " + std::to_string(nth) + " of " + std::to_string(steps));
    const SqlitePlace place;
    disk.Set({.kind = Kind::kPowerCut, .nth = nth});
    Life life("T");
    life.Run(StoreOf(place.file(), small_wal));
    disk.PowerOn();
    acknowledged += Acknowledged(life);
    ExpectHeld(StoreOf(place.file(), small_wal), life.outcomes());
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(acknowledged, steps);
}

TEST_P(EvidenceLogPowerCut, AgainAndAgainLosesNothingAcknowledged) {
  constexpr int kDatabases = 12;
  constexpr int kCuts = 12;
  const bool small_wal = GetParam();
  for (uint32_t seed = 0; seed < kDatabases; ++seed) {
    FaultVfs disk(seed);
    std::mt19937 random(seed);
    const SqlitePlace place;
    std::vector<Outcome> all;
    for (int cut = 0; cut < kCuts; ++cut) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", cut " + std::to_string(cut));
      // A sync that fails now and then, and is forgotten, must not hurt later.
      if (cut % 3 == 2) {
        disk.Set({.kind = Kind::kSyncFails, .nth = OneTo(8, random)});
        Life life("S" + std::to_string(cut));
        life.Run(StoreOf(place.file(), small_wal));
        all.insert(all.end(), life.outcomes().begin(), life.outcomes().end());
      }
      disk.Set({.kind = Kind::kPowerCut, .nth = OneTo(180, random)});
      Life life("T" + std::to_string(cut));
      life.Run(StoreOf(place.file(), small_wal));
      all.insert(all.end(), life.outcomes().begin(), life.outcomes().end());
      disk.PowerOn();
      ExpectHeld(StoreOf(place.file(), small_wal), all);
      // That too may end in the dark.
      disk.PowerOn();
      if (testing::Test::HasFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AnyDisk, EvidenceLogPowerCut, testing::Values(false, true),
                         [](const auto& of) { return of.param ? "SmallWal" : "LargeWal"; });

}  // namespace
}  // namespace tracegate
