#include "adapters/xml/xml_records.h"

#include <algorithm>

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<XmlRecords> XmlRecords::Create(std::string asked, const Mapping& mapping,
                                              const XmlNamespaces& namespaces) {
  auto tables = NestedTablesOf<XmlPath>(
      mapping, [&](const std::string& text) { return XmlPath::Parse(text, namespaces); });
  if (!tables.ok()) return tables.status();
  return XmlRecords(std::move(asked), *std::move(tables));
}

absl::StatusOr<std::vector<NestedRecord>> XmlRecords::In(xmlNode* answer,
                                                         size_t records_max) const {
  std::vector<NestedRecord> records;
  for (xmlNode* element : tables_.records.place.Elements(answer, records_max)) {
    records.push_back(RecordOf(element));
  }
  if (absl::Status checked = CheckKeys(records); !checked.ok()) return checked;
  return records;
}

NestedRecord XmlRecords::RecordOf(xmlNode* element) const {
  NestedRecord record;
  record.row = RowOf(tables_.records, element, "", &record.unread);
  for (const Table& table : tables_.related) {
    std::vector<SourceRow>& rows = record.related.emplace_back();
    // One row more than is read tells the mapping that there are more.
    for (xmlNode* row : table.place.Elements(element, kRelatedRowsMax + 1)) {
      const std::string row_name = table.name + "[" + std::to_string(rows.size()) + "].";
      rows.push_back(RowOf(table, row, row_name, &record.unread));
    }
  }
  return record;
}

SourceRow XmlRecords::RowOf(const Table& table, xmlNode* element, const std::string& row_name,
                            std::vector<std::string>* unread) {
  SourceRow row;
  for (const Table::Column& column : table.columns) {
    bool no_single = false;
    auto text = column.place.Text(element, &no_single);
    if (no_single) unread->push_back(row_name + column.name);
    if (text && text->size() > kNestedValueBytesMax) text->resize(kNestedValueBytesMax);
    row.push_back(std::move(text));
  }
  return row;
}

absl::Status XmlRecords::CheckKeys(const std::vector<NestedRecord>& records) const {
  for (const size_t position : {tables_.record_number, tables_.serial}) {
    const bool is_known =
        std::any_of(records.begin(), records.end(),
                    [&](const NestedRecord& record) { return record.row[position].has_value(); });
    if (is_known || records.empty()) continue;
    const Table::Column& column = tables_.records.columns[position];
    return FieldFailure(v1::REASON_REGISTRY_MISMATCH, column.mapping_key,
                        asked_ + " answers with records of which none has '" + column.name + "' (" +
                            column.mapping_key + ")");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
