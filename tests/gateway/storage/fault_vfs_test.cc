// The faulty disk does what the tests that use it believe it does: without these they would show nothing.

#include "tests/gateway/storage/fault_vfs.h"

#include <sqlite3.h>

#include <optional>
#include <string>

#include "SQLiteCpp/Database.h"
#include "gtest/gtest.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using Kind = FaultVfs::Kind;

// A table of one column on a faulty disk.
class FaultVfsTest : public testing::Test {
 protected:
  // EXTRA until it is in WAL mode: less would let a power cut bring back the journal of the change to it.
  void Open(const std::string& synchronous) {
    database_.emplace(file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database_->exec(
        "PRAGMA synchronous = EXTRA; PRAGMA journal_mode = WAL;"
        "CREATE TABLE IF NOT EXISTS number (n INTEGER); PRAGMA synchronous = " +
        synchronous);
  }

  // SQLite's extended code; SQLITE_OK where the row is there.
  int Insert(int n) {
    const int code = database_->tryExec("INSERT INTO number VALUES (" + std::to_string(n) + ")");
    return code == SQLITE_OK ? code : database_->getExtendedErrorCode();
  }

  int Count() { return database_->execAndGet("SELECT count(*) FROM number").getInt(); }

  // How many of ten acknowledged rows a power cut leaves.
  int LeftOfTen(const std::string& synchronous, bool closed_before) {
    const TempFolder folder;
    folder_ = &folder;
    disk_.Heal();
    Open(synchronous);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(Insert(i), SQLITE_OK);
    if (closed_before) database_.reset();
    disk_.CutPower();
    database_.reset();
    disk_.PowerOn();
    Open("FULL");
    const int left = Count();
    EXPECT_EQ(database_->execAndGet("PRAGMA integrity_check").getString(), "ok");
    database_.reset();
    folder_ = nullptr;
    return left;
  }

  std::string file() const { return folder_->File("numbers.db"); }

  const TempFolder own_folder_;
  const TempFolder* folder_ = &own_folder_;
  FaultVfs disk_{1};
  std::optional<SQLite::Database> database_;
};

TEST_F(FaultVfsTest, FailsTheNthWriteAndNoOther) {
  Open("FULL");
  const std::pair<Kind, int> faults[] = {{Kind::kWriteFails, SQLITE_IOERR_WRITE},
                                         {Kind::kWriteTorn, SQLITE_IOERR_WRITE},
                                         {Kind::kDiskFull, SQLITE_FULL},
                                         {Kind::kSyncFails, SQLITE_IOERR_FSYNC}};
  int rows = 0;
  for (const auto& [kind, code] : faults) {
    disk_.Set({.kind = kind, .nth = 1});
    EXPECT_EQ(Insert(1), code);
    EXPECT_TRUE(disk_.struck());
    EXPECT_EQ(Insert(2), SQLITE_OK);
    EXPECT_EQ(Count(), ++rows);
  }
}

TEST_F(FaultVfsTest, GoesOnFailingWhereTheFaultIsLasting) {
  Open("FULL");
  disk_.Set({.kind = Kind::kDiskFull, .nth = 2, .lasting = true});
  EXPECT_EQ(Insert(1), SQLITE_FULL);
  EXPECT_EQ(Insert(2), SQLITE_FULL);
  EXPECT_EQ(Count(), 0);
  disk_.Heal();
  EXPECT_EQ(Insert(3), SQLITE_OK);
}

TEST_F(FaultVfsTest, CountsWhatIsDone) {
  Open("FULL");
  disk_.Heal();
  ASSERT_EQ(Insert(1), SQLITE_OK);
  const FaultVfs::Counts counts = disk_.counts();
  EXPECT_GT(counts.writes, 1);
  EXPECT_EQ(counts.syncs, 1);
  EXPECT_EQ(counts.steps, counts.writes + counts.syncs);
}

TEST_F(FaultVfsTest, LosesAtAPowerCutWhatWasNotSyncedAndNothingElse) {
  int lost = 0;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(LeftOfTen("FULL", /*closed_before=*/i % 2 == 0), 10);
    if (LeftOfTen("OFF", /*closed_before=*/false) < 10) ++lost;
  }
  EXPECT_GT(lost, 10);
}

TEST_F(FaultVfsTest, IsDarkAfterAPowerCut) {
  Open("FULL");
  ASSERT_EQ(Insert(1), SQLITE_OK);
  disk_.Set({.kind = Kind::kPowerCut, .nth = 2});
  EXPECT_NE(Insert(2), SQLITE_OK);
  EXPECT_TRUE(disk_.struck());
  EXPECT_NE(Insert(3), SQLITE_OK);
  EXPECT_THROW(SQLite::Database(file(), SQLite::OPEN_READWRITE).execAndGet("PRAGMA user_version"),
               SQLite::Exception);
  database_.reset();
  disk_.PowerOn();
  Open("FULL");
  EXPECT_EQ(Count(), 1);
}

TEST(FaultVfs, IsGoneWithItsObject) {
  const TempFolder folder;
  {
    FaultVfs disk(1);
    disk.CutPower();
    EXPECT_THROW(SQLite::Database(folder.File("a.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
                     .exec("CREATE TABLE number (n INTEGER)"),
                 SQLite::Exception);
  }
  SQLite::Database(folder.File("a.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE number (n INTEGER)");
}

}  // namespace
}  // namespace tracegate
