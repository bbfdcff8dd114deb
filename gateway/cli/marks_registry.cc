#include "gateway/cli/marks_registry.h"

#include <algorithm>
#include <array>
#include <istream>
#include <utility>

#include "absl/strings/match.h"
#include "gateway/cli/csv_records.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

enum Column { kId, kMake, kModel, kCalibre, kSerial, kYear, kColumns };

constexpr std::array<std::string_view, kColumns> kNames = {"id",      "make",   "model",
                                                           "calibre", "serial", "year"};

using Places = std::array<size_t, kColumns>;

absl::Status Wrong(const std::string& file, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, file, problem);
}

absl::StatusOr<Places> PlacesIn(const std::string& file, const CsvRecord& header) {
  Places places;
  for (size_t column = 0; column < kColumns; ++column) {
    size_t found = 0;
    for (size_t i = 0; i < header.fields.size(); ++i) {
      const std::string_view name = header.fields[i];
      const size_t start = std::min(name.find_first_not_of(" \t"), name.size());
      const size_t end = name.find_last_not_of(" \t") + 1;
      if (end <= start || !absl::EqualsIgnoreCase(std::string(name.substr(start, end - start)),
                                                  std::string(kNames[column])))
        continue;
      places[column] = i;
      ++found;
    }
    const std::string name(kNames[column]);
    if (found == 0) return Wrong(file, "has no column '" + name + "' in its first line");
    if (found > 1) return Wrong(file, "has two columns '" + name + "'");
  }
  return places;
}

absl::Status AddRecord(const Places& places, CsvRecord& record, WeaponRows& rows) {
  const auto cell = [&](Column column) { return std::move(record.fields[places[column]]); };
  const std::string id = cell(kId);
  if (id.empty()) return absl::InvalidArgumentError("has no id");
  return rows.Add(id, {.make = cell(kMake),
                       .model = cell(kModel),
                       .calibre = cell(kCalibre),
                       .serial = cell(kSerial),
                       .year = cell(kYear)});
}

}  // namespace

absl::StatusOr<WeaponRows> ReadRegistry(const std::string& file, std::istream& in,
                                        const std::function<void(const std::string&)>& bad) {
  CsvRecords records(in);
  const std::optional<CsvRecord> header = records.Next();
  if (!header) return Wrong(file, "is empty");
  if (!header->fault.empty()) return Wrong(file, "its header " + header->fault);
  const absl::StatusOr<Places> places = PlacesIn(file, *header);
  if (!places.ok()) return places.status();
  WeaponRows rows;
  while (std::optional<CsvRecord> record = records.Next()) {
    const auto tell = [&](std::string_view fault) {
      bad(file + ", line " + std::to_string(record->line) + ": " + std::string(fault));
    };
    if (!record->fault.empty()) {
      tell(record->fault);
    } else if (record->fields.size() != header->fields.size()) {
      tell("has " + std::to_string(record->fields.size()) + " fields, the header " +
           std::to_string(header->fields.size()));
    } else if (const absl::Status added = AddRecord(*places, *record, rows); !added.ok()) {
      if (absl::IsResourceExhausted(added)) return added;
      tell(std::string(added.message()));
    }
  }
  return rows;
}

}  // namespace tracegate
