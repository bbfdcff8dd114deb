#ifndef TRACEGATE_ADAPTERS_MAPPING_NESTED_TABLE_H_
#define TRACEGATE_ADAPTERS_MAPPING_NESTED_TABLE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/mapping/mapping.h"
#include "adapters/mapping/source_table.h"

namespace tracegate {

// What a message can hold of one value is half of it; the mapping cuts there, and says so.
inline constexpr size_t kNestedValueBytesMax = 8 << 10;

// A table of a mapping that reads documents: where rows are in one, and where columns are in a row. `Place` is how that
// kind of document names a place.
template <typename Place>
struct NestedTable {
  struct Column {
    std::string name;
    std::string mapping_key;
    Place place;
  };
  std::string name;
  std::string mapping_key;
  Place place;
  std::vector<Column> columns;
};

// All that a mapping reads.
template <typename Place>
struct NestedTables {
  NestedTable<Place> records;
  std::vector<NestedTable<Place>> related;  // in the mapping's order
  size_t record_number = 0;                 // positions among the columns of records
  size_t serial = 0;
};

// `parse(text)` gives a StatusOr<Place>. Errors: INVALID_ARGUMENT with the mapping's key that names no place.
template <typename Place, typename Parse>
absl::StatusOr<NestedTables<Place>> NestedTablesOf(const Mapping& mapping, Parse parse) {
  const auto place_of = [&](const std::string& text,
                            const std::string& mapping_key) -> absl::StatusOr<Place> {
    auto place = parse(text);
    if (place.ok()) return place;
    return absl::InvalidArgumentError(mapping_key + ", which " +
                                      std::string(place.status().message()));
  };
  const auto table_of = [&](const SourceTable& source) -> absl::StatusOr<NestedTable<Place>> {
    auto place = place_of(source.name, source.mapping_key);
    if (!place.ok()) return place.status();
    NestedTable<Place> table{source.name, source.mapping_key, *std::move(place), {}};
    for (const SourceColumn& column : source.columns) {
      auto in_row = place_of(column.name, column.mapping_key);
      if (!in_row.ok()) return in_row.status();
      table.columns.push_back({column.name, column.mapping_key, *std::move(in_row)});
    }
    return table;
  };
  auto records = table_of(mapping.records());
  if (!records.ok()) return records.status();
  SourceTable columns = mapping.records();
  NestedTables<Place> tables{*std::move(records),
                             {},
                             mapping.record_number_position(),
                             columns.Read(mapping.serial_search().column(), "")};
  for (const SourceTable& source : mapping.related()) {
    auto table = table_of(source);
    if (!table.ok()) return table.status();
    tables.related.push_back(*std::move(table));
  }
  return tables;
}

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_NESTED_TABLE_H_
