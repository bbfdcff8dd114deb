#ifndef TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_
#define TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_

#include <algorithm>
#include <optional>
#include <string_view>

#include "adapters/mapping/source_table.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"

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

// Reads the mapping before the mark, which must be refused as a configuration or be one, and checks what stands behind it.
template <typename Mapping, typename Proto, typename Check>
void CheckMapping(std::string_view input, Check check) {
  const size_t mark = std::min(input.find(kRowMark), input.size());
  Proto proto;
  YamlPlaces places;
  if (!ParseYamlMessage(input.substr(0, mark), "m.yaml", &proto, &places).ok()) return;
  const auto mapping = Mapping::Create(proto, places);
  if (!mapping.ok()) return RequireRefusal(mapping.status(), v1::REASON_CONFIG_INVALID);
  check(*mapping, input.substr(std::min(mark + kRowMark.size(), input.size())));
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_FUZZ_SOURCE_ROW_H_
