#include "adapters/rest/json_records.h"

#include <algorithm>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string Called(const std::string& name, const std::string& mapping_key) {
  return "'" + name + "' (" + mapping_key + ")";
}

}  // namespace

absl::StatusOr<JsonRecords> JsonRecords::Create(std::string asked, const Mapping& mapping) {
  auto tables = NestedTablesOf<JsonPlace>(mapping, &JsonPlace::Parse);
  if (!tables.ok()) return tables.status();
  return JsonRecords(std::move(asked), *std::move(tables));
}

absl::Status JsonRecords::Mismatch(const std::string& mapping_key, const std::string& what) const {
  return FieldFailure(v1::REASON_REGISTRY_MISMATCH, mapping_key, asked_ + " answers " + what);
}

absl::StatusOr<std::vector<NestedRecord>> JsonRecords::InList(const JsonValue& answer) const {
  const JsonValue* list = tables_.records.place.In(answer);
  const std::string called = Called(tables_.records.name, tables_.records.mapping_key);
  if (list == nullptr) return Mismatch(tables_.records.mapping_key, "without a list at " + called);
  std::vector<NestedRecord> records;
  if (list->IsNull()) return records;
  if (!list->IsArray()) return Mismatch(tables_.records.mapping_key, "with no list at " + called);
  std::vector<const JsonValue*> values;
  for (const JsonValue& value : list->GetArray()) values.push_back(&value);
  absl::Status checked = CheckKeys(values, {tables_.record_number, tables_.serial});
  for (size_t i = 0; checked.ok() && i < values.size(); ++i) {
    auto record = One(*values[i]);
    checked = record.status();
    if (record.ok()) records.push_back(*std::move(record));
  }
  if (!checked.ok()) return checked;
  return records;
}

absl::StatusOr<NestedRecord> JsonRecords::One(const JsonValue& value) const {
  if (!value.IsObject()) {
    return Mismatch(tables_.records.mapping_key, "with a record that is no object");
  }
  NestedRecord record;
  record.row = RowOf(tables_.records, value, "", &record.unread);
  for (const Table& table : tables_.related) {
    if (absl::Status read = ReadRelated(table, value, &record); !read.ok()) return read;
  }
  return record;
}

SourceRow JsonRecords::RowOf(const Table& table, const JsonValue& value,
                             const std::string& row_name, std::vector<std::string>* unread) {
  SourceRow row;
  for (const Table::Column& column : table.columns) {
    const JsonValue* at = column.place.In(value);
    auto text = at == nullptr ? std::nullopt : JsonText(*at);
    if (at != nullptr && !text && !at->IsNull()) unread->push_back(row_name + column.name);
    if (text && text->size() > kNestedValueBytesMax) text->resize(kNestedValueBytesMax);
    row.push_back(std::move(text));
  }
  return row;
}

absl::Status JsonRecords::ReadRelated(const Table& table, const JsonValue& value,
                                      NestedRecord* record) const {
  std::vector<SourceRow>& rows = record->related.emplace_back();
  const JsonValue* list = table.place.In(value);
  if (list == nullptr || list->IsNull()) return absl::OkStatus();
  if (!list->IsArray()) {
    return Mismatch(table.mapping_key, "with no list at " + Called(table.name, table.mapping_key));
  }
  // One row more than is read tells the mapping that there are more.
  const size_t count = std::min<size_t>(list->Size(), kRelatedRowsMax + 1);
  for (size_t i = 0; i < count; ++i) {
    const std::string row_name = table.name + "[" + std::to_string(i) + "].";
    rows.push_back(
        RowOf(table, (*list)[static_cast<rapidjson::SizeType>(i)], row_name, &record->unread));
  }
  return absl::OkStatus();
}

absl::Status JsonRecords::CheckKeys(const std::vector<const JsonValue*>& records,
                                    const std::vector<size_t>& columns) const {
  for (const size_t position : columns) {
    const Table::Column& column = tables_.records.columns[position];
    const bool is_known = std::any_of(records.begin(), records.end(), [&](const JsonValue* record) {
      return column.place.In(*record) != nullptr;
    });
    if (is_known || records.empty()) continue;
    return Mismatch(column.mapping_key,
                    "with records of which none has " + Called(column.name, column.mapping_key));
  }
  return absl::OkStatus();
}

}  // namespace tracegate
