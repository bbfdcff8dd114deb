// A mapping and a registry's row: the mapping's YAML, a line `---`, then the values of one row, one to a
// line, which every table of the mapping gets.

#include "adapters/mapping/mapping.h"

#include "protos/tracegate/bounds_check.h"
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
  CheckMapping<Mapping, config::v1::Mapping>(TextOf(bytes, size), &CheckRecord);
  return 0;
}
