#ifndef TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_
#define TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_

#include <algorithm>
#include <optional>
#include <string_view>

#include "adapters/mapping/source_table.h"

namespace tracegate {

// Stands between a mapping and the row that it reads.
inline constexpr std::string_view kRowMark = "\n---\n";

// A row of so many columns: values one to a line, and none once they end.
inline SourceRow RowOf(std::string_view values, size_t columns) {
  SourceRow row(columns);
  for (std::optional<std::string>& value : row) {
    if (values.empty()) break;
    const size_t end = std::min(values.find('\n'), values.size());
    value = values.substr(0, end);
    values.remove_prefix(std::min(end + 1, values.size()));
  }
  return row;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_
