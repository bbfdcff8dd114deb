#include "gateway/storage/sqlite_log_file.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/example_rows.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

class SqliteLogFileTest : public testing::Test {
 protected:
  // Entries from 0 on, each with its checkpoint.
  void Fill(int64_t entries, size_t content_bytes = 10) {
    const auto store = place_.Open();
    for (int64_t i = 0; i < entries; ++i) {
      WriteBatch batch;
      batch.entries.push_back(ExampleEntry(i, content_bytes));
      batch.checkpoint = CheckpointRow{i + 1, "note of " + std::to_string(i + 1)};
      ASSERT_TRUE(store->Commit(batch).ok());
    }
  }

  std::unique_ptr<SqliteLogFile> Open() {
    auto file = SqliteLogFile::Open(place_.file());
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *std::move(file) : nullptr;
  }

  void ExpectRefused(const std::string& why) {
    const auto file = SqliteLogFile::Open(place_.file());
    EXPECT_EQ(DetailOf(file.status()).reason(), v1::REASON_CONFIG_INVALID) << file.status();
    EXPECT_THAT(std::string(file.status().message()), testing::HasSubstr(why));
  }

  SqlitePlace place_;
};

TEST_F(SqliteLogFileTest, GivesAllEntriesInOrder) {
  Fill(600);
  const auto file = Open();
  for (int64_t i = 0; i < 600; ++i) {
    const auto entry = file->NextEntry();
    ASSERT_TRUE(entry.ok() && *entry) << i;
    EXPECT_EQ((*entry)->index, i);
    EXPECT_EQ((*entry)->header, ExampleEntry(i).header);
    EXPECT_EQ((*entry)->salt, ExampleEntry(i).salt);
    EXPECT_EQ((*entry)->content, ExampleEntry(i, 10).content);
  }
  EXPECT_EQ(*file->NextEntry(), std::nullopt);
  EXPECT_EQ(*file->NextEntry(), std::nullopt);
}

TEST_F(SqliteLogFileTest, GivesEntriesLargerThanABlock) {
  Fill(3, 3 << 20);
  const auto file = Open();
  for (int64_t i = 0; i < 3; ++i) {
    EXPECT_EQ((**file->NextEntry()).content.size(), ExampleEntry(i, 3 << 20).content.size());
  }
  EXPECT_EQ(*file->NextEntry(), std::nullopt);
}

TEST_F(SqliteLogFileTest, GivesAllCheckpointsInOrderBesideTheEntries) {
  Fill(300);
  const auto file = Open();
  for (int64_t size = 1; size <= 300; ++size) {
    EXPECT_EQ((**file->NextEntry()).index, size - 1);
    const auto checkpoint = file->NextCheckpoint();
    ASSERT_TRUE(checkpoint.ok() && *checkpoint) << size;
    EXPECT_EQ((*checkpoint)->tree_size, size);
    EXPECT_EQ((*checkpoint)->note, "note of " + std::to_string(size));
  }
  EXPECT_EQ(*file->NextCheckpoint(), std::nullopt);
}

TEST_F(SqliteLogFileTest, HasNothingInANewStore) {
  Fill(0);
  const auto file = Open();
  EXPECT_EQ(*file->NextEntry(), std::nullopt);
  EXPECT_EQ(*file->NextCheckpoint(), std::nullopt);
}

TEST_F(SqliteLogFileTest, GivesRowsThatNoStoreWouldWrite) {
  Fill(1);
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO entry SELECT -5, header, salt, content FROM entry");
  const auto file = Open();
  EXPECT_EQ((**file->NextEntry()).index, -5);
  EXPECT_EQ((**file->NextEntry()).index, 0);
}

TEST_F(SqliteLogFileTest, DoesNotSeeWhatComesAfterItWasOpened) {
  const auto store = place_.Open();
  ASSERT_TRUE(store->Commit(ExampleBatch(0)).ok());
  const auto file = Open();
  ASSERT_TRUE(store->Commit(ExampleBatch(1)).ok());
  EXPECT_EQ((**file->NextEntry()).index, 0);
  EXPECT_EQ(*file->NextEntry(), std::nullopt);
  EXPECT_EQ((**file->NextCheckpoint()).tree_size, 1);
  EXPECT_EQ(*file->NextCheckpoint(), std::nullopt);
}

TEST_F(SqliteLogFileTest, GivesWhatLiesBeforeADamagedPage) {
  Fill(400, 3000);
  {
    std::fstream raw(place_.file(), std::ios::in | std::ios::out | std::ios::binary);
    const auto page =
        static_cast<std::streamoff>(std::filesystem::file_size(place_.file()) / 2 / 16384 * 16384);
    raw.seekp(page);
    raw << std::string(16384, '\xFF');
  }
  const auto file = Open();
  int64_t read = 0;
  auto entry = file->NextEntry();
  for (; entry.ok() && *entry; entry = file->NextEntry()) EXPECT_EQ((*entry)->index, read++);
  EXPECT_EQ(entry.status().code(), absl::StatusCode::kDataLoss) << entry.status();
  EXPECT_GT(read, 0);
  EXPECT_LT(read, 400);
  EXPECT_EQ(file->NextEntry().status(), entry.status());
}

TEST_F(SqliteLogFileTest, RefusesWhatIsNoStore) {
  ExpectRefused("is no file");
  std::ofstream(place_.file()) << "SQLite format 2";
  ExpectRefused("cannot be read as a record store");
  std::filesystem::remove(place_.file());
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("PRAGMA application_id = 7; CREATE TABLE entry (idx INTEGER PRIMARY KEY)");
  ExpectRefused("is not a Tracegate record store");
}

TEST_F(SqliteLogFileTest, RefusesAStoreOfANewerVersion) {
  Fill(1);
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  ExpectRefused("version 99");
}

TEST_F(SqliteLogFileTest, WritesNothingIntoTheFile) {
  Fill(5);
  const auto time = std::filesystem::last_write_time(place_.file());
  const auto file = Open();
  while (*file->NextEntry()) {
  }
  EXPECT_EQ(std::filesystem::last_write_time(place_.file()), time);
}

}  // namespace
}  // namespace tracegate
