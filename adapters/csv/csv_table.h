#ifndef TRACEGATE_ADAPTERS_CSV_CSV_TABLE_H_
#define TRACEGATE_ADAPTERS_CSV_CSV_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/csv/row_format.h"
#include "adapters/csv/row_walk.h"
#include "adapters/mapping/character_set.h"
#include "adapters/mapping/source_table.h"

namespace tracegate {

// How one file is to be read.
struct CsvFile {
  std::string path;
  RowFormat format = RowFormat::Delimited(',');
  std::vector<std::string> columns;  // of a fixed-width file; none: the first line names them
  int64_t bytes_max = int64_t{1} << 30;
};

// A row that could not be read.
struct BadRow {
  int64_t line = 0;       // it begins on, from 1
  std::string_view what;  // is wrong with it
};

// One file of a registry, whole in memory: its text in UTF-8, and where its rows begin. Rows are taken apart when they
// are asked for.
//
// Thread safety: immutable.
class CsvTable {
 public:
  // Errors: UNAVAILABLE (REGISTRY_UNAVAILABLE) where the file cannot be read or is too long; FAILED_PRECONDITION
  // (REGISTRY_MISMATCH) naming the column that `table` reads and the file lacks.
  static absl::StatusOr<CsvTable> Load(const CsvFile& file, const SourceTable& table,
                                       const CharacterSet& character_set);

  // Rows that could be read.
  size_t size() const { return begins_.size(); }
  // Values in the order of the table's columns; an empty field is none.
  SourceRow Row(size_t index) const;

  // The first rows that could not be read, and how many there are.
  const std::vector<BadRow>& bad_rows() const { return bad_rows_; }
  int64_t bad_count() const { return bad_count_; }

 private:
  CsvTable(RowFormat format, std::string text)
      : format_(std::move(format)), text_(std::move(text)) {}

  absl::Status FindColumns(const CsvFile& file, const SourceTable& table, RowWalk& rows);
  void FindRows(RowWalk& rows);

  RowFormat format_;
  std::string text_;
  size_t fields_ = 0;              // in a row
  std::vector<size_t> positions_;  // of the table's columns among them
  std::vector<size_t> begins_;     // in text_
  std::vector<BadRow> bad_rows_;
  int64_t bad_count_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_CSV_TABLE_H_
