#ifndef TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_
#define TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "adapters/mapping/mapping.h"
#include "adapters/sql/sql_dialect.h"

namespace tracegate {

// Whether the database takes a statement.
using TakesStatement = std::function<bool(const std::string& sql)>;

// OK where the database has every table and column that the mapping reads, and takes its folded expression. Else
// REGISTRY_MISMATCH naming the one that it does not have, or does not let us read, with the mapping's key for it as the
// field; `said` is what the database says of the question that it refused.
absl::Status CheckSchema(const std::string& registry, const Mapping& mapping,
                         const SqlDialect& dialect, const std::string& said,
                         const TakesStatement& takes);

// The same of a question that certainly does not fit: never OK.
absl::Status SchemaMismatch(const std::string& registry, const Mapping& mapping,
                            const SqlDialect& dialect, const std::string& said,
                            const TakesStatement& takes);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_
