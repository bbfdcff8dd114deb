// A log that does not verify is still there to be read: who comes to look into the damage needs it.

#include <memory>
#include <string>

#include "SQLiteCpp/Database.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/log_export.h"
#include "gateway/evidence/log_proofs.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

class ReadOnlyLog : public testing::Test {
 protected:
  void SetUp() override {
    Open();
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(AppendTo(*log_, ExampleDraft("T" + std::to_string(i))).ok());
    }
    root_of_four_ = *LogProofs(store_.get(), log_->view()).Root(4);
  }

  void Open() {
    Close();
    store_ = place_.Open();
    log_ = *EvidenceLog::Open(store_.get(), ExampleOptions());
  }

  void Close() {
    log_.reset();
    store_.reset();
  }

  void Tamper(const std::string& sql) {
    Close();
    SQLite::Database(place_.file(), SQLite::OPEN_READWRITE).exec(sql);
    Open();
  }

  void ExpectReadOnly(const std::string& words) {
    for (int i = 0; i < 3; ++i) {
      const auto recorded = AppendTo(*log_, ExampleDraft("later"));
      EXPECT_EQ(recorded.status().code(), absl::StatusCode::kFailedPrecondition);
      EXPECT_EQ(ReasonOf(recorded.status()), v1::REASON_LOG_READ_ONLY);
      EXPECT_THAT(std::string(recorded.status().message()), testing::HasSubstr(words));
      EXPECT_EQ(recorded.status(), log_->damage());
    }
    EXPECT_EQ(*store_->EntryCount(), 6);
    EXPECT_FALSE(store_->FindTrace("later")->has_value());
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
  Hash root_of_four_{};
};

TEST_F(ReadOnlyLog, IsReadUpToTheDamageAndBeyond) {
  Tamper("UPDATE entry SET content = x'00' WHERE idx = 4");
  ExpectReadOnly("entry 4");
  // Sound up to the damage, so there are proofs of that.
  EXPECT_EQ(log_->size(), 4);
  LogProofs proofs(store_.get(), log_->view());
  EXPECT_EQ(*proofs.Root(4), root_of_four_);
  EXPECT_TRUE(proofs.Inclusion(3, 4).ok());
  EXPECT_EQ(ReasonOf(proofs.Inclusion(4, 6).status()), v1::REASON_FIELD_INVALID);
  // Every row is to be had as it lies.
  for (const int64_t index : {0, 3, 4, 5}) EXPECT_TRUE(store_->ReadEntry(index).ok()) << index;
  EXPECT_EQ((**store_->FindTrace("T2")).reply_entry, 5);
  EXPECT_EQ(log_->OpenOwn(log_->checkpoint())->tree_size, 6);
}

TEST_F(ReadOnlyLog, StaysSoWhenItIsOpenedAgainAndHealsWithTheEntry) {
  Tamper("UPDATE entry SET idx = -1 WHERE idx = 1");
  ExpectReadOnly("entry 1 is missing");
  Open();
  ExpectReadOnly("entry 1 is missing");
  Tamper("UPDATE entry SET idx = 1 WHERE idx = -1");
  EXPECT_TRUE(log_->damage().ok()) << log_->damage();
  EXPECT_TRUE(AppendTo(*log_, ExampleDraft("later")).ok());
}

TEST_F(ReadOnlyLog, IsWhatAStoppedLogBecomes) {
  log_->StopAppending("somebody else saw another history");
  ExpectReadOnly("somebody else saw another history");
  // What stopped it first is what it says.
  log_->StopAppending("and another reason");
  ExpectReadOnly("somebody else saw another history");
  EXPECT_EQ(log_->size(), 6);
  EXPECT_EQ(*LogProofs(store_.get(), log_->view()).Root(4), root_of_four_);
  int files = 0;
  LogExport exporting(store_.get(), log_->view(), [](v1::EntryKind) { return true; });
  EXPECT_EQ(*exporting.Write(0, 1, [&](const v1::ExportLogResponse&) { ++files; }), -1);
  EXPECT_EQ(files, 4);
}

}  // namespace
}  // namespace tracegate
