#ifndef TRACEGATE_ADAPTERS_MAPPING_MAPPING_H_
#define TRACEGATE_ADAPTERS_MAPPING_MAPPING_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/mapping/character_set.h"
#include "adapters/mapping/field_rule.h"
#include "adapters/mapping/source_table.h"
#include "protos/tracegate/config/yaml_places.h"
#include "tracegate/config/v1/mapping.pb.h"
#include "tracegate/v1/registry_record.pb.h"

namespace tracegate {

// Rows of one related table that are read about one record.
inline constexpr size_t kRelatedRowsMax = 256;

// How one registry writes things down, checked and ready to translate: which tables and columns to
// read, and what a row of them means in canonical words. Knows nothing of how rows are fetched.
//
// What the registry wrote is kept: every value that is read stands in the record's `verbatim`, and what
// has no canonical word is told in `losses`. A record made here is within the bounds of its proto.
//
// Thread safety: immutable.
class Mapping {
 public:
  // Reads and checks a YAML file of config.v1.Mapping.
  // Errors: CONFIG_INVALID with `file:line:column: key.path`.
  static absl::StatusOr<Mapping> Load(const std::string& path);

  // Same, of a mapping that was read already; `places` tells errors where its keys stood.
  static absl::StatusOr<Mapping> Create(const config::v1::Mapping& proto,
                                        const YamlPlaces& places = YamlPlaces());

  // The table of records.
  const SourceTable& records() const { return records_; }
  // Tables with rows about a record, each to be asked for all rows of one record number.
  const std::vector<SourceTable>& related() const { return related_; }
  // The key of the first event whose rows are a list in the record itself, which no table is; empty: none.
  std::string KeyOfListInRecord() const;
  // The key of the first event whose rows stand in a table of their own, which no list is; empty: none.
  std::string KeyOfOtherTable() const;
  // How to look for a serial number in the table of records.
  const config::v1::SerialSearch& serial_search() const { return serial_search_; }
  // How the registry stores text. Rows are handed to Translate decoded.
  const CharacterSet& character_set() const { return character_set_; }
  // Position of the record number in rows of records().
  size_t record_number_position() const { return record_number_; }

  // The record that `row` of records() tells, with the rows of each related() table about it: `rows[i]`
  // are of related()[i], in its order; at most kRelatedRowsMax of each are read. Never fails: what cannot
  // be translated is a loss.
  v1::RegistryRecord Translate(const SourceRow& row,
                               const std::vector<std::vector<SourceRow>>& rows = {}) const;

 private:
  struct EventRule {
    std::string key;
    int table = -1;  // of related_; -1: the record's own row
    std::vector<FieldRule> fields;
    int present_if = -1;  // position of the column; -1: none
  };

  Mapping() = default;

  absl::Status AddRecordFields(const config::v1::Mapping& proto, const RuleContext& context);
  absl::Status AddEvent(const config::v1::EventMapping& proto, const RuleContext& context,
                        const std::string& key);
  static bool Exists(const EventRule& event, const SourceRow& row);

  CharacterSet character_set_;
  SourceTable records_;
  std::vector<SourceTable> related_;
  config::v1::SerialSearch serial_search_;
  size_t record_number_ = 0;
  std::vector<FieldRule> fields_;
  std::vector<EventRule> events_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_MAPPING_H_
