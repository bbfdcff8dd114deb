#ifndef TRACEGATE_ADAPTERS_CSV_CSV_SNAPSHOT_H_
#define TRACEGATE_ADAPTERS_CSV_CSV_SNAPSHOT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/csv/csv_table.h"
#include "adapters/csv/key_index.h"
#include "adapters/mapping/mapping.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// All files of one registry as they were at one moment, with an index of serials and one of record numbers.
//
// A serial is found by its letters and digits, whatever the separators and cases; a cell with remarks by its numbers
// where the mapping says that cells hold them (SerialCell), else by its whole text.
//
// Thread safety: immutable. Errors: INVALID_ARGUMENT for a request that is out of bounds; CANCELLED, DEADLINE_EXCEEDED
// as CallWatch; RECORD_NOT_FOUND.
class CsvSnapshot {
 public:
  // `mapping` outlives it. `files`: of the table of records, then of each related one. Errors: as CsvTable::Load.
  static absl::StatusOr<std::shared_ptr<const CsvSnapshot>> Load(const Mapping* mapping,
                                                                 const std::vector<CsvFile>& files);

  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 const CallWatch& watch) const;
  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(
      const adapter::v1::GetRecordRequest& request) const;

  // In the order of `files`.
  const CsvTable& table(size_t index) const {
    return index == 0 ? records_ : related_[index - 1].table;
  }

 private:
  struct Related {
    CsvTable table;
    KeyIndex numbers;           // of the records that rows are about
    size_t order_position = 0;  // of the column that orders them, where the mapping names one
    bool is_ordered = false;
  };

  CsvSnapshot(const Mapping* mapping, CsvTable records)
      : mapping_(mapping), records_(std::move(records)) {}

  static absl::StatusOr<Related> LoadRelated(const CsvFile& file, SourceTable table,
                                             const CharacterSet& character_set);
  void IndexRecords();
  std::vector<SourceRow> RowsAbout(const std::string& number, const Related& related) const;
  v1::RegistryRecord Translate(size_t row) const;

  const Mapping* const mapping_;
  CsvTable records_;
  KeyIndex serials_;  // folded
  KeyIndex numbers_;
  std::vector<Related> related_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_CSV_SNAPSHOT_H_
