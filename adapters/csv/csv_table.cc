#include "adapters/csv/csv_table.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kBadRowsMax = 20;

std::string NameOf(const CsvFile& file) {
  return std::filesystem::path(file.path).filename().string();
}

absl::Status Unavailable(const CsvFile& file, std::string_view what) {
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, NameOf(file) + " " + std::string(what));
}

absl::StatusOr<std::string> ReadWhole(const CsvFile& file) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(file.path, error);
  if (error) return Unavailable(file, "is not there");
  if (size > static_cast<uintmax_t>(file.bytes_max)) {
    return Unavailable(file, "has more than " + std::to_string(file.bytes_max) + " bytes");
  }
  std::string bytes(size, '\0');
  std::ifstream in(file.path, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (in.gcount() != static_cast<std::streamsize>(size)) {
    return Unavailable(file, "cannot be read");
  }
  return bytes;
}

}  // namespace

absl::StatusOr<CsvTable> CsvTable::Load(const CsvFile& file, const SourceTable& table,
                                        const CharacterSet& character_set) {
  auto bytes = ReadWhole(file);
  if (!bytes.ok()) return bytes.status();
  CsvTable loaded(file.format,
                  character_set.is_utf8() ? *std::move(bytes) : character_set.Decode(*bytes));
  RowWalk rows(loaded.format_, loaded.text_);
  absl::Status found = loaded.FindColumns(file, table, rows);
  if (!found.ok()) return found;
  loaded.FindRows(rows);
  return loaded;
}

absl::Status CsvTable::FindColumns(const CsvFile& file, const SourceTable& table, RowWalk& rows) {
  std::vector<std::string> columns = file.columns;
  if (columns.empty()) {
    if (!rows.Next()) return Unavailable(file, "is empty");
    if (!rows.fault().empty()) {
      return Unavailable(file, "has a first line that " + std::string(rows.fault()));
    }
    columns = rows.fields();
  }
  fields_ = columns.size();
  for (const SourceColumn& column : table.columns) {
    const auto found = std::find(columns.begin(), columns.end(), column.name);
    if (found == columns.end()) {
      return Failure(v1::REASON_REGISTRY_MISMATCH, NameOf(file) + " has no column '" + column.name +
                                                       "' (" + column.mapping_key + ")");
    }
    positions_.push_back(static_cast<size_t>(found - columns.begin()));
  }
  return absl::OkStatus();
}

void CsvTable::FindRows(RowWalk& rows) {
  while (rows.Next()) {
    std::string_view fault = rows.fault();
    if (fault.empty() && rows.fields().size() != fields_) {
      fault = rows.fields().size() < fields_ ? "has fewer fields than the first line"
                                             : "has more fields than the first line";
    }
    if (fault.empty()) {
      begins_.push_back(rows.begin());
    } else if (++bad_count_ <= static_cast<int64_t>(kBadRowsMax)) {
      bad_rows_.push_back({rows.line(), fault});
    }
  }
}

SourceRow CsvTable::Row(size_t index) const {
  std::string_view rest = std::string_view(text_).substr(begins_[index]);
  std::vector<std::string> fields;
  format_.Split(format_.TakeRow(&rest), &fields);
  SourceRow row;
  for (const size_t position : positions_) {
    std::string& field = fields[position];
    row.push_back(field.empty() ? std::nullopt : std::optional(std::move(field)));
  }
  return row;
}

}  // namespace tracegate
