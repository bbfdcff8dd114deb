// A mapping of a file of transfers, and a row: the mapping's YAML, a line `---`, then the values of one row, one to a line.

#include "adapters/mapping/transfer_mapping.h"

#include <algorithm>

#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/source_row.h"

namespace tracegate {
namespace {

void CheckRow(const TransferMapping& mapping, std::string_view values) {
  const SourceRow row = RowOf(values, mapping.columns().size());
  const MappedRow mapped = mapping.Translate(row);
  for (const v1::TransferRecord& record : mapped.records) {
    v1::TransferRecord sent;
    Require(sent.ParseFromString(record.SerializeAsString()), "a record is text");
    Require(record.lines_size() > 0, "a record has a line");
  }
  const bool stopped = std::any_of(mapped.losses.begin(), mapped.losses.end(),
                                   [](const TransferLoss& loss) { return loss.stops; });
  Require(mapped.lines_lost == 0 || stopped, "a line that is lost is told");
  Require(mapped.skipped.empty() || mapped.records.empty(), "a row that is skipped is no transfer");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  const size_t mark = std::min(input.find(kRowMark), input.size());
  config::v1::TransferMapping proto;
  YamlPlaces places;
  if (!ParseYamlMessage(input.substr(0, mark), "m.yaml", &proto, &places).ok()) return 0;
  const auto mapping = TransferMapping::Create(proto, places);
  if (!mapping.ok()) {
    RequireRefusal(mapping.status(), v1::REASON_CONFIG_INVALID);
    return 0;
  }
  CheckRow(*mapping, input.substr(std::min(mark + kRowMark.size(), input.size())));
  return 0;
}
