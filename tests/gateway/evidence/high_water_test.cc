#include "gateway/evidence/high_water.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "gateway/evidence/evidence_log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

// A log in a file, copies of it, and the mark beside it.
class HighWaterTest : public testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open(const EvidenceLog::Options& options = ExampleOptions()) {
    Close();
    store_ = place_.Open();
    log_ = *EvidenceLog::Open(store_.get(), options);
  }

  void Close() {
    log_.reset();
    store_.reset();
  }

  // Drafts of two entries each; `name` makes their contents.
  void AppendDrafts(int count, const std::string& name) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(AppendTo(*log_, ExampleDraft(name + std::to_string(i))).ok());
    }
  }

  // The store's file at this moment, put away; and brought back, with nothing else beside it.
  void Copy(const std::string& name) {
    Close();
    fs::copy_file(place_.file(), folder_.File(name), fs::copy_options::overwrite_existing);
    Open();
  }
  void Restore(const std::string& name) {
    Close();
    fs::copy_file(folder_.File(name), place_.file(), fs::copy_options::overwrite_existing);
    Open();
  }

  absl::Status Check() { return HighWater(mark()).Check(*log_, store_.get()); }
  absl::Status Write() { return HighWater(mark()).Write(*log_); }

  void ExpectDamage(const std::string& words) {
    const absl::Status status = Check();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    EXPECT_EQ(ReasonOf(status), v1::REASON_LOG_DAMAGED);
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(words));
  }

  std::string mark() const { return folder_.File("records.db.checkpoint"); }

  TempFolder folder_;
  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
};

TEST_F(HighWaterTest, FindsNothingWrongWhereThereIsNoMarkYet) {
  EXPECT_TRUE(Check().ok());
  AppendDrafts(2, "T");
  EXPECT_TRUE(Check().ok());
}

TEST_F(HighWaterTest, IsNotWrittenForAnEmptyLog) {
  EXPECT_TRUE(Write().ok());
  EXPECT_TRUE(Check().ok());
}

TEST_F(HighWaterTest, FindsNothingWrongAsTheLogGrows) {
  for (int round = 0; round < 5; ++round) {
    AppendDrafts(round + 1, "T" + std::to_string(round) + "-");
    EXPECT_TRUE(Write().ok());
    EXPECT_TRUE(Check().ok());
    Open();
    EXPECT_TRUE(Check().ok()) << Check();
    AppendDrafts(1, "U" + std::to_string(round) + "-");
    EXPECT_TRUE(Check().ok()) << "an older mark is no damage";
  }
  EXPECT_EQ(audit::ReadBytes(mark()).empty(), false);
  EXPECT_FALSE(fs::exists(mark() + ".new"));
}

TEST_F(HighWaterTest, IsForTheOwnerAlone) {
  AppendDrafts(1, "T");
  ASSERT_TRUE(Write().ok());
  struct stat status;
  ASSERT_EQ(stat(mark().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(HighWaterTest, FindsThatAnOlderCopyWasRestored) {
  AppendDrafts(2, "T");
  Copy("older");
  AppendDrafts(3, "U");
  ASSERT_TRUE(Write().ok());
  Restore("older");
  // The copy by itself is a log that verifies.
  EXPECT_TRUE(log_->damage().ok());
  EXPECT_EQ(log_->size(), 4);
  ExpectDamage("it had 10 entries");
}

TEST_F(HighWaterTest, FindsAnotherHistoryOfTheSameOrAGreaterSize) {
  AppendDrafts(2, "T");
  Copy("common");
  AppendDrafts(3, "U");
  ASSERT_TRUE(Write().ok());
  Restore("common");
  AppendDrafts(3, "V");
  EXPECT_EQ(log_->size(), 10);
  EXPECT_TRUE(log_->damage().ok());
  ExpectDamage("its first 10 entries are not those");
  AppendDrafts(200, "W");
  ExpectDamage("its first 10 entries are not those");
}

TEST_F(HighWaterTest, FindsThatTheLogWasBegunAnew) {
  AppendDrafts(2, "T");
  ASSERT_TRUE(Write().ok());
  Close();
  fs::remove(place_.file());
  Open();
  ExpectDamage("it had 4 entries");
}

TEST_F(HighWaterTest, RefusesAFileThatIsNoCheckpointOfThisLog) {
  AppendDrafts(2, "T");
  ASSERT_TRUE(Write().ok());
  const std::string good = audit::ReadBytes(mark());
  const auto expect_refused = [&](const std::string& bytes) {
    audit::WriteBytes(mark(), bytes);
    const absl::Status status = Check();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_EQ(ReasonOf(status), v1::REASON_CONFIG_INVALID) << status;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(mark()));
  };
  expect_refused("");
  expect_refused("garbage\n");
  expect_refused(std::string(1000, '\0'));
  expect_refused(good.substr(0, good.size() / 2));
  for (size_t i = 0; i < good.size(); i += 5) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    expect_refused(bad);
  }
  audit::WriteBytes(mark(), good);
  EXPECT_TRUE(Check().ok());
  // Of another log, well signed by its key.
  EvidenceLog::Options other = ExampleOptions();
  other.origin = "registry.example/other";
  const SqlitePlace elsewhere;
  const auto store = elsewhere.Open();
  const auto log = *EvidenceLog::Open(store.get(), other);
  ASSERT_TRUE(AppendTo(*log, ExampleNote("note")).ok());
  expect_refused(log->checkpoint());
}

TEST_F(HighWaterTest, RefusesWhatCannotBeRead) {
  AppendDrafts(1, "T");
  fs::create_directory(mark());
  EXPECT_EQ(ReasonOf(Check()), v1::REASON_CONFIG_INVALID);
}

TEST_F(HighWaterTest, BelievesAFormerKey) {
  AppendDrafts(2, "T");
  ASSERT_TRUE(Write().ok());
  EvidenceLog::Options options = ExampleOptions();
  options.former_keys = {log_->verifier_key()};
  options.signing_key_pem = Ed25519Pem(std::string(32, 'n'));
  Open(options);
  EXPECT_TRUE(Check().ok()) << Check();
  AppendDrafts(1, "U");
  EXPECT_TRUE(Check().ok()) << Check();
}

TEST_F(HighWaterTest, IsWrittenOnlyWhereTheLogHasGrown) {
  AppendDrafts(1, "T");
  HighWater high_water(mark());
  ASSERT_TRUE(high_water.Write(*log_).ok());
  fs::remove(mark());
  ASSERT_TRUE(high_water.Write(*log_).ok());
  EXPECT_FALSE(fs::exists(mark()));
  AppendDrafts(1, "U");
  ASSERT_TRUE(high_water.Write(*log_).ok());
  EXPECT_EQ(audit::ReadBytes(mark()), log_->checkpoint());
}

TEST_F(HighWaterTest, ThatCannotBeWrittenSaysSoAndTriesAgain) {
  AppendDrafts(1, "T");
  HighWater high_water(folder_.File("later/mark"));
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = high_water.Write(*log_);
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
    EXPECT_EQ(ReasonOf(status), v1::REASON_RECORD_NOT_DURABLE);
  }
  fs::create_directory(folder_.File("later"));
  EXPECT_TRUE(high_water.Write(*log_).ok());
  EXPECT_TRUE(high_water.Check(*log_, store_.get()).ok());
}

TEST_F(HighWaterTest, IsNotDisturbedByAHalfWrittenSuccessor) {
  AppendDrafts(1, "T");
  ASSERT_TRUE(Write().ok());
  std::ofstream(mark() + ".new") << "registry.exam";
  EXPECT_TRUE(Check().ok());
  AppendDrafts(1, "U");
  EXPECT_TRUE(Write().ok());
  EXPECT_EQ(audit::ReadBytes(mark()), log_->checkpoint());
}

}  // namespace
}  // namespace tracegate
