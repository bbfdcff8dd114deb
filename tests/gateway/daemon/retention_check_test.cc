#include "gateway/daemon/retention_check.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

Configuration Keeping(int years, const std::string& file) {
  Configuration configuration;
  configuration.proto.mutable_storage()->mutable_sqlite()->set_file(file);
  auto* rule = configuration.proto.mutable_retention()->add_rules();
  rule->set_id("replies");
  rule->set_trigger(config::v1::RETENTION_TRIGGER_ENTRY);
  rule->set_years(years);
  rule->set_source("Act 7");
  return configuration;
}

class RetentionCheck : public testing::Test {
 protected:
  void Record(v1::EntryKind kind, const std::string& content) {
    v1::EntryHeader header;
    header.set_kind(kind);
    WriteBatch batch;
    batch.entries.push_back({*store_->EntryCount(), header.SerializeAsString(), "salt", content});
    ASSERT_TRUE(store_->Commit(batch).ok());
  }

  // Against the store, and against its file beside it.
  absl::Status Check(int years) {
    const Configuration next = Keeping(years, place_.file());
    const absl::Status status = CheckRetentionKept(next, store_.get());
    EXPECT_EQ(CheckRetentionKept(next), status);
    return status;
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_ = place_.Open();
};

TEST_F(RetentionCheck, TakesAnyRuleWhereNoneWasRecorded) {
  EXPECT_TRUE(Check(1).ok());
  Record(v1::ENTRY_KIND_LOG_READ, "somebody read");
  EXPECT_TRUE(Check(1).ok());
  Record(v1::ENTRY_KIND_GATEWAY_STARTED, config::v1::GatewayConfig().SerializeAsString());
  EXPECT_TRUE(Check(1).ok());
}

TEST_F(RetentionCheck, RefusesARuleShorterThanTheOneLastRecordedAndNamesIt) {
  Record(v1::ENTRY_KIND_GATEWAY_STARTED, Keeping(10, "").proto.SerializeAsString());
  EXPECT_TRUE(Check(10).ok());
  Record(v1::ENTRY_KIND_POLICY_CHANGED, Keeping(20, "").proto.SerializeAsString());
  Record(v1::ENTRY_KIND_LOG_READ, "somebody read");
  EXPECT_TRUE(Check(20).ok());
  const absl::Status status = Check(19);
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), HasSubstr("retention.rules[0].years"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("'replies'"));
}

TEST(RetentionCheckOfAFile, TakesAnyRuleWhereThereIsNoStoreYet) {
  const SqlitePlace place;
  EXPECT_TRUE(CheckRetentionKept(Keeping(1, place.file())).ok());
}

}  // namespace
}  // namespace tracegate
