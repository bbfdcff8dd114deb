#include "adapters/sql/odbc_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "tests/adapters/sql/foreign_database.h"
#include "tests/adapters/sql/postgres_calls.h"
#include "tests/adapters/sql/silent_listener.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class OdbcTest : public PostgresCalls {
 protected:
  void OpenAdapter(const std::string& where) {
    config::v1::SqlRegistry source;
    source.set_odbc(where);
    Open(source, kYaml, /*concurrency=*/1);
  }
  void OpenAdapter() { OpenAdapter(OdbcWhere()); }
};

TEST_F(OdbcTest, TellsOfARestartInMidQueryAndIsBackAfterIt) {
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  Lock();
  std::future<absl::Status> answer = AskInVain();
  server_.StopAtOnce();
  const absl::Status broken = answer.get();
  EXPECT_EQ(ReasonOf(broken), v1::REASON_REGISTRY_UNAVAILABLE) << broken;
  const absl::Status away = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(away), v1::REASON_REGISTRY_UNAVAILABLE) << away;
  EXPECT_THAT(std::string(away.message()), Not(HasSubstr(server_.folder())));
  server_.Start();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_F(OdbcTest, LeavesADriverThatNeverComesBackAndCountsThem) {
  SilentListener listener;
  OpenAdapter(
      "Driver={PostgreSQL Unicode};Servername=127.0.0.1;SSLmode=disable;Database=arms;"
      "Username=owner;Port=" +
      listener.port());
  const auto ask = [this] {
    return Find(Spelled({"42"}), {absl::Now() + absl::Milliseconds(50), {}}).status();
  };
  absl::Status answer = ask();
  EXPECT_EQ(ReasonOf(answer), v1::REASON_DEADLINE_EXCEEDED) << answer;
  for (int i = 0; i < 16 && ReasonOf(answer) == v1::REASON_DEADLINE_EXCEEDED; ++i) answer = ask();
  EXPECT_THAT(std::string(answer.message()), HasSubstr("does not come back")) << answer;
  listener.Close();
  for (int i = 0; i < 600 && !absl::StrContains(answer.message(), "cannot be reached"); ++i) {
    answer = ask();
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_THAT(std::string(answer.message()), HasSubstr("cannot be reached"));
}

TEST_F(OdbcTest, SaysThatItIsNotLetIn) {
  for (const std::string where :
       {"no_such_data_source", "DSN=no_such_data_source", "Driver=no_such_driver"}) {
    OpenAdapter(where);
    const absl::Status away = Find(Spelled({"42"})).status();
    EXPECT_EQ(ReasonOf(away), v1::REASON_REGISTRY_UNAVAILABLE) << away;
    EXPECT_THAT(std::string(away.message()), Not(HasSubstr("no_such")));
  }
}

TEST_F(OdbcTest, TakesALockForNoSchemaThatDoesNotFit) {
  ForeignDatabase database("locked");
  database.Run(kSchema);
  OpenAdapter("Driver=SQLite3;Timeout=1;Database=" + database.path());
  database.Run("BEGIN EXCLUSIVE");
  const absl::Status busy = Find(Spelled({"42"})).status();
  EXPECT_EQ(ReasonOf(busy), v1::REASON_REGISTRY_BUSY) << busy;
  database.Run("COMMIT");
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST(OdbcConnectionString, HasNoPassword) {
  for (const std::string where : {"arms", "DSN=arms", "DSN=arms;UID=u", "Driver=x;Database=pwd=1"})
    EXPECT_TRUE(OdbcConnection::CheckWhere(where).ok()) << where;
  for (const std::string where :
       {"DSN=arms;PWD=secret", "pwd=secret;DSN=arms", "DSN=arms; Password = secret"}) {
    const absl::Status checked = OdbcConnection::CheckWhere(where);
    EXPECT_EQ(DetailOf(checked).reason(), v1::REASON_CONFIG_INVALID) << where;
    ASSERT_EQ(DetailOf(checked).violations_size(), 1);
    EXPECT_EQ(DetailOf(checked).violations(0).field(), "sql.odbc");
    EXPECT_THAT(std::string(checked.message()), Not(HasSubstr("secret")));
  }
}

}  // namespace
}  // namespace tracegate
