#include "adapters/sql/schema_check.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Names of a table's or view's columns; empty where there is no such table. The row's own number can be
// read of every table, under any of its names.
std::vector<std::string> ColumnNames(sqlite3* database, const std::string& table) {
  static constexpr char kSql[] = "SELECT name FROM pragma_table_xinfo(?1)";
  sqlite3_stmt* raw = nullptr;
  sqlite3_prepare_v2(database, kSql, -1, &raw, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, &sqlite3_finalize);
  std::vector<std::string> names;
  sqlite3_bind_text(raw, 1, table.data(), static_cast<int>(table.size()), SQLITE_STATIC);
  while (raw != nullptr && sqlite3_step(raw) == SQLITE_ROW) {
    const auto* name = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
    if (name != nullptr) names.emplace_back(name);
  }
  if (!names.empty()) names.insert(names.end(), {"rowid", "oid", "_rowid_"});
  return names;
}

absl::Status Mismatch(const std::string& registry, const std::string& key,
                      const std::string& problem) {
  return FieldFailure(v1::REASON_REGISTRY_MISMATCH, key, "registry '" + registry + "' " + problem);
}

// What the database does not have of one table; OK where it has all.
absl::Status CheckTable(sqlite3* database, const std::string& registry, const SourceTable& table) {
  const std::vector<std::string> names = ColumnNames(database, table.name);
  if (names.empty()) {
    return Mismatch(registry, table.mapping_key,
                    "has no table '" + table.name + "'; expected the mapping to name one it has");
  }
  for (const SourceColumn& column : table.columns) {
    const bool found = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return sqlite3_stricmp(name.c_str(), column.name.c_str()) == 0;
    });
    if (found) continue;
    return Mismatch(registry, column.mapping_key,
                    "has no column '" + column.name + "' in '" + table.name +
                        "'; expected the mapping to name one it has");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SchemaMismatch(sqlite3* database, const std::string& registry,
                            const Mapping& mapping) {
  const std::string said = sqlite3_errmsg(database);
  if (absl::Status checked = CheckTable(database, registry, mapping.records()); !checked.ok()) {
    return checked;
  }
  for (const SourceTable& table : mapping.related()) {
    if (absl::Status checked = CheckTable(database, registry, table); !checked.ok()) return checked;
  }
  const bool has_folded = !mapping.serial_search().folded().empty();
  return Mismatch(registry, has_folded ? "serial_search.folded" : "source",
                  "cannot be asked so: " + said);
}

}  // namespace tracegate
