#include "adapters/mapping/nested_record.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "adapters/mapping/record_writer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsBefore(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  double first = 0;
  double second = 0;
  if (a && b && absl::SimpleAtod(*a, &first) && absl::SimpleAtod(*b, &second)) {
    return first < second;
  }
  return a < b;
}

}  // namespace

absl::Status CheckNested(const std::string& field, const Mapping& mapping) {
  const auto wrong = [&](const std::string& what) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, field, "has " + what);
  };
  const auto& search = mapping.serial_search();
  if (!search.folded().empty()) {
    return wrong("serial_search.folded, which is SQL; expected it left out");
  }
  if (search.cell() > config::v1::SERIAL_CELL_NUMBER_ALONE) {
    return wrong("serial_search.cell; what the registry finds is up to it");
  }
  const std::string key = mapping.KeyOfOtherTable();
  if (key.empty()) return absl::OkStatus();
  return wrong(key + " with record_number; expected a list in the record, without it");
}

void SortRows(size_t position, std::vector<SourceRow>* rows) {
  std::ranges::stable_sort(*rows, IsBefore, [&](const SourceRow& row) { return row[position]; });
}

v1::RegistryRecord Translate(const Mapping& mapping, NestedRecord record) {
  for (size_t i = 0; i < record.related.size(); ++i) {
    SourceTable table = mapping.related()[i];
    if (!table.order_by.empty()) SortRows(table.Read(table.order_by, ""), &record.related[i]);
  }
  v1::RegistryRecord translated = mapping.Translate(record.row, record.related);
  for (const std::string& column : record.unread) {
    if (static_cast<size_t>(translated.losses_size()) >= kLossesMax) break;
    v1::TranslationLoss* loss = translated.add_losses();
    loss->set_name(column);
    loss->set_reason("holds no single value and was not read");
  }
  return translated;
}

}  // namespace tracegate
