#ifndef TRACEGATE_ADAPTERS_MAPPING_NESTED_RECORD_H_
#define TRACEGATE_ADAPTERS_MAPPING_NESTED_RECORD_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "adapters/mapping/mapping.h"
#include "adapters/mapping/source_table.h"
#include "tracegate/v1/registry_record.pb.h"

namespace tracegate {

// One record as a registry of documents gives it: with everything about it inside.
struct NestedRecord {
  SourceRow row;
  std::vector<std::vector<SourceRow>>
      related;                      // of each related() table of the mapping, in its order
  std::vector<std::string> unread;  // columns that hold no single value

  bool operator==(const NestedRecord&) const = default;
};

// OK where a mapping can be one of documents that a registry finds by itself: no SQL, no cells to look into, events in the
// record. Else CONFIG_INVALID; `field`: of the registry, that names the mapping.
absl::Status CheckNested(const std::string& field, const Mapping& mapping);

// Puts rows into the order of one of their columns: numbers by their value, as a database orders a column of numbers; other
// text by its bytes; nothing first.
void SortRows(size_t position, std::vector<SourceRow>* rows);

// Puts the related rows into the order that the mapping says, and translates; what could not be read is a loss.
v1::RegistryRecord Translate(const Mapping& mapping, NestedRecord record);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_NESTED_RECORD_H_
