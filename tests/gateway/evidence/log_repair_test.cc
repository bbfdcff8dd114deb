#include <string>

#include "SQLiteCpp/Database.h"
#include "gateway/evidence/log_head.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

// A log of 600 entries, two tiles of which are full.
class LogRepair : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = place_.Open();
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions());
    RecordDraft draft;
    for (int i = 0; i < 600; ++i) draft.entries.push_back(ExampleNote("entry").entries[0]);
    ASSERT_TRUE(AppendTo(*log, std::move(draft)).ok());
  }

  void Tamper(const std::string& sql) {
    SQLite::Database(place_.file(), SQLite::OPEN_READWRITE).exec(sql);
  }

  absl::Status Damage() {
    const auto store = place_.Open();
    return (*EvidenceLog::Open(store.get(), ExampleOptions()))->damage();
  }

  absl::StatusOr<OddTiles> Plan() {
    const auto store = place_.Open();
    const auto keys = *LogKeys::Create({.origin = ExampleOptions().origin,
                                        .signing_key_pem = ExampleOptions().signing_key_pem,
                                        .next_signing_key_pem = "",
                                        .former = {}});
    return PlanRepair(*store, *keys);
  }

  SqlitePlace place_;
};

TEST_F(LogRepair, FindsNothingToDoInASoundLog) { EXPECT_TRUE(Plan()->empty()); }

TEST_F(LogRepair, MakesAChangedTileAnewFromTheSignedEntries) {
  Tamper("UPDATE tile SET hashes = zeroblob(8192) WHERE idx = 1");
  EXPECT_THAT(std::string(Damage().message()), testing::HasSubstr("entry 256"));
  EXPECT_EQ(*Plan(), (OddTiles{{0, 1}}));
  EXPECT_FALSE(Damage().ok());  // a plan changes nothing
  ASSERT_TRUE(RepairTiles(*place_.Open()).ok());
  EXPECT_TRUE(Damage().ok()) << Damage();
  EXPECT_TRUE(Plan()->empty());
}

TEST_F(LogRepair, RepairsNoEntry) {
  Tamper("UPDATE entry SET header = x'00' WHERE idx = 3");
  EXPECT_EQ(ReasonOf(Plan().status()), v1::REASON_LOG_DAMAGED);
  EXPECT_THAT(std::string(Plan().status().message()), testing::HasSubstr("entry 3"));
}

}  // namespace
}  // namespace tracegate
