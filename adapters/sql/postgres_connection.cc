#include "adapters/sql/postgres_connection.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "adapters/sql/postgres_failure.h"
#include "adapters/sql/schema_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// The server gives a statement this much longer than the call has, so that the deadline is ours to tell.
constexpr absl::Duration kStatementGrace = absl::Milliseconds(100);
constexpr Oid kInt8 = 20, kInt2 = 21, kInt4 = 23, kNumeric = 1700;  // pg_type.dat

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

std::vector<SourceRow> RowsOf(const PostgresResult& owned, size_t rows_max,
                              const CharacterSet& set) {
  const PGresult* const result = owned.get();
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

absl::Status PostgresConnection::OpenIfNeeded() {
  if (session_ != nullptr && !session_->Ended()) return absl::OkStatus();
  Close();
  absl::StatusOr<std::unique_ptr<PostgresSession>> opened =
      PostgresSession::Open({.registry = options_.registry,
                             .where = options_.where,
                             .bytes_as_stored = !options_.mapping->character_set().is_utf8(),
                             .timeout = options_.timeout + kStatementGrace},
                            *watch_);
  if (opened.ok()) session_ = *std::move(opened);
  return opened.status();
}

absl::StatusOr<PostgresResult> PostgresConnection::Judged(absl::StatusOr<PostgresResult> result) {
  if (result.ok() && Succeeded(*result)) return result;
  absl::Status over = result.ok() ? watch_->Check() : result.status();
  const std::string code = result.ok() ? SqlStateOf(*result) : "";
  if (over.ok() && IsPostgresMismatch(code)) {
    const char* said = PQresultErrorField(result->get(), PG_DIAG_MESSAGE_PRIMARY);
    // Of a value that does not fit, the text is the value.
    return Mismatch(code.starts_with("22") || said == nullptr ? code : said);
  }
  Close();
  return over.ok() ? PostgresStatementFailure(options_.registry, code) : over;
}

absl::Status PostgresConnection::Mismatch(const std::string& said) {
  absl::Status over;
  const auto takes = [&](const std::string& sql) {
    if (!over.ok()) return true;
    const absl::StatusOr<PostgresResult> result = session_->Run(sql, *watch_);
    over = result.status();
    if (result.ok() && *result == nullptr) over = PostgresStatementFailure(options_.registry, "");
    return !over.ok() || Succeeded(*result);
  };
  takes("ROLLBACK");  // what failed took its snapshot with it
  absl::Status mismatch =
      SchemaMismatch(options_.registry, *options_.mapping, dialect_, said, takes);
  Close();
  return over.ok() ? mismatch : over;
}

absl::StatusOr<const PostgresConnection::Statement*> PostgresConnection::Prepared(
    const QueryKey& key) {
  const auto found = statements_.find(key);
  if (found != statements_.end()) return &found->second;
  Statement statement{"q" + std::to_string(statements_.size()), {}};
  const std::string sql = QueryText(key, *options_.mapping, dialect_);
  auto prepared = Judged(session_->Prepare(statement.name, sql, *watch_));
  if (!prepared.ok()) return prepared.status();
  auto described = Judged(session_->Describe(statement.name, *watch_));
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
  const bool storable = !options_.mapping->character_set().is_utf8() ||
                        session_->stored_in().Encode(text).has_value();
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
  auto result = Judged(session_->Execute((*statement)->name, pointers, *watch_));
  if (!result.ok()) return result.status();
  return RowsOf(*result, rows_max, options_.mapping->character_set());
}

absl::Status PostgresConnection::Begin(const CallWatch* watch, bool snapshot) {
  watch_ = watch;
  if (absl::Status opened = OpenIfNeeded(); !opened.ok()) return opened;
  if (!snapshot) return absl::OkStatus();
  const absl::Duration time = std::min(watch->Remaining(), options_.timeout) + kStatementGrace;
  const std::string sql =
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = " +
      std::to_string(absl::ToInt64Milliseconds(time));
  const absl::Status begun = Judged(session_->Run(sql, *watch_)).status();
  in_snapshot_ = begun.ok();
  return begun;
}

// Where the call is over, ending the snapshot fails and closes the session, which ends it too.
void PostgresConnection::End() {
  if (std::exchange(in_snapshot_, false) && session_ != nullptr)
    Judged(session_->Run("ROLLBACK", *watch_)).IgnoreError();
  watch_ = nullptr;
}

}  // namespace tracegate
