#ifndef TRACEGATE_ADAPTERS_SQL_ODBC_SESSION_H_
#define TRACEGATE_ADAPTERS_SQL_ODBC_SESSION_H_

#include <sql.h>
#include <sqlext.h>

#include <atomic>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "adapters/mapping/character_set.h"
#include "adapters/mapping/source_table.h"
#include "adapters/sql/sql_dialect.h"
#include "adapters/sql/standard_dialect.h"

namespace tracegate {

// What a driver said to one thing asked of it.
struct OdbcOutcome {
  std::string sqlstate;  // empty where it succeeded
  std::string said;
  std::vector<SourceRow> rows;

  bool ok() const { return sqlstate.empty(); }
};

// A connection through an ODBC driver. Every call may block for as long as the driver likes.
//
// Text travels as UTF-16, which drivers translate; where the character set is not UTF-8, as the bytes that are stored.
//
// Thread safety: one thread at a time, but Cancel from any.
class OdbcSession {
 public:
  struct Question {
    std::string sql;
    std::vector<QueryValue> parameters;
    // Position of the column, in what is selected, whose type the parameters have; past the end: texts.
    size_t like_column = 0;
    size_t rows_max = 0;
    absl::Duration time = absl::InfiniteDuration();  // the driver is told of it, in whole seconds
  };

  explicit OdbcSession(CharacterSet character_set) : character_set_(std::move(character_set)) {}
  ~OdbcSession();

  OdbcSession(const OdbcSession&) = delete;
  OdbcSession& operator=(const OdbcSession&) = delete;

  OdbcOutcome Connect(const std::string& where, absl::Duration time);
  const StandardDialect& dialect() const { return dialect_; }
  // Statements are prepared once.
  OdbcOutcome Ask(const Question& question);
  // Prepares only, and finds out what comes of it.
  OdbcOutcome Check(const std::string& sql);
  // Fails where the driver knows that the connection is gone.
  OdbcOutcome CheckAlive() const;
  // Asks the driver to end what runs.
  void Cancel();

 private:
  struct Column {
    SQLSMALLINT type = 0;
    bool IsNumber() const;
    bool IsPadded() const { return type == SQL_CHAR || type == SQL_WCHAR; }
  };
  struct Statement {
    SQLHSTMT handle = nullptr;
    std::vector<Column> columns;
  };
  struct Parameter;

  OdbcOutcome Failure(SQLSMALLINT type, SQLHANDLE handle) const;
  OdbcOutcome Prepare(const std::string& sql, Statement* statement) const;
  Parameter ParameterOf(const QueryValue& value, bool is_number) const;
  // What is bound has to stay until the statement has run.
  std::vector<Parameter> Bind(const Question& question, const Statement& statement) const;
  OdbcOutcome Fetch(const Statement& statement, size_t rows_max) const;
  std::optional<std::string> ValueOf(SQLHSTMT statement, size_t position, Column column) const;

  const CharacterSet character_set_;
  SQLHENV environment_ = nullptr;
  SQLHDBC connection_ = nullptr;
  bool connected_ = false;
  StandardDialect dialect_;
  std::map<std::string, Statement> statements_;  // by their SQL
  std::atomic<SQLHSTMT> running_ = nullptr;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_ODBC_SESSION_H_
