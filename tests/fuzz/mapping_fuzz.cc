// A mapping and a registry's row: the mapping's YAML, a line `---`, then the values of one row, one to a
// line, which every table of the mapping gets.

#include "adapters/mapping/mapping.h"

#include <algorithm>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/source_row.h"

namespace tracegate {
namespace {

void CheckRecord(const Mapping& mapping, std::string_view values) {
  std::vector<std::vector<SourceRow>> related;
  for (const SourceTable& table : mapping.related()) {
    related.push_back({2, RowOf(values, table.columns.size())});
  }
  const SourceRow row = RowOf(values, mapping.records().columns.size());
  const v1::RegistryRecord record = mapping.Translate(row, related);
  const absl::Status bounds = CheckBounds(record);
  Require(bounds.ok(), "a record is within its bounds: " + std::string(bounds.message()));
  v1::RegistryRecord sent;
  Require(sent.ParseFromString(record.SerializeAsString()), "a record is text");
  size_t told = 0;
  for (const auto& value : row) told += value.has_value() ? 1 : 0;
  Require(static_cast<size_t>(record.verbatim_size()) >= told || record.losses_size() > 0,
          "what the registry wrote is kept, or told as lost");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  const size_t mark = std::min(input.find(kRowMark), input.size());
  config::v1::Mapping proto;
  YamlPlaces places;
  if (!ParseYamlMessage(input.substr(0, mark), "m.yaml", &proto, &places).ok()) return 0;
  const auto mapping = Mapping::Create(proto, places);
  if (!mapping.ok()) {
    RequireRefusal(mapping.status(), v1::REASON_CONFIG_INVALID);
    return 0;
  }
  CheckRecord(*mapping, input.substr(std::min(mark + kRowMark.size(), input.size())));
  return 0;
}
