#include "adapters/sql/postgres_session.h"

#include <poll.h>

#include <algorithm>

#include "adapters/sql/postgres_failure.h"

namespace tracegate {
namespace {

// How soon a call that is cancelled stops waiting.
constexpr absl::Duration kLook = absl::Milliseconds(10);

int WholeMilliseconds(absl::Duration duration) {
  const int64_t whole = absl::ToInt64Milliseconds(absl::Ceil(duration, absl::Milliseconds(1)));
  return static_cast<int>(std::clamp<int64_t>(whole, 1, 1 << 30));
}

// The set that PostgreSQL calls `WIN1251`, `LATIN1`, `KOI8R`. Of those with several bytes its own tables may differ.
CharacterSet CharacterSetOf(const char* encoding) {
  std::string name = encoding == nullptr ? "" : encoding;
  if (name == "SQL_ASCII") return CharacterSet();
  if (name.starts_with("WIN")) name.replace(0, 3, "cp");
  CharacterSet set = CharacterSet::Named(name).value_or(CharacterSet());
  return set.has_several_bytes() ? CharacterSet() : set;
}

void Ignore(void*, const char*) {}

}  // namespace

bool Succeeded(const PostgresResult& result) {
  const ExecStatusType status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::string SqlStateOf(const PostgresResult& result) {
  const char* code = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  return code == nullptr ? "" : code;
}

absl::StatusOr<std::unique_ptr<PostgresSession>> PostgresSession::Open(const Options& options,
                                                                       const CallWatch& watch) {
  const char* keys[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
  const char* values[] = {options.where.c_str(), options.bytes_as_stored ? "SQL_ASCII" : "UTF8",
                          "tracegate", nullptr};
  std::unique_ptr<PostgresSession> session(
      new PostgresSession(PQconnectStartParams(keys, values, /*expand_dbname=*/1)));
  absl::Status opened = session->Connect(options.registry, watch);
  if (opened.ok()) opened = session->SetUp(options, watch);
  if (!opened.ok()) return opened;
  return session;
}

absl::Status PostgresSession::Connect(const std::string& registry, const CallWatch& watch) {
  PGconn* const connection = connection_.get();
  PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE);
  PQsetNoticeProcessor(connection, &Ignore, nullptr);
  short events = POLLOUT;
  while (PQstatus(connection) != CONNECTION_BAD) {
    if (absl::Status waited = WaitFor(events, watch); !waited.ok()) return waited;
    const PostgresPollingStatusType state = PQconnectPoll(connection);
    if (state == PGRES_POLLING_OK) return absl::OkStatus();
    if (state == PGRES_POLLING_FAILED) break;
    events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  }
  return PostgresConnectFailure(registry, connection);
}

// Days are written the one way that mappings can name; a gateway that dies leaves no snapshot open for long.
absl::Status PostgresSession::SetUp(const Options& options, const CallWatch& watch) {
  PQsetnonblocking(connection_.get(), 1);
  stored_in_ = CharacterSetOf(PQparameterStatus(connection_.get(), "server_encoding"));
  const absl::StatusOr<PostgresResult> set =
      Run("SET default_transaction_read_only = on; SET DateStyle = 'ISO'; "
          "SET idle_in_transaction_session_timeout = '60s'; SET statement_timeout = " +
              std::to_string(WholeMilliseconds(options.timeout)),
          watch);
  if (!set.ok()) return set.status();
  if (!Succeeded(*set)) return PostgresStatementFailure(options.registry, SqlStateOf(*set));
  // Servers before version 14, and on some systems, cannot watch their clients, and say so.
  return Run("SET client_connection_check_interval = '1s'", watch).status();
}

absl::Status PostgresSession::WaitFor(short events, const CallWatch& watch) const {
  pollfd socket{PQsocket(connection_.get()), events, 0};
  while (true) {
    if (absl::Status may_go_on = watch.Check(); !may_go_on.ok()) return may_go_on;
    // What is wrong with the socket is libpq's to find.
    if (poll(&socket, 1, WholeMilliseconds(std::min(kLook, watch.Remaining()))) != 0)
      return absl::OkStatus();
  }
}

// A server that speaks without being asked is about to go.
bool PostgresSession::Ended() const {
  pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
  return PQstatus(connection_.get()) != CONNECTION_OK || poll(&socket, 1, 0) != 0;
}

absl::StatusOr<PostgresResult> PostgresSession::Receive(int sent, const CallWatch& watch) {
  PGconn* const connection = connection_.get();
  PostgresResult last;
  if (sent == 0) return last;
  while (PQflush(connection) == 1) {
    if (absl::Status waited = WaitFor(POLLIN | POLLOUT, watch); !waited.ok()) return waited;
    if (PQconsumeInput(connection) == 0) break;
  }
  while (true) {
    while (PQisBusy(connection) != 0) {
      if (absl::Status waited = WaitFor(POLLIN, watch); !waited.ok()) return waited;
      if (PQconsumeInput(connection) == 0) break;
    }
    PostgresResult next(PQgetResult(connection));
    if (next == nullptr) return last;
    if (last == nullptr || Succeeded(last)) last = std::move(next);
  }
}

absl::StatusOr<PostgresResult> PostgresSession::Run(const std::string& sql,
                                                    const CallWatch& watch) {
  return Receive(PQsendQuery(connection_.get(), sql.c_str()), watch);
}

absl::StatusOr<PostgresResult> PostgresSession::Prepare(const std::string& name,
                                                        const std::string& sql,
                                                        const CallWatch& watch) {
  return Receive(PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr), watch);
}

absl::StatusOr<PostgresResult> PostgresSession::Describe(const std::string& name,
                                                         const CallWatch& watch) {
  return Receive(PQsendDescribePrepared(connection_.get(), name.c_str()), watch);
}

absl::StatusOr<PostgresResult> PostgresSession::Execute(const std::string& name,
                                                        const std::vector<const char*>& parameters,
                                                        const CallWatch& watch) {
  const int sent =
      PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(parameters.size()),
                          parameters.data(), nullptr, nullptr, 0);
  return Receive(sent, watch);
}

}  // namespace tracegate
