// A mapping of a file of transfers, and a row: the mapping's YAML, a line `---`, then the values of one row, one to a line.

#include "adapters/mapping/transfer_mapping.h"

#include <algorithm>

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
  CheckMapping<TransferMapping, config::v1::TransferMapping>(TextOf(bytes, size), &CheckRow);
  return 0;
}
