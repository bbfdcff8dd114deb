#ifndef TRACEGATE_ADAPTERS_SQL_STANDARD_DIALECT_H_
#define TRACEGATE_ADAPTERS_SQL_STANDARD_DIALECT_H_

#include <string>
#include <utility>

#include "adapters/sql/sql_dialect.h"

namespace tracegate {

// What databases behind ODBC have in common: SQL-92, and ODBC's own `{fn ...}`, which each driver translates. Only how
// rows are bounded and names quoted differs. Columns are read as they are: the driver gives them as text.
class StandardDialect : public SqlDialect {
 public:
  enum class RowBound {
    kFetchFirst,  // SQL:2008: Oracle from 12 on, Db2, PostgreSQL, Firebird
    kLimit,       // SQLite, MariaDB
    kTop,         // SQL Server, Sybase, Access
  };

  StandardDialect() = default;
  // `database` by the name that the driver gives it; `quote` is what stands around names, a blank for nothing.
  StandardDialect(const std::string& database, std::string quote);

  std::string Parameter(size_t) const override { return "?"; }
  std::string Quoted(std::string_view name) const override;
  std::string AsText(const std::string& column) const override { return column; }
  std::string Bounded(const std::string& select, size_t rows) const override;
  std::string Like(const std::string& what, size_t n) const override;
  std::string_view like_specials() const override;
  std::string Begins(const std::string& what, size_t n) const override;
  std::vector<QueryValue> BeginsValues(std::string_view number) const override;
  // A word among others cannot be told apart in what they have in common: cells that hold the number in any way.
  std::string Holds(const std::string& what, size_t n) const override;
  std::string HoldsValue(std::string_view number) const override;

 private:
  RowBound bound_ = RowBound::kFetchFirst;
  std::string quote_ = "\"";
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_STANDARD_DIALECT_H_
