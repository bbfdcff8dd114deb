#include "gateway/cli/marks_registry.h"

#include <algorithm>
#include <array>
#include <istream>
#include <sstream>
#include <utility>
#include <vector>

#include "adapters/csv/row_walk.h"
#include "gateway/cli/csv_header.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

enum Column { kId, kMake, kModel, kCalibre, kSerial, kYear, kColumns };

constexpr std::array<std::string_view, kColumns> kNames = {"id",      "make",   "model",
                                                           "calibre", "serial", "year"};

using Places = std::array<size_t, kColumns>;

absl::Status Wrong(const std::string& file, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, file, problem);
}

absl::StatusOr<Places> PlacesIn(const std::string& file, const std::vector<std::string>& header) {
  Places places;
  for (size_t column = 0; column < kColumns; ++column) {
    const std::string name(kNames[column]);
    const auto place = PlaceInHeader(file, header, name);
    if (!place.ok()) return place.status();
    if (!*place) return Wrong(file, "has no column '" + name + "' in its first line");
    places[column] = **place;
  }
  return places;
}

absl::Status AddRecord(const Places& places, std::vector<std::string>& fields, WeaponRows& rows) {
  const auto cell = [&](Column column) { return std::move(fields[places[column]]); };
  const std::string id = cell(kId);
  if (id.empty()) return absl::InvalidArgumentError("has no id");
  return rows.Add(id, {.make = cell(kMake),
                       .model = cell(kModel),
                       .calibre = cell(kCalibre),
                       .serial = cell(kSerial),
                       .year = cell(kYear)});
}

bool IsUtf8(const std::vector<std::string>& fields) {
  return std::ranges::all_of(
      fields, [](const std::string& field) { return ValidUtf8Prefix(field) == field.size(); });
}

}  // namespace

absl::StatusOr<WeaponRows> ReadRegistry(const std::string& file, std::istream& in,
                                        const std::function<void(const std::string&)>& bad) {
  std::ostringstream text;
  text << in.rdbuf();
  const RowFormat format = RowFormat::Delimited(',');
  RowWalk walk(format, text.view());
  if (!walk.Next()) return Wrong(file, "is empty");
  if (!walk.fault().empty()) return Wrong(file, "its header " + std::string(walk.fault()));
  const size_t columns = walk.fields().size();
  const absl::StatusOr<Places> places = PlacesIn(file, walk.fields());
  if (!places.ok()) return places.status();
  WeaponRows rows;
  while (walk.Next()) {
    const auto tell = [&](std::string_view fault) {
      bad(file + ", line " + std::to_string(walk.line()) + ": " + std::string(fault));
    };
    if (!walk.fault().empty()) {
      tell(walk.fault());
    } else if (walk.fields().size() != columns) {
      tell("has " + std::to_string(walk.fields().size()) + " fields, the header " +
           std::to_string(columns));
    } else if (!IsUtf8(walk.fields())) {
      tell("is not UTF-8");
    } else if (const absl::Status added = AddRecord(*places, walk.fields(), rows); !added.ok()) {
      if (absl::IsResourceExhausted(added)) return added;
      tell(std::string(added.message()));
    }
  }
  return rows;
}

}  // namespace tracegate
