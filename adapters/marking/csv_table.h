#ifndef TRACEGATE_ADAPTERS_MARKING_CSV_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_CSV_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// One row: its fields in the order of the header, and the line it starts on, for messages.
struct CsvRow {
  int line = 0;
  std::vector<std::string> fields;
};

// Reads a catalogue table strictly: RFC 4180 with LF line ends, UTF-8, a first line that is exactly
// `header`, the same number of fields in every row, no blank line, no space at either end of a
// field, a last line that ends. Errors: INTERNAL naming the line; a table ships with the program,
// so a bad one is the program's fault.
absl::StatusOr<std::vector<CsvRow>> ReadCsv(std::string_view csv, std::string_view header);

// The parts of a field that holds a list, `;` between them; none of an empty field.
std::vector<std::string_view> ListOf(std::string_view field);

// INTERNAL: `table` is malformed at `line`.
absl::Status TableFault(std::string_view table, int line, std::string_view problem);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CSV_TABLE_H_
