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
  struct Column {
    std::string name;
    std::string mapping_key;
    JsonPlace place;
  };
  struct Table {
    std::string name;
    std::string mapping_key;
    JsonPlace place;
    std::vector<Column> columns;
  };

  explicit JsonRecords(std::string asked, Table records)
      : asked_(std::move(asked)), records_(std::move(records)) {}

  static absl::StatusOr<Table> TableOf(const SourceTable& source);
  static SourceRow RowOf(const Table& table, const JsonValue& value, const std::string& row_name,
                         std::vector<std::string>* unread);
  absl::Status ReadRelated(const Table& table, const JsonValue& value, NestedRecord* record) const;
  absl::Status CheckKeys(const std::vector<const JsonValue*>& records,
                         const std::vector<size_t>& columns) const;
  absl::Status Mismatch(const std::string& mapping_key, const std::string& what) const;

  std::string asked_;
  Table records_;
  std::vector<Table> related_;
  size_t record_number_ = 0;  // positions among the columns of records_
  size_t serial_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_JSON_RECORDS_H_
