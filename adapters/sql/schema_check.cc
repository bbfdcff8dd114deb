#include "adapters/sql/schema_check.h"

#include "adapters/sql/query_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Mismatch(const std::string& registry, const std::string& key,
                      const std::string& problem) {
  return FieldFailure(v1::REASON_REGISTRY_MISMATCH, key, "registry '" + registry + "' " + problem);
}

// What the database does not have of one table; OK where it has all.
absl::Status CheckTable(const std::string& registry, const SourceTable& table,
                        const SqlDialect& dialect, const TakesStatement& takes) {
  const std::string from = " FROM " + dialect.TableName(table.name) + " WHERE 1 = 0";
  if (!takes("SELECT 1" + from)) {
    return Mismatch(registry, table.mapping_key,
                    "has no table '" + table.name +
                        "' that may be read; expected the mapping to name one it has");
  }
  for (const SourceColumn& column : table.columns) {
    if (takes("SELECT " + Qualified(table, column.name, dialect) + from)) continue;
    return Mismatch(registry, column.mapping_key,
                    "has no column '" + column.name + "' in '" + table.name +
                        "' that may be read; expected the mapping to name one it has");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckSchema(const std::string& registry, const Mapping& mapping,
                         const SqlDialect& dialect, const std::string& said,
                         const TakesStatement& takes) {
  absl::Status checked = CheckTable(registry, mapping.records(), dialect, takes);
  for (const SourceTable& table : mapping.related()) {
    if (checked.ok()) checked = CheckTable(registry, table, dialect, takes);
  }
  const std::string& folded = mapping.serial_search().folded();
  if (!checked.ok() || folded.empty()) return checked;
  const std::string from = " FROM " + dialect.TableName(mapping.records().name) + " WHERE 1 = 0";
  if (takes("SELECT (\n" + folded + "\n)" + from)) return absl::OkStatus();
  return Mismatch(registry, "serial_search.folded", "cannot be asked so: " + said);
}

absl::Status SchemaMismatch(const std::string& registry, const Mapping& mapping,
                            const SqlDialect& dialect, const std::string& said,
                            const TakesStatement& takes) {
  absl::Status checked = CheckSchema(registry, mapping, dialect, said, takes);
  return checked.ok() ? Mismatch(registry, "source", "cannot be asked so: " + said) : checked;
}

}  // namespace tracegate
