#include "adapters/sql/odbc_session.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "adapters/sql/registry_connection.h"

namespace tracegate {
namespace {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t));

bool Succeeded(SQLRETURN code) { return code == SQL_SUCCESS || code == SQL_SUCCESS_WITH_INFO; }

SQLWCHAR* Wide(std::u16string& text) { return reinterpret_cast<SQLWCHAR*>(text.data()); }

std::u16string ToWide(const std::string& utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  return {text.getBuffer(), static_cast<size_t>(text.length())};
}

std::string ToUtf8(const SQLWCHAR* text, size_t length) {
  std::string utf8;
  icu::UnicodeString(reinterpret_cast<const char16_t*>(text), static_cast<int32_t>(length))
      .toUTF8String(utf8);
  return utf8;
}

std::string InfoOf(SQLHDBC connection, SQLUSMALLINT what) {
  std::array<SQLWCHAR, 128> text{};
  SQLSMALLINT bytes = 0;
  if (!Succeeded(SQLGetInfoW(connection, what, text.data(), sizeof(text), &bytes))) return "";
  const size_t length = static_cast<size_t>(std::max<SQLSMALLINT>(bytes, 0)) / sizeof(SQLWCHAR);
  return ToUtf8(text.data(), std::min(length, text.size() - 1));
}

SQLPOINTER AsPointer(SQLULEN value) { return reinterpret_cast<SQLPOINTER>(value); }

SQLULEN WholeSeconds(absl::Duration time) {
  constexpr absl::Duration kLongest = absl::Hours(1);
  const absl::Duration rounded = absl::Ceil(std::min(time, kLongest), absl::Seconds(1));
  return static_cast<SQLULEN>(std::max<int64_t>(1, absl::ToInt64Seconds(rounded)));
}

constexpr size_t kDigitsMax = 18;

bool IsDigits(const std::string& text) {
  return !text.empty() && text.size() <= kDigitsMax &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

// What a driver reads while a statement runs.
struct OdbcSession::Parameter {
  SQLSMALLINT c_type = SQL_C_WCHAR;
  SQLSMALLINT type = SQL_WVARCHAR;
  std::u16string wide;
  std::string narrow;
  SQLULEN size = 1;  // in characters
  SQLLEN bytes = 0;
  SQLLEN length = SQL_NULL_DATA;
};

bool OdbcSession::Column::IsNumber() const {
  constexpr SQLSMALLINT kNumbers[] = {SQL_INTEGER, SQL_SMALLINT, SQL_TINYINT,
                                      SQL_BIGINT,  SQL_DECIMAL,  SQL_NUMERIC,
                                      SQL_REAL,    SQL_FLOAT,    SQL_DOUBLE};
  return std::find(std::begin(kNumbers), std::end(kNumbers), type) != std::end(kNumbers);
}

OdbcSession::~OdbcSession() {
  for (auto& [sql, statement] : statements_) SQLFreeHandle(SQL_HANDLE_STMT, statement.handle);
  if (connected_) SQLDisconnect(connection_);
  if (connection_ != nullptr) SQLFreeHandle(SQL_HANDLE_DBC, connection_);
  if (environment_ != nullptr) SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

OdbcOutcome OdbcSession::Failure(SQLSMALLINT type, SQLHANDLE handle) const {
  constexpr size_t kCodeLength = 5;
  std::array<SQLWCHAR, kCodeLength + 1> code{};
  std::array<SQLWCHAR, 512> text{};
  SQLINTEGER native = 0;
  SQLSMALLINT length = 0;
  const SQLRETURN got =
      SQLGetDiagRecW(type, handle, 1, code.data(), &native, text.data(), text.size(), &length);
  if (!Succeeded(got)) return {"HY000", "", {}};
  const size_t said =
      std::min(static_cast<size_t>(std::max<SQLSMALLINT>(length, 0)), text.size() - 1);
  const std::string message = ToUtf8(text.data(), said);
  return {ToUtf8(code.data(), kCodeLength), message.substr(0, message.find('\n')), {}};
}

OdbcOutcome OdbcSession::Connect(const std::string& where, absl::Duration time) {
  SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
  SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, AsPointer(SQL_OV_ODBC3), 0);
  if (!Succeeded(SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_)))
    return Failure(SQL_HANDLE_ENV, environment_);
  SQLSetConnectAttr(connection_, SQL_ATTR_LOGIN_TIMEOUT, AsPointer(WholeSeconds(time)), 0);
  SQLSetConnectAttr(connection_, SQL_ATTR_ACCESS_MODE, AsPointer(SQL_MODE_READ_ONLY), 0);
  std::u16string text = ToWide(where);
  const SQLRETURN code =
      SQLDriverConnectW(connection_, nullptr, Wide(text), static_cast<SQLSMALLINT>(text.size()),
                        nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
  if (!Succeeded(code)) return Failure(SQL_HANDLE_DBC, connection_);
  connected_ = true;
  std::string quote = InfoOf(connection_, SQL_IDENTIFIER_QUOTE_CHAR);
  dialect_ = StandardDialect(InfoOf(connection_, SQL_DBMS_NAME), quote.empty() ? " " : quote);
  return {};
}

OdbcOutcome OdbcSession::Prepare(const std::string& sql, Statement* statement) const {
  if (!Succeeded(SQLAllocHandle(SQL_HANDLE_STMT, connection_, &statement->handle)))
    return Failure(SQL_HANDLE_DBC, connection_);
  std::u16string text = ToWide(sql);
  SQLSMALLINT count = 0;
  if (!Succeeded(
          SQLPrepareW(statement->handle, Wide(text), static_cast<SQLINTEGER>(text.size()))) ||
      !Succeeded(SQLNumResultCols(statement->handle, &count))) {
    return Failure(SQL_HANDLE_STMT, statement->handle);
  }
  for (SQLSMALLINT i = 1; i <= count; ++i) {
    Column& column = statement->columns.emplace_back();
    std::array<SQLWCHAR, 256> name;  // not looked at; some drivers fail without room for it
    const SQLRETURN code =
        SQLDescribeColW(statement->handle, static_cast<SQLUSMALLINT>(i), name.data(), name.size(),
                        nullptr, &column.type, nullptr, nullptr, nullptr);
    if (!Succeeded(code)) return Failure(SQL_HANDLE_STMT, statement->handle);
  }
  return {};
}

// A driver that cannot tell does not say that it is dead.
OdbcOutcome OdbcSession::CheckAlive() const {
  SQLUINTEGER dead = SQL_CD_FALSE;
  SQLGetConnectAttr(connection_, SQL_ATTR_CONNECTION_DEAD, &dead, 0, nullptr);
  return dead == SQL_CD_TRUE ? OdbcOutcome{"08S01", "", {}} : OdbcOutcome();
}

OdbcOutcome OdbcSession::Check(const std::string& sql) {
  Statement statement;
  OdbcOutcome outcome = Prepare(sql, &statement);
  if (statement.handle != nullptr) SQLFreeHandle(SQL_HANDLE_STMT, statement.handle);
  return outcome;
}

OdbcSession::Parameter OdbcSession::ParameterOf(const QueryValue& value, bool is_number) const {
  const auto* number = std::get_if<int64_t>(&value);
  std::string text = number != nullptr ? std::to_string(*number) : std::get<std::string>(value);
  // No cell holds what is no number, or a NUL; SQL's NULL says so as well.
  const bool can_be = is_number ? IsDigits(text) : text.find('\0') == std::string::npos;
  if (!can_be) text.clear();
  Parameter parameter;
  parameter.size = is_number ? kDigitsMax : std::max<SQLULEN>(1, text.size());
  if (is_number || !character_set_.is_utf8()) {
    parameter.c_type = SQL_C_CHAR;
    parameter.type = is_number ? SQL_DECIMAL : SQL_VARCHAR;
    parameter.bytes = static_cast<SQLLEN>(text.size());
    parameter.narrow = std::move(text);
  } else {
    parameter.wide = ToWide(text);
    parameter.bytes = static_cast<SQLLEN>(parameter.wide.size() * sizeof(SQLWCHAR));
  }
  parameter.length = can_be ? parameter.bytes : SQL_NULL_DATA;
  return parameter;
}

std::vector<OdbcSession::Parameter> OdbcSession::Bind(const Question& question,
                                                      const Statement& statement) const {
  const bool numbers = question.like_column < statement.columns.size() &&
                       statement.columns[question.like_column].IsNumber();
  std::vector<Parameter> parameters;
  for (const QueryValue& value : question.parameters)
    parameters.push_back(ParameterOf(value, numbers));
  // Only now: the driver keeps where they stand.
  for (size_t i = 0; i < parameters.size(); ++i) {
    Parameter& bound = parameters[i];
    SQLPOINTER value = bound.c_type == SQL_C_CHAR ? static_cast<SQLPOINTER>(bound.narrow.data())
                                                  : static_cast<SQLPOINTER>(bound.wide.data());
    SQLBindParameter(statement.handle, static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT,
                     bound.c_type, bound.type, bound.size, 0, value, bound.bytes, &bound.length);
  }
  return parameters;
}

OdbcOutcome OdbcSession::Ask(const Question& question) {
  Statement& statement = statements_[question.sql];
  if (statement.handle == nullptr) {
    OdbcOutcome prepared = Prepare(question.sql, &statement);
    if (!prepared.ok()) return prepared;
  }
  // Drivers that know no such thing say so, and are no worse for it.
  SQLSetStmtAttr(statement.handle, SQL_ATTR_QUERY_TIMEOUT, AsPointer(WholeSeconds(question.time)),
                 0);
  const std::vector<Parameter> parameters = Bind(question, statement);
  running_ = statement.handle;
  const SQLRETURN code = SQLExecute(statement.handle);
  OdbcOutcome outcome = Succeeded(code) || code == SQL_NO_DATA
                            ? Fetch(statement, question.rows_max)
                            : Failure(SQL_HANDLE_STMT, statement.handle);
  running_ = nullptr;
  SQLFreeStmt(statement.handle, SQL_CLOSE);
  SQLFreeStmt(statement.handle, SQL_RESET_PARAMS);
  return outcome;
}

OdbcOutcome OdbcSession::Fetch(const Statement& statement, size_t rows_max) const {
  OdbcOutcome outcome;
  while (outcome.rows.size() < rows_max) {
    const SQLRETURN code = SQLFetch(statement.handle);
    if (code == SQL_NO_DATA) break;
    if (!Succeeded(code)) return Failure(SQL_HANDLE_STMT, statement.handle);
    SourceRow& row = outcome.rows.emplace_back();
    for (size_t i = 0; i < statement.columns.size(); ++i)
      row.push_back(ValueOf(statement.handle, i, statement.columns[i]));
  }
  return outcome;
}

std::optional<std::string> OdbcSession::ValueOf(SQLHSTMT statement, size_t position,
                                                Column column) const {
  std::array<SQLWCHAR, kSourceValueBytesMax + 1> buffer;
  const bool wide = character_set_.is_utf8();
  SQLLEN bytes = 0;
  const SQLRETURN code =
      SQLGetData(statement, static_cast<SQLUSMALLINT>(position + 1),
                 wide ? SQL_C_WCHAR : SQL_C_CHAR, buffer.data(), sizeof(buffer), &bytes);
  if (!Succeeded(code) || bytes == SQL_NULL_DATA) return std::nullopt;
  // A longer value is cut, and its length may not be known.
  const size_t unit = wide ? sizeof(SQLWCHAR) : 1;
  const size_t held = sizeof(buffer) - unit;
  const size_t size = bytes < 0 ? held : std::min(static_cast<size_t>(bytes), held);
  const std::string text = wide ? ToUtf8(buffer.data(), size / unit)
                                : std::string(reinterpret_cast<const char*>(buffer.data()), size);
  std::string value = SourceValue(text, character_set_);
  // What a column of fixed length is filled up with was not written by anybody.
  if (column.IsPadded()) value.resize(value.find_last_not_of(' ') + 1);
  return value;
}

void OdbcSession::Cancel() {
  if (SQLHSTMT running = running_; running != nullptr) SQLCancel(running);
}

}  // namespace tracegate
