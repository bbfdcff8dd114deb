#ifndef TRACEGATE_ADAPTERS_REST_JSON_RECORDS_H_
#define TRACEGATE_ADAPTERS_REST_JSON_RECORDS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/http/json_answer.h"
#include "adapters/mapping/mapping.h"
#include "adapters/mapping/nested_record.h"
#include "adapters/mapping/nested_table.h"

namespace tracegate {

// Reads the records of a mapping out of JSON.
//
// Thread safety: immutable. Errors: REGISTRY_MISMATCH naming the mapping's key for what the answer does not have.
class JsonRecords {
 public:
  // `asked`: who answers, for messages. Errors: INVALID_ARGUMENT with the mapping's key that names no place.
  static absl::StatusOr<JsonRecords> Create(std::string asked, const Mapping& mapping);

  // The records in the list of an answer to a search. One without a column has nothing there; an answer of which none
  // has a serial or a record number is no answer of this registry.
  absl::StatusOr<std::vector<NestedRecord>> InList(const JsonValue& answer) const;

  // A record by itself.
  absl::StatusOr<NestedRecord> One(const JsonValue& value) const;

 private:
  using Table = NestedTable<JsonPlace>;

  JsonRecords(std::string asked, NestedTables<JsonPlace> tables)
      : asked_(std::move(asked)), tables_(std::move(tables)) {}

  static SourceRow RowOf(const Table& table, const JsonValue& value, const std::string& row_name,
                         std::vector<std::string>* unread);
  absl::Status ReadRelated(const Table& table, const JsonValue& value, NestedRecord* record) const;
  absl::Status CheckKeys(const std::vector<const JsonValue*>& records,
                         const std::vector<size_t>& columns) const;
  absl::Status Mismatch(const std::string& mapping_key, const std::string& what) const;

  std::string asked_;
  NestedTables<JsonPlace> tables_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_JSON_RECORDS_H_
