#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "tests/adapters/sql/postgres_calls.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;

enum class Way { kLibpq, kOdbc };

// What is the same whatever way a database server is asked.
class DatabaseServer : public PostgresCalls, public ::testing::WithParamInterface<Way> {
 protected:
  void OpenAdapter() {
    config::v1::SqlRegistry source;
    if (GetParam() == Way::kOdbc) {
      source.set_odbc(OdbcWhere());
    } else {
      source.set_postgresql(server_.Where("arms"));
    }
    Open(source, kYaml, /*concurrency=*/1);
  }
};

INSTANTIATE_TEST_SUITE_P(Each, DatabaseServer, ::testing::Values(Way::kLibpq, Way::kOdbc),
                         [](const auto& way) {
                           return way.param == Way::kOdbc ? "Odbc" : "Libpq";
                         });

TEST_P(DatabaseServer, BreaksOffAtTheDeadlineAndLeavesNothingRunning) {
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  Lock();
  const absl::Status late =
      Find(Spelled({"42"}), {absl::Now() + absl::Milliseconds(50), {}}).status();
  EXPECT_EQ(ReasonOf(late), v1::REASON_DEADLINE_EXCEEDED) << late;
  AwaitWaiting(0);
  Unlock();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
}

TEST_P(DatabaseServer, BreaksOffWhenCancelledAndLeavesNothingRunning) {
  OpenAdapter();
  EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1"));
  Lock();
  std::stop_source source;
  std::future<absl::Status> answer = AskInVain({absl::InfiniteFuture(), source.get_token()});
  source.request_stop();
  EXPECT_EQ(ReasonOf(answer.get()), v1::REASON_CANCELLED);
  AwaitWaiting(0);
}

TEST_P(DatabaseServer, TellsOfASessionOrAStatementThatWasEnded) {
  OpenAdapter();
  for (const std::string how : {"pg_terminate_backend", "pg_cancel_backend"}) {
    Lock();
    std::future<absl::Status> answer = AskInVain();
    EndWaiting(how);
    EXPECT_EQ(ReasonOf(answer.get()), v1::REASON_REGISTRY_UNAVAILABLE) << how;
    Unlock();
    EXPECT_THAT(Found(Spelled({"42"})), ElementsAre("1")) << how;
  }
}

}  // namespace
}  // namespace tracegate
