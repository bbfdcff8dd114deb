#include "adapters/sql/postgres_connection.h"

#include <poll.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "adapters/sql/postgres_failure.h"
#include "adapters/sql/schema_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// How soon a call that is cancelled stops waiting.
constexpr absl::Duration kLook = absl::Milliseconds(10);
// The server gives a statement this much longer than the call has, so that the deadline is ours to tell.
constexpr absl::Duration kStatementGrace = absl::Milliseconds(100);
constexpr Oid kInt8 = 20, kInt2 = 21, kInt4 = 23, kNumeric = 1700;  // pg_type.dat

int64_t Milliseconds(absl::Duration duration) {
  return std::max<int64_t>(1, absl::ToInt64Milliseconds(absl::Ceil(duration, absl::Milliseconds(1))));
}

// The largest number that a column of that type holds; 0 where it holds no numbers.
int64_t LargestOf(Oid type) {
  switch (type) {
    case kInt2: return std::numeric_limits<int16_t>::max();
    case kInt4: return std::numeric_limits<int32_t>::max();
    case kInt8:
    case kNumeric: return std::numeric_limits<int64_t>::max();
    default: return 0;
  }
}

bool IsNumberUpTo(int64_t largest, const std::string& text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0 &&
         number <= largest;
}

// The set that PostgreSQL calls `WIN1251`, `LATIN1`, `KOI8R`.
CharacterSet CharacterSetOf(const char* encoding) {
  std::string name = encoding == nullptr ? "" : encoding;
  if (name == "SQL_ASCII") return CharacterSet();
  if (name.starts_with("WIN")) name.replace(0, 3, "cp");
  return CharacterSet::Named(name).value_or(CharacterSet());
}

std::string SqlStateOf(const PGresult* result) {
  const char* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return code == nullptr ? "" : code;
}

bool Succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::vector<SourceRow> RowsOf(const PGresult* result, size_t rows_max, const CharacterSet& set) {
  std::vector<SourceRow> rows(std::min(rows_max, static_cast<size_t>(PQntuples(result))));
  for (size_t i = 0; i < rows.size(); ++i) {
    const int row = static_cast<int>(i);
    for (int column = 0; column < PQnfields(result); ++column) {
      rows[i].emplace_back();
      if (PQgetisnull(result, row, column) != 0) continue;
      const auto bytes = static_cast<size_t>(PQgetlength(result, row, column));
      rows[i].back() = SourceValue({PQgetvalue(result, row, column), bytes}, set);
    }
  }
  return rows;
}

}  // namespace

absl::Status PostgresConnection::CheckWhere(const std::string& where) {
  const auto wrong = [](std::string_view why) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "sql.postgresql", why);
  };
  // What libpq says of a string that it cannot read would repeat a part of it.
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parsed(
      PQconninfoParse(where.c_str(), nullptr), &PQconninfoFree);
  if (parsed == nullptr)
    return wrong("is no connection string; expected such as host=db.example dbname=arms");
  for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
    const std::string_view key = option->keyword;
    if (option->val == nullptr) continue;
    if (key == "password" || key == "sslpassword")
      return wrong("has a password; expected a passfile, a service or a client certificate");
    if (key == "client_encoding")
      return wrong("has a client_encoding; expected the mapping's character_set");
  }
  return absl::OkStatus();
}

void PostgresConnection::Close() {
  statements_.clear();
  session_.reset();
}

absl::Status PostgresConnection::WaitFor(short events) {
  pollfd socket{PQsocket(session_.get()), events, 0};
  while (true) {
    if (absl::Status may_go_on = watch_->Check(); !may_go_on.ok()) {
      Close();
      return may_go_on;
    }
    // What is wrong with the socket is libpq's to find.
    if (poll(&socket, 1, static_cast<int>(Milliseconds(std::min(kLook, watch_->Remaining())))) != 0)
      return absl::OkStatus();
  }
}

absl::Status PostgresConnection::OpenIfNeeded() {
  if (session_ != nullptr) {
    // A server that speaks without being asked has ended the session.
    pollfd socket{PQsocket(session_.get()), POLLIN, 0};
    if (poll(&socket, 1, 0) == 0) return absl::OkStatus();
    Close();
  }
  if (absl::Status connected = Connect(); !connected.ok()) return connected;
  return SetUp();
}

absl::Status PostgresConnection::Connect() {
  const bool bytes_as_stored = !options_.mapping->character_set().is_utf8();
  const char* keys[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
  const char* values[] = {options_.where.c_str(), bytes_as_stored ? "SQL_ASCII" : "UTF8",
                          "tracegate", nullptr};
  session_.reset(PQconnectStartParams(keys, values, /*expand_dbname=*/1));
  PQsetErrorVerbosity(session_.get(), PQERRORS_SQLSTATE);
  short events = POLLOUT;
  while (PQstatus(session_.get()) != CONNECTION_BAD) {
    if (absl::Status waited = WaitFor(events); !waited.ok()) return waited;
    const PostgresPollingStatusType state = PQconnectPoll(session_.get());
    if (state == PGRES_POLLING_OK) return absl::OkStatus();
    if (state == PGRES_POLLING_FAILED) break;
    events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  }
  absl::Status failure = PostgresConnectFailure(options_.registry, session_.get());
  Close();
  return failure;
}

// Days are written the one way that mappings can name; a gateway that dies leaves no snapshot open for long.
absl::Status PostgresConnection::SetUp() {
  PQsetnonblocking(session_.get(), 1);
  stored_in_ = CharacterSetOf(PQparameterStatus(session_.get(), "server_encoding"));
  const std::string sql =
      "SET default_transaction_read_only = on; SET DateStyle = 'ISO'; "
      "SET idle_in_transaction_session_timeout = '60s'; SET statement_timeout = " +
      std::to_string(Milliseconds(options_.timeout + kStatementGrace));
  if (absl::Status set = Run(sql).status(); !set.ok()) return set;
  // Servers before version 14, and on some systems, cannot watch their clients.
  if (PQsendQuery(session_.get(), "SET client_connection_check_interval = '1s'") == 0)
    return FailureOf(nullptr);
  return Receive().status();
}

absl::StatusOr<PostgresConnection::Result> PostgresConnection::Receive() {
  PGconn* const session = session_.get();
  for (int flushed = 1; (flushed = PQflush(session)) == 1;) {
    if (absl::Status waited = WaitFor(POLLIN | POLLOUT); !waited.ok()) return waited;
    if (PQconsumeInput(session) == 0) break;
  }
  Result last;
  while (true) {
    while (PQisBusy(session) != 0) {
      if (absl::Status waited = WaitFor(POLLIN); !waited.ok()) return waited;
      if (PQconsumeInput(session) == 0) break;
    }
    Result next(PQgetResult(session));
    if (next == nullptr) return last;
    if (last == nullptr || Succeeded(last.get())) last = std::move(next);
  }
}

absl::StatusOr<PostgresConnection::Result> PostgresConnection::Answer(int sent) {
  Result result;
  if (sent != 0) {
    absl::StatusOr<Result> received = Receive();
    if (!received.ok()) return received.status();
    result = *std::move(received);
  }
  if (result != nullptr && Succeeded(result.get())) return result;
  return FailureOf(result.get());
}

absl::StatusOr<PostgresConnection::Result> PostgresConnection::Run(const std::string& sql) {
  return Answer(PQsendQuery(session_.get(), sql.c_str()));
}

absl::Status PostgresConnection::FailureOf(const PGresult* result) {
  const std::string code = result == nullptr ? "" : SqlStateOf(result);
  if (PQstatus(session_.get()) == CONNECTION_OK && IsPostgresMismatch(code)) {
    const char* said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    // Of a value that does not fit, the text is the value.
    const bool names_a_value = code.starts_with("22");
    return Mismatch(names_a_value || said == nullptr ? code : said);
  }
  absl::Status over = watch_->Check();
  Close();
  return over.ok() ? PostgresStatementFailure(options_.registry, code) : over;
}

absl::Status PostgresConnection::Mismatch(const std::string& said) {
  const auto takes = [this](const std::string& sql) {
    if (session_ == nullptr || PQsendQuery(session_.get(), sql.c_str()) == 0) return true;
    const absl::StatusOr<Result> result = Receive();
    return !result.ok() || *result == nullptr || Succeeded(result->get());
  };
  takes("ROLLBACK");  // what failed took its snapshot with it
  absl::Status mismatch =
      SchemaMismatch(options_.registry, *options_.mapping, dialect_, said, takes);
  Close();
  absl::Status over = watch_->Check();
  return over.ok() ? mismatch : over;
}

absl::StatusOr<const PostgresConnection::Statement*> PostgresConnection::Prepared(
    const QueryKey& key) {
  const auto found = statements_.find(key);
  if (found != statements_.end()) return &found->second;
  Statement statement{"q" + std::to_string(statements_.size()), {}};
  const std::string sql = QueryText(key, *options_.mapping, dialect_);
  const char* const name = statement.name.c_str();
  absl::StatusOr<Result> prepared =
      Answer(PQsendPrepare(session_.get(), name, sql.c_str(), 0, nullptr));
  if (!prepared.ok()) return prepared.status();
  absl::StatusOr<Result> described = Answer(PQsendDescribePrepared(session_.get(), name));
  if (!described.ok()) return described.status();
  for (int i = 0; i < PQnparams(described->get()); ++i)
    statement.types.push_back(PQparamtype(described->get(), i));
  return &statements_.emplace(key, std::move(statement)).first->second;
}

std::optional<std::string> PostgresConnection::ParameterText(const QueryValue& value,
                                                             Oid type) const {
  const auto* number = std::get_if<int64_t>(&value);
  std::string text = number != nullptr ? std::to_string(*number) : std::get<std::string>(value);
  if (text.find('\0') != std::string::npos) return std::nullopt;
  if (const int64_t largest = LargestOf(type); largest > 0 && !IsNumberUpTo(largest, text))
    return std::nullopt;
  // The server would refuse the whole question for a character that its database cannot store.
  const bool storable =
      !options_.mapping->character_set().is_utf8() || stored_in_.Encode(text).has_value();
  return storable ? std::optional(std::move(text)) : std::nullopt;
}

absl::StatusOr<std::vector<SourceRow>> PostgresConnection::Ask(
    const QueryKey& key, const std::vector<QueryValue>& values, size_t rows_max) {
  const absl::StatusOr<const Statement*> statement = Prepared(key);
  if (!statement.ok()) return statement.status();
  const std::vector<QueryValue> parameters = QueryParameters(key, values, dialect_);
  std::vector<std::optional<std::string>> texts;
  std::vector<const char*> pointers;
  for (size_t i = 0; i < parameters.size(); ++i)
    texts.push_back(ParameterText(parameters[i], (*statement)->types[i]));
  for (const auto& text : texts) pointers.push_back(text ? text->c_str() : nullptr);
  absl::StatusOr<Result> result = Answer(
      PQsendQueryPrepared(session_.get(), (*statement)->name.c_str(),
                          static_cast<int>(pointers.size()), pointers.data(), nullptr, nullptr, 0));
  if (!result.ok()) return result.status();
  return RowsOf(result->get(), rows_max, options_.mapping->character_set());
}

absl::Status PostgresConnection::Begin(const CallWatch* watch, bool snapshot) {
  watch_ = watch;
  if (absl::Status opened = OpenIfNeeded(); !opened.ok()) return opened;
  if (!snapshot) return absl::OkStatus();
  const absl::Duration time = std::min(watch->Remaining(), options_.timeout);
  const int64_t milliseconds = Milliseconds(time + kStatementGrace);
  absl::StatusOr<Result> begun =
      Run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = " +
          std::to_string(milliseconds));
  in_snapshot_ = begun.ok();
  return begun.status();
}

void PostgresConnection::End() {
  // Where the call is over, ending the snapshot fails and closes the session, which ends it too.
  if (std::exchange(in_snapshot_, false) && session_ != nullptr) Run("ROLLBACK").IgnoreError();
  watch_ = nullptr;
}

}  // namespace tracegate
