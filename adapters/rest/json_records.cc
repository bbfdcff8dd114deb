#include "adapters/rest/json_records.h"

#include <algorithm>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// What a message can hold of one value is half of it; the mapping cuts there, and says so.
constexpr size_t kValueBytesMax = 8 << 10;

absl::StatusOr<JsonPlace> PlaceOf(const std::string& name, const std::string& mapping_key) {
  auto place = JsonPlace::Parse(name);
  if (place.ok()) return place;
  return absl::InvalidArgumentError(mapping_key + ", which " +
                                    std::string(place.status().message()));
}

std::string Called(const std::string& name, const std::string& mapping_key) {
  return "'" + name + "' (" + mapping_key + ")";
}

}  // namespace

absl::StatusOr<JsonRecords> JsonRecords::Create(std::string asked, const Mapping& mapping) {
  auto records = TableOf(mapping.records());
  if (!records.ok()) return records.status();
  JsonRecords reading(std::move(asked), *std::move(records));
  for (const SourceTable& source : mapping.related()) {
    auto table = TableOf(source);
    if (!table.ok()) return table.status();
    reading.related_.push_back(*std::move(table));
  }
  SourceTable columns = mapping.records();
  reading.record_number_ = mapping.record_number_position();
  reading.serial_ = columns.Read(mapping.serial_search().column(), "");
  return reading;
}

absl::StatusOr<JsonRecords::Table> JsonRecords::TableOf(const SourceTable& source) {
  auto place = PlaceOf(source.name, source.mapping_key);
  if (!place.ok()) return place.status();
  Table table{source.name, source.mapping_key, *std::move(place), {}};
  for (const SourceColumn& column : source.columns) {
    auto in_row = PlaceOf(column.name, column.mapping_key);
    if (!in_row.ok()) return in_row.status();
    table.columns.push_back({column.name, column.mapping_key, *std::move(in_row)});
  }
  return table;
}

absl::Status JsonRecords::Mismatch(const std::string& mapping_key, const std::string& what) const {
  return FieldFailure(v1::REASON_REGISTRY_MISMATCH, mapping_key, asked_ + " answers " + what);
}

absl::StatusOr<std::vector<NestedRecord>> JsonRecords::InList(const JsonValue& answer) const {
  const JsonValue* list = records_.place.In(answer);
  const std::string called = Called(records_.name, records_.mapping_key);
  if (list == nullptr) return Mismatch(records_.mapping_key, "without a list at " + called);
  std::vector<NestedRecord> records;
  if (list->IsNull()) return records;
  if (!list->IsArray()) return Mismatch(records_.mapping_key, "with no list at " + called);
  std::vector<const JsonValue*> values;
  for (const JsonValue& value : list->GetArray()) values.push_back(&value);
  absl::Status checked = CheckKeys(values, {record_number_, serial_});
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
    return Mismatch(records_.mapping_key, "with a record that is no object");
  }
  NestedRecord record;
  record.row = RowOf(records_, value, "", &record.unread);
  for (const Table& table : related_) {
    if (absl::Status read = ReadRelated(table, value, &record); !read.ok()) return read;
  }
  return record;
}

SourceRow JsonRecords::RowOf(const Table& table, const JsonValue& value,
                             const std::string& row_name, std::vector<std::string>* unread) {
  SourceRow row;
  for (const Column& column : table.columns) {
    const JsonValue* at = column.place.In(value);
    auto text = at == nullptr ? std::nullopt : JsonText(*at);
    if (at != nullptr && !text && !at->IsNull()) unread->push_back(row_name + column.name);
    if (text && text->size() > kValueBytesMax) text->resize(kValueBytesMax);
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
    const Column& column = records_.columns[position];
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
