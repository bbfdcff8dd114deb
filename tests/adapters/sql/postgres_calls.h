#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_CALLS_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_CALLS_H_

#include <libpq-fe.h>

#include <future>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "tests/adapters/sql/postgres_server.h"
#include "tests/adapters/sql/sql_calls.h"

namespace tracegate {

// A registry in a PostgreSQL with which things happen while it is asked.
class PostgresCalls : public SqlCalls {
 protected:
  PostgresCalls() {
    server_.Run("postgres", "CREATE DATABASE arms TEMPLATE template0");
    server_.Run("arms", kSchema);
  }
  ~PostgresCalls() override {
    adapter_.reset();
    locker_.reset();
    server_.Run("postgres", "DROP DATABASE arms (FORCE)");
  }

  // The database, to ODBC.
  std::string OdbcWhere() const {
    return "Driver={PostgreSQL Unicode};Servername=" + server_.folder() +
           ";Database=arms;Username=owner";
  }

  // The owner's program changes the table of weapons, and does not finish.
  void Lock() {
    locker_.reset(PQconnectdb(server_.Where("arms").c_str()));
    PQclear(PQexec(locker_.get(), "BEGIN; LOCK TABLE ОРУЖЈЕ"));
  }
  void Unlock() { PQclear(PQexec(locker_.get(), "COMMIT")); }

  // Sessions, other than the owner's, that wait for the lock.
  int Waiting() {
    return std::stoi(server_.Ask("arms", "SELECT count(*) FROM pg_locks WHERE NOT granted"));
  }
  void AwaitWaiting(int sessions) {
    for (int tries = 0; tries < 600 && Waiting() != sessions; ++tries)
      absl::SleepFor(absl::Milliseconds(50));
    EXPECT_EQ(Waiting(), sessions);
  }

  // A call that waits for the lock.
  std::future<absl::Status> AskInVain(RegistryCall call = {}) {
    auto answered = std::make_shared<std::promise<absl::Status>>();
    adapter_->Find(call, Spelled({"42"}),
                   [answered](auto answer) { answered->set_value(answer.status()); });
    AwaitWaiting(1);
    return answered->get_future();
  }

  // Ends what waits for the lock, by one of the server's functions.
  void EndWaiting(const std::string& function) {
    server_.Run("arms", "SELECT " + function + "(pid) FROM pg_locks WHERE NOT granted");
  }

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  PostgresServer& server_ = PostgresServer::Shared();
  std::unique_ptr<PGconn, Finish> locker_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_CALLS_H_
