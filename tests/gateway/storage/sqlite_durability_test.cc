#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "gateway/storage/sqlite_record_store.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/example_rows.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

// The number of batches that are there. Fails where one is there in part.
int64_t WholeBatchesIn(RecordStore& store) {
  const int64_t count = *store.EntryCount();
  for (int64_t i = 0; i < count; ++i) {
    EXPECT_EQ(store.ReadEntry(i)->header, ExampleEntry(i).header);
    EXPECT_TRUE(store.FindTrace(ExampleTrace(static_cast<int>(i)).trace_id)->has_value()) << i;
  }
  EXPECT_FALSE(store.FindTrace(ExampleTrace(static_cast<int>(count)).trace_id)->has_value());
  const auto checkpoint = store.LatestCheckpoint();
  EXPECT_EQ(checkpoint->has_value() ? (*checkpoint)->tree_size : 0, count);
  return count;
}

[[noreturn]] void CommitUntilKilled(const SqlitePlace& place, int acknowledged) {
  auto store = SqliteRecordStore::Open({.file = place.file(), .wal_frames = 16});
  for (int64_t i = 0; store.ok(); ++i) {
    if (!(*store)->Commit(ExampleBatch(i)).ok()) break;
    if (write(acknowledged, &i, sizeof(i)) != sizeof(i)) break;
  }
  _exit(1);
}

TEST(SqliteDurability, KeepsEveryAcknowledgedBatchThroughKill) {
  const SqlitePlace place;
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) CommitUntilKilled(place, pipe_ends[1]);
  close(pipe_ends[1]);
  int64_t last = -1;
  while (last < 60) ASSERT_EQ(read(pipe_ends[0], &last, sizeof(last)), ssize_t{sizeof(last)});
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(pipe_ends[0], &last, sizeof(last)) == sizeof(last)) {
  }
  close(pipe_ends[0]);

  const auto store = place.Open();
  const int64_t count = WholeBatchesIn(*store);
  EXPECT_GE(count, last + 1);
  EXPECT_TRUE(store->Commit(ExampleBatch(count)).ok());
}

// The store's files as they would be after a power cut that lost the end of the write-ahead log.
class TornWal : public testing::Test {
 protected:
  static constexpr int kBatches = 6;

  void SetUp() override {
    store_ = place_.Open();
    for (int i = 0; i < kBatches; ++i) ASSERT_TRUE(store_->Commit(ExampleBatch(i)).ok());
    wal_bytes_ = fs::file_size(place_.file() + "-wal");
  }

  // Whole batches in a copy whose log was cut to that length, or had a byte turned there.
  int64_t BatchesAfter(uintmax_t position, bool cut) {
    const SqlitePlace copy;
    fs::copy_file(place_.file(), copy.file());
    fs::copy_file(place_.file() + "-wal", copy.file() + "-wal");
    if (cut) {
      fs::resize_file(copy.file() + "-wal", position);
    } else {
      FILE* file = fopen((copy.file() + "-wal").c_str(), "r+b");
      fseek(file, static_cast<long>(position), SEEK_SET);
      const int byte = fgetc(file);
      fseek(file, static_cast<long>(position), SEEK_SET);
      fputc(byte ^ 0x40, file);
      fclose(file);
    }
    const auto store = copy.Open();
    if (store == nullptr) return -1;
    const int64_t whole = WholeBatchesIn(*store);
    EXPECT_TRUE(store->Commit(ExampleBatch(whole)).ok());
    return whole;
  }

  SqlitePlace place_;
  std::unique_ptr<RecordStore> store_;
  uintmax_t wal_bytes_ = 0;
};

TEST_F(TornWal, CutAnywhereKeepsAWholePrefix) {
  EXPECT_EQ(BatchesAfter(wal_bytes_, true), kBatches);
  EXPECT_EQ(BatchesAfter(wal_bytes_ - 1, true), kBatches - 1);
  int64_t before = kBatches;
  for (uintmax_t bytes = wal_bytes_; bytes > 9000; bytes -= 8999) {
    const int64_t whole = BatchesAfter(bytes, true);
    EXPECT_LE(whole, before);
    EXPECT_GE(whole, 0);
    before = whole;
  }
  EXPECT_EQ(BatchesAfter(0, true), 0);
}

TEST_F(TornWal, TurnedByteEndsThePrefixThere) {
  EXPECT_EQ(BatchesAfter(wal_bytes_ - 100, false), kBatches - 1);
  EXPECT_EQ(BatchesAfter(100, false), 0);
}

// No file of this process may grow past a bound: the disk is full there, in the middle of a write or
// between two.
class FullDisk {
 public:
  explicit FullDisk(uintmax_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_;
};

TEST(SqliteDurability, FullDiskLeavesNothingOfTheBatchAndTheStoreUsable) {
  const SqlitePlace place;
  auto store = place.Open();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->Commit(ExampleBatch(i)).ok());
  const uintmax_t start = fs::file_size(place.file() + "-wal");
  int64_t count = 3;
  int refused = 0;
  // Further and further into what one batch writes.
  for (uintmax_t more = 0;; more += 5000) {
    absl::Status status;
    {
      const FullDisk full(start + more);
      status = store->Commit(ExampleBatch(count));
    }
    EXPECT_EQ(WholeBatchesIn(*store), count + (status.ok() ? 1 : 0));
    if (status.ok()) break;
    ++refused;
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_RECORD_NOT_DURABLE) << status;
  }
  EXPECT_GT(refused, 5);
  ++count;
  EXPECT_TRUE(store->Commit(ExampleBatch(count++)).ok());
  store.reset();
  EXPECT_EQ(WholeBatchesIn(*place.Open()), count);
}

}  // namespace
}  // namespace tracegate
