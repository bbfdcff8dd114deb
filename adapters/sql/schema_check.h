#ifndef TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_
#define TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_

#include <sqlite3.h>

#include <string>

#include "absl/status/status.h"
#include "adapters/mapping/mapping.h"

namespace tracegate {

// Why SQLite refused a question that was made from a mapping: REGISTRY_MISMATCH naming the table or column
// that the database does not have, with the mapping's key for it as the field; else the folded expression,
// with what SQLite says of it.
absl::Status SchemaMismatch(sqlite3* database, const std::string& registry, const Mapping& mapping);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SCHEMA_CHECK_H_
