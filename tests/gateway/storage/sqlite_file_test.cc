#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "SQLiteCpp/Database.h"
#include "gateway/storage/sqlite_record_store.h"
#include "gateway/storage/sqlite_schema.h"
#include "gateway/storage/trace_listing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/example_rows.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

std::string BytesOf(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteBytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

class SqliteFile : public testing::Test {
 protected:
  // Refused as a matter of configuration, with the path in the message; the file is as it was.
  void ExpectRefused(const std::string& why) {
    const std::string before = BytesOf(place_.file());
    const absl::Status status = place_.TryOpen().status();
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << status;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(why));
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(place_.file()));
    EXPECT_EQ(BytesOf(place_.file()), before);
  }

  SqlitePlace place_;
};

TEST_F(SqliteFile, IsMadeForTheOwnerAloneInWalModeWithLargePages) {
  const auto store = place_.Open();
  struct stat status;
  ASSERT_EQ(stat(place_.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  SQLite::Database database(place_.file());
  EXPECT_EQ(database.execAndGet("PRAGMA page_size").getInt(), 16384);
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), int{kStoreVersion});
}

TEST_F(SqliteFile, IsOneFileAgainOnceClosed) {
  auto store = place_.Open();
  ASSERT_TRUE(store->Commit(ExampleBatch(0)).ok());
  EXPECT_TRUE(std::filesystem::exists(place_.file() + "-wal"));
  store.reset();
  EXPECT_FALSE(std::filesystem::exists(place_.file() + "-wal"));
}

TEST_F(SqliteFile, OfAnotherProgramIsRefused) {
  {
    SQLite::Database other(place_.file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("PRAGMA application_id = 7; CREATE TABLE entry (idx INTEGER PRIMARY KEY)");
  }
  ExpectRefused("is not a Tracegate record store");
}

TEST_F(SqliteFile, ThatIsNoDatabaseIsRefused) {
  WriteBytes(place_.file(), "SQLite format 2");
  ExpectRefused("is not a Tracegate record store");
}

TEST_F(SqliteFile, OfANewerVersionIsRefused) {
  place_.Open().reset();
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE)
      .exec("PRAGMA user_version = " + std::to_string(kStoreVersion + 1));
  ExpectRefused("of version " + std::to_string(kStoreVersion + 1));
}

// What versions before 4 did not have.
const std::string kDropDocuments =
    "DROP TABLE document; DROP TABLE document_revision; DROP TABLE document_key; DROP TABLE "
    "answered;";

TEST_F(SqliteFile, OfTheThirdVersionTakesDocumentsOnceBroughtUp) {
  ASSERT_TRUE(place_.Open()->Commit(ExampleBatch(0)).ok());
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE)
      .exec(kDropDocuments + "PRAGMA user_version = 3");
  const auto store = place_.Open();
  EXPECT_EQ(store->ReadEntry(0)->header, ExampleEntry(0).header);
  WriteBatch batch;
  batch.documents.push_back(ExampleDocument("D1"));
  ASSERT_TRUE(store->Commit(batch).ok());
  EXPECT_EQ((*store->FindDocument("D1"))->body, ExampleDocument("D1").body);
}

TEST_F(SqliteFile, OfTheFirstVersionIsBroughtUpToThisOneWithItsRecords) {
  ASSERT_TRUE(place_.Open()->Commit(ExampleBatch(0)).ok());
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE)
      .exec(kDropDocuments + "DROP TABLE tile; PRAGMA user_version = 1");
  const auto store = place_.Open();
  EXPECT_EQ(store->ReadEntry(0)->header, ExampleEntry(0).header);
  EXPECT_FALSE(store->ReadTile(0, 0)->has_value());
  WriteBatch batch;
  batch.tiles.push_back({0, 0, "hashes"});
  ASSERT_TRUE(store->Commit(batch).ok());
  EXPECT_EQ((*store->ReadTile(0, 0))->hashes, "hashes");
}

TEST_F(SqliteFile, OfTheSecondVersionFindsAStatesOwnTracesOfAWeaponByIndexOnceBroughtUp) {
  place_.Open().reset();
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE)
      .exec(kDropDocuments + "DROP INDEX trace_serial; PRAGMA user_version = 2");
  place_.Open().reset();
  SQLite::Database database(place_.file());
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), int{kStoreVersion});
  TraceQuery query;
  query.visible_to_state = "BR";
  query.direction = v1::TRACE_DIRECTION_ASKED_BY_US;
  query.serial_number = "AB-1";
  const TraceListing listing(query);
  SQLite::Statement plan(database, "EXPLAIN QUERY PLAN " + listing.sql());
  ASSERT_TRUE(plan.executeStep());
  EXPECT_THAT(plan.getColumn(3).getString(), testing::HasSubstr("USING INDEX trace_serial"));
}

TEST_F(SqliteFile, ThatWasEmptiedIsNotTakenForANewOne) {
  WriteBytes(place_.file(), "");
  ExpectRefused("is empty");
}

TEST_F(SqliteFile, WhoseWriteAheadLogIsLeftAloneIsNotMadeAnew) {
  WriteBytes(place_.file() + "-wal", "frames");
  ExpectRefused("write-ahead log");
}

TEST_F(SqliteFile, ThatIsAFolderIsRefused) {
  std::filesystem::create_directory(place_.file());
  const absl::Status status = place_.TryOpen().status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("is not a regular file"));
}

TEST_F(SqliteFile, InAMissingFolderNamesThePath) {
  const std::string file = place_.file() + ".d/records.db";
  const absl::Status status = SqliteRecordStore::Open({.file = file}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(file));
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("No such file"));
}

TEST_F(SqliteFile, LeftHalfMadeIsMadeAgain) {
  WriteBytes(place_.file() + ".new", "half");
  EXPECT_NE(place_.Open(), nullptr);
}

TEST_F(SqliteFile, IsRefusedToASecondOpenerWhileTheFirstLives) {
  auto first = place_.Open();
  const absl::Status status = place_.TryOpen().status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()),
              testing::HasSubstr("is in use by process " + std::to_string(getpid())));
  EXPECT_TRUE(first->Commit(ExampleBatch(0)).ok());
  first.reset();
  EXPECT_TRUE(place_.TryOpen().ok());
}

TEST_F(SqliteFile, IsRefusedToAnotherProcessWhileTheFirstLives) {
  int opened[2];
  ASSERT_EQ(pipe(opened), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = place_.TryOpen();
    const char ok = store.ok() ? 'y' : 'n';
    if (write(opened[1], &ok, 1) != 1) _exit(1);
    pause();
  }
  char ok = 0;
  ASSERT_EQ(read(opened[0], &ok, 1), 1);
  EXPECT_EQ(ok, 'y');
  EXPECT_THAT(std::string(place_.TryOpen().status().message()),
              testing::HasSubstr("is in use by process " + std::to_string(child)));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(place_.TryOpen().ok());
  close(opened[0]);
  close(opened[1]);
}

TEST_F(SqliteFile, WithGarbledPagesIsDataLoss) {
  {
    auto store = place_.Open();
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(store->Commit(ExampleBatch(i, 5000)).ok());
  }
  std::string bytes = BytesOf(place_.file());
  // Everything behind the first page, whose header is what identifies the file.
  for (size_t i = 16384; i < bytes.size(); ++i) bytes[i] = '\xA5';
  WriteBytes(place_.file(), bytes);
  const auto store = place_.TryOpen();
  const absl::Status status = store.ok() ? (*store)->ReadEntry(3).status() : store.status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_LOG_DAMAGED) << status;
}

TEST_F(SqliteFile, WithAMissingEntryIsDataLoss) {
  {
    auto store = place_.Open();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->Commit(ExampleBatch(i)).ok());
  }
  SQLite::Database(place_.file(), SQLite::OPEN_READWRITE).exec("DELETE FROM entry WHERE idx = 1");
  const auto store = place_.Open();
  EXPECT_EQ(DetailOf(store->ReadEntry(1).status()).reason(), v1::REASON_LOG_DAMAGED);
  EXPECT_TRUE(store->ReadEntry(2).ok());
}

TEST_F(SqliteFile, StartsItsWriteAheadLogOverUnderAWriterThatNeverPauses) {
  const auto store = SqliteRecordStore::Open({.file = place_.file(), .wal_frames = 4});
  ASSERT_TRUE(store.ok());
  // A commit that does not make the file longer wrote over its beginning.
  uintmax_t before = 0;
  int64_t committed = 0;
  while (true) {
    ASSERT_TRUE((*store)->Commit(ExampleBatch(committed++, 20'000)).ok());
    const uintmax_t now = std::filesystem::file_size(place_.file() + "-wal");
    if (now == before) break;
    before = now;
    ASSERT_LT(committed, 20'000);
  }
  for (int64_t i = 0; i < committed; ++i) EXPECT_TRUE((*store)->ReadEntry(i).ok());
}

}  // namespace
}  // namespace tracegate
