#ifndef TRACEGATE_ADAPTERS_MAPPING_SOURCE_TABLE_H_
#define TRACEGATE_ADAPTERS_MAPPING_SOURCE_TABLE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tracegate {

// One column that a mapping reads, and the key of the mapping that named it first.
struct SourceColumn {
  std::string name;
  std::string mapping_key;  // `fields[2].column`
};

// A table, view, element or file of a registry, and what is read of it.
struct SourceTable {
  std::string name;
  std::string
      record_number;        // the column by which rows belong to a record; empty: they stand in it
  std::string order_by;     // empty: as they come
  std::string mapping_key;  // the key that named the table
  std::vector<SourceColumn> columns;

  // Position of a column in rows of this table; it is added where it is new.
  size_t Read(const std::string& column, const std::string& mapping_key) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name == column) return i;
    }
    columns.push_back({column, mapping_key});
    return columns.size() - 1;
  }
};

// Values of one row, bytes as the registry gave them, in the order of the table's columns.
using SourceRow = std::vector<std::optional<std::string>>;

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_SOURCE_TABLE_H_
