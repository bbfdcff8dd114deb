#ifndef TRACEGATE_ADAPTERS_SQL_SQLITE_DIALECT_H_
#define TRACEGATE_ADAPTERS_SQL_SQLITE_DIALECT_H_

#include "adapters/sql/sql_dialect.h"

namespace tracegate {

// SQLite's: ranges and GLOB, which are bytewise, and LIKE, which ignores the case of ASCII.
class SqliteDialect : public SqlDialect {
 public:
  std::string Parameter(size_t n) const override;
  std::string TableName(std::string_view name) const override { return Quoted(name); }
  std::string AsText(const std::string& column) const override;
  std::string Bounded(const std::string& select, size_t rows) const override;
  std::string Like(const std::string& what, size_t n) const override { return LikeFolded(what, n); }
  std::string Begins(const std::string& what, size_t n) const override;
  std::vector<QueryValue> BeginsValues(std::string_view number) const override;
  std::string Holds(const std::string& what, size_t n) const override;
  std::string HoldsValue(std::string_view number) const override;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SQLITE_DIALECT_H_
