#ifndef TRACEGATE_ADAPTERS_SQL_POSTGRES_DIALECT_H_
#define TRACEGATE_ADAPTERS_SQL_POSTGRES_DIALECT_H_

#include "adapters/sql/sql_dialect.h"

namespace tracegate {

// PostgreSQL's: regular expressions, of which one that begins with `^` and a number uses an index of text_pattern_ops.
class PostgresDialect : public SqlDialect {
 public:
  std::string Parameter(size_t n) const override;
  // Cut where it is read: a value of a gigabyte must not travel.
  std::string AsText(const std::string& column) const override;
  std::string Bounded(const std::string& select, size_t rows) const override;
  std::string Like(const std::string& what, size_t n) const override;
  std::string Begins(const std::string& what, size_t n) const override;
  std::vector<QueryValue> BeginsValues(std::string_view number) const override;
  std::string Holds(const std::string& what, size_t n) const override;
  std::string HoldsValue(std::string_view number) const override;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_POSTGRES_DIALECT_H_
