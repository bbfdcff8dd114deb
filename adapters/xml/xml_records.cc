#include "adapters/xml/xml_records.h"

#include <algorithm>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// What a message can hold of one value is half of it; the mapping cuts there, and says so.
constexpr size_t kValueBytesMax = 8 << 10;

absl::StatusOr<XmlPath> PathOf(const std::string& name, const std::string& mapping_key,
                               const XmlNamespaces& namespaces) {
  auto path = XmlPath::Parse(name, namespaces);
  if (path.ok()) return path;
  return absl::InvalidArgumentError(mapping_key + ", which " +
                                    std::string(path.status().message()));
}

}  // namespace

absl::StatusOr<XmlRecords> XmlRecords::Create(std::string asked, const Mapping& mapping,
                                              const XmlNamespaces& namespaces) {
  auto records = TableOf(mapping.records(), namespaces);
  if (!records.ok()) return records.status();
  XmlRecords reading(std::move(asked), *std::move(records));
  for (const SourceTable& source : mapping.related()) {
    auto table = TableOf(source, namespaces);
    if (!table.ok()) return table.status();
    reading.related_.push_back(*std::move(table));
  }
  SourceTable columns = mapping.records();
  reading.record_number_ = mapping.record_number_position();
  reading.serial_ = columns.Read(mapping.serial_search().column(), "");
  return reading;
}

absl::StatusOr<XmlRecords::Table> XmlRecords::TableOf(const SourceTable& source,
                                                      const XmlNamespaces& namespaces) {
  auto path = PathOf(source.name, source.mapping_key, namespaces);
  if (!path.ok()) return path.status();
  Table table{source.name, source.mapping_key, *std::move(path), {}};
  for (const SourceColumn& column : source.columns) {
    auto in_row = PathOf(column.name, column.mapping_key, namespaces);
    if (!in_row.ok()) return in_row.status();
    table.columns.push_back({column.name, column.mapping_key, *std::move(in_row)});
  }
  return table;
}

absl::StatusOr<std::vector<NestedRecord>> XmlRecords::In(xmlNode* answer,
                                                         size_t records_max) const {
  std::vector<NestedRecord> records;
  for (xmlNode* element : records_.path.Elements(answer, records_max)) {
    records.push_back(RecordOf(element));
  }
  if (absl::Status checked = CheckKeys(records); !checked.ok()) return checked;
  return records;
}

NestedRecord XmlRecords::RecordOf(xmlNode* element) const {
  NestedRecord record;
  record.row = RowOf(records_, element, "", &record.unread);
  for (const Table& table : related_) {
    std::vector<SourceRow>& rows = record.related.emplace_back();
    // One row more than is read tells the mapping that there are more.
    for (xmlNode* row : table.path.Elements(element, kRelatedRowsMax + 1)) {
      const std::string row_name = table.name + "[" + std::to_string(rows.size()) + "].";
      rows.push_back(RowOf(table, row, row_name, &record.unread));
    }
  }
  return record;
}

SourceRow XmlRecords::RowOf(const Table& table, xmlNode* element, const std::string& row_name,
                            std::vector<std::string>* unread) {
  SourceRow row;
  for (const Column& column : table.columns) {
    bool no_single = false;
    auto text = column.path.Text(element, &no_single);
    if (no_single) unread->push_back(row_name + column.name);
    if (text && text->size() > kValueBytesMax) text->resize(kValueBytesMax);
    row.push_back(std::move(text));
  }
  return row;
}

absl::Status XmlRecords::CheckKeys(const std::vector<NestedRecord>& records) const {
  for (const size_t position : {record_number_, serial_}) {
    const bool is_known =
        std::any_of(records.begin(), records.end(),
                    [&](const NestedRecord& record) { return record.row[position].has_value(); });
    if (is_known || records.empty()) continue;
    const Column& column = records_.columns[position];
    return FieldFailure(v1::REASON_REGISTRY_MISMATCH, column.mapping_key,
                        asked_ + " answers with records of which none has '" + column.name + "' (" +
                            column.mapping_key + ")");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
