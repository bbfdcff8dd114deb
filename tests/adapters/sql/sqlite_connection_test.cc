#include "adapters/sql/sqlite_connection.h"

#include <gtest/gtest.h>

#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/foreign_database.h"

namespace tracegate {
namespace {

constexpr char kYaml[] = R"yaml(
source: ARMS
record_number: ID
serial_search: {column: SN}
fields: [{column: SN, to: firearm.serial_number}]
)yaml";

constexpr QueryKey kBySerial{QueryKey::Kind::kSerialIn, 1};

class SqliteConnectionTest : public ::testing::Test {
 protected:
  SqliteConnectionTest()
      : database_(::testing::UnitTest::GetInstance()->current_test_info()->name()),
        mapping_(MappingOf(kYaml)),
        file_("r", database_.path(), &mapping_),
        watch_("r", absl::InfiniteFuture(), {}, &closing_) {
    // The owner writes while others read.
    database_.Run(
        "PRAGMA journal_mode = WAL; CREATE TABLE ARMS (ID TEXT, SN TEXT); "
        "INSERT INTO ARMS VALUES ('1', 'A')");
  }

  static size_t RowsOf(RegistryConnection::Call& call, std::string_view serial) {
    const auto rows = call.Ask(kBySerial, {std::string(serial)}, 10);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? rows->size() : 0;
  }

  ForeignDatabase database_;
  const Mapping mapping_;
  SqliteConnection file_;
  std::atomic<bool> closing_ = false;
  CallWatch watch_;
};

TEST_F(SqliteConnectionTest, SeesOneMomentInASnapshot) {
  for (int i = 0; i < 2; ++i) {  // the second time by what is prepared
    auto call = RegistryConnection::Call::Begin(&file_, &watch_, /*snapshot=*/true);
    ASSERT_TRUE(call.ok()) << call.status();
    EXPECT_EQ(RowsOf(*call, "A"), 1u);
    database_.Run("UPDATE ARMS SET SN = 'B'");
    EXPECT_EQ(RowsOf(*call, "A"), 1u);
    EXPECT_EQ(RowsOf(*call, "B"), 0u);
    database_.Run("UPDATE ARMS SET SN = 'A'");
  }
}

TEST_F(SqliteConnectionTest, EndsItsSnapshotWithTheCall) {
  {
    auto call = RegistryConnection::Call::Begin(&file_, &watch_, /*snapshot=*/true);
    ASSERT_TRUE(call.ok()) << call.status();
    EXPECT_EQ(RowsOf(*call, "A"), 1u);
  }
  database_.Run("UPDATE ARMS SET SN = 'B'");
  auto call = RegistryConnection::Call::Begin(&file_, &watch_, /*snapshot=*/true);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(RowsOf(*call, "B"), 1u);
}

TEST_F(SqliteConnectionTest, SeesEachStatementsOwnMomentWithoutOne) {
  auto call = RegistryConnection::Call::Begin(&file_, &watch_, /*snapshot=*/false);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(RowsOf(*call, "A"), 1u);
  database_.Run("UPDATE ARMS SET SN = 'B'");
  EXPECT_EQ(RowsOf(*call, "B"), 1u);
}

}  // namespace
}  // namespace tracegate
