#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/evidence_log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate::audit {
namespace {

using Kind = Finding::Kind;
using testing::HasSubstr;

constexpr int64_t kSize = 12;  // a checkpoint every two entries

// A log that the real writer made, in a file that somebody with the disk in hand changes.
class DatabaseAudit : public testing::Test {
 protected:
  void SetUp() override {
    store_ = place_.Open();
    StandingClock clock;
    log_ = *EvidenceLog::Open(store_.get(), ExampleOptions(clock));
    keys_ = *ParseVerifierKeys({log_->verifier_key()});
    while (log_->size() < kSize) {
      *clock.now_us += 1000;
      ASSERT_TRUE(AppendTo(*log_, ExampleDraft("T" + std::to_string(log_->size()))).ok());
    }
  }

  void Stop() {
    log_.reset();
    store_.reset();
  }

  AuditReport Audit(const std::string& file) {
    const auto source = DatabaseLog::Open(file);
    EXPECT_TRUE(source.ok()) << source.status();
    auto report = AuditLog(**source, keys_);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }
  AuditReport Audit() { return Audit(place_.file()); }

  SQLite::Database Database() { return {place_.file(), SQLite::OPEN_READWRITE}; }
  void Tamper(const std::string& sql) { Database().exec(sql); }

  std::string Read(const std::string& from) {
    SQLite::Database database = Database();
    SQLite::Statement row(database, "SELECT " + from);
    EXPECT_TRUE(row.executeStep());
    return {static_cast<const char*>(row.getColumn(0).getBlob()),
            static_cast<size_t>(row.getColumn(0).getBytes())};
  }

  void Write(const std::string& update, const std::string& bytes, bool text = false) {
    SQLite::Database database = Database();
    SQLite::Statement statement(database, "UPDATE " + update);
    if (text) {
      statement.bind(1, bytes);
    } else {
      statement.bind(1, bytes.data(), static_cast<int>(bytes.size()));
    }
    ASSERT_EQ(statement.exec(), 1);
  }

  // Runs `expect` on what is found with each byte of a column of an entry turned.
  template <typename Expect>
  void ForTurnedBytes(const std::string& column, int64_t index, Expect expect) {
    const std::string where = " WHERE idx = " + std::to_string(index);
    const std::string good = Read(column + " FROM entry" + where);
    for (size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1);
      Write("entry SET " + column + " = ?" + where, bad);
      const AuditReport report = Audit();
      ASSERT_TRUE(report.wrong) << column << " byte " << i;
      expect(*report.wrong);
    }
    Write("entry SET " + column + " = ?" + where, good);
  }

  void ExpectWrong(const std::string& words) {
    const AuditReport report = Audit();
    ASSERT_TRUE(report.wrong) << words;
    EXPECT_THAT(TextOf(*report.wrong), HasSubstr(words));
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  std::vector<VerifierKey> keys_;
};

TEST_F(DatabaseAudit, VerifiesTheFileOfARunningGateway) {
  const AuditReport report = Audit();
  EXPECT_FALSE(report.wrong) << TextOf(*report.wrong);
  EXPECT_EQ(report.proven->tree_size, kSize);
  EXPECT_EQ(report.checkpoints, kSize / 2);
  EXPECT_EQ(report.last_time_us - report.first_time_us, 1000 * (kSize / 2 - 1));
  // What comes while it is read is not seen.
  const auto source = DatabaseLog::Open(place_.file());
  ASSERT_TRUE(AppendTo(*log_, ExampleNote("later")).ok());
  EXPECT_EQ(AuditLog(**source, keys_)->entries, kSize);
  EXPECT_EQ(Audit().entries, kSize + 1);
}

TEST_F(DatabaseAudit, VerifiesACopy) {
  Stop();
  const TempFolder folder;
  std::filesystem::copy_file(place_.file(), folder.File("copy.db"));
  EXPECT_FALSE(Audit(folder.File("copy.db")).wrong);
}

TEST_F(DatabaseAudit, VerifiesACopyWhereNothingCanBeMadeBesideIt) {
  Stop();
  const TempFolder folder;
  const std::string copy = folder.File("a copy?.db");
  std::filesystem::copy_file(place_.file(), copy);
  // In the way of SQLite's shared memory, as a read-only medium is.
  std::filesystem::create_directory(copy + "-shm");
  EXPECT_FALSE(Audit(copy).wrong);
}

TEST_F(DatabaseAudit, NamesTheEntryWithATurnedByteInItsContentOrSalt) {
  Stop();
  for (const char* column : {"content", "salt"}) {
    for (const int64_t index : {int64_t{0}, int64_t{5}, kSize - 1}) {
      ForTurnedBytes(column, index, [&](const Finding& wrong) {
        EXPECT_EQ(TextOf(wrong), "entry " + std::to_string(index) +
                                     " has another content than its header commits to");
      });
    }
  }
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(DatabaseAudit, TellsBetweenWhichCheckpointsAHeaderWasChanged) {
  Stop();
  for (int64_t index = 0; index < kSize; index += 3) {
    ForTurnedBytes("header", index, [&](const Finding& wrong) {
      EXPECT_EQ(wrong.kind, Kind::kEntry) << TextOf(wrong);
      EXPECT_LE(wrong.first, index) << TextOf(wrong);
      EXPECT_GE(wrong.last, index) << TextOf(wrong);
      EXPECT_LE(wrong.last - wrong.first, 1) << TextOf(wrong);
    });
  }
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(DatabaseAudit, NamesTheCheckpointWithATurnedByte) {
  Stop();
  for (const int64_t size : {int64_t{2}, int64_t{8}, kSize}) {
    const std::string where = " WHERE tree_size = " + std::to_string(size);
    const std::string good = Read("note FROM checkpoint" + where);
    for (size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1);
      Write("checkpoint SET note = ?" + where, bad, /*text=*/true);
      const AuditReport report = Audit();
      ASSERT_TRUE(report.wrong) << "byte " << i;
      EXPECT_EQ(report.wrong->kind, Kind::kCheckpoint) << TextOf(*report.wrong);
      EXPECT_EQ(report.wrong->first, size) << TextOf(*report.wrong);
      EXPECT_EQ(report.proven ? report.proven->tree_size : 0, size - 2);
    }
    Write("checkpoint SET note = ?" + where, good, /*text=*/true);
  }
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(DatabaseAudit, NoticesWhatIsMissing) {
  Stop();
  Tamper("DELETE FROM entry WHERE idx = 11");
  ExpectWrong("entry 11 is missing");
  Tamper("DELETE FROM entry WHERE idx = 4");
  ExpectWrong("entry 4 is missing");
  Tamper("DELETE FROM entry");
  ExpectWrong("entry 0 is missing");
}

TEST_F(DatabaseAudit, NoticesWhatWasAddedOrSwapped) {
  Stop();
  Tamper("INSERT INTO entry SELECT 12, header, salt, content FROM entry WHERE idx = 11");
  ExpectWrong("entry 12 stands behind the last checkpoint");
  Tamper("DELETE FROM entry WHERE idx = 12");
  Tamper("INSERT INTO entry SELECT -1, header, salt, content FROM entry WHERE idx = 11");
  ExpectWrong("entry 0 is missing");
  Tamper("DELETE FROM entry WHERE idx = -1");
  EXPECT_FALSE(Audit().wrong);
  Tamper(
      "UPDATE entry SET idx = 99 WHERE idx = 4; UPDATE entry SET idx = 4 WHERE idx = 5;"
      "UPDATE entry SET idx = 5 WHERE idx = 99");
  ExpectWrong("one of the entries 4 to 5 has another header than the checkpoint of 6 entries");
}

TEST_F(DatabaseAudit, NoticesLostAndReplacedCheckpoints) {
  Stop();
  Tamper(
      "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE tree_size = 4)"
      " WHERE tree_size = 6");
  ExpectWrong("the checkpoint of 6 entries is one of 4 entries");
  Tamper("DELETE FROM checkpoint WHERE tree_size IN (6, 12)");
  ExpectWrong("entry 10 stands behind the last checkpoint");
  Tamper("DELETE FROM checkpoint");
  ExpectWrong("the checkpoint is missing");
}

TEST_F(DatabaseAudit, NamesAContentThatVanishedWithoutAnEntry) {
  Stop();
  Tamper("UPDATE entry SET salt = x'', content = x'' WHERE idx IN (1, 7)");
  ExpectWrong("entry 1 has no content any more, and no entry says that it was erased");
}

TEST_F(DatabaseAudit, FindsNoFaultInAChangeThatIsNotOfTheLog) {
  Stop();
  Tamper("DELETE FROM trace");
  EXPECT_FALSE(Audit().wrong);
}

}  // namespace
}  // namespace tracegate::audit
