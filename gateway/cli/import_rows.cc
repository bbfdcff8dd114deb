#include "gateway/cli/import_rows.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "adapters/csv/row_walk.h"
#include "adapters/marking/written_weapon.h"
#include "gateway/cli/csv_header.h"
#include "gateway/cli/request_input.h"
#include "gateway/evidence/hash.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

constexpr size_t kBatchBytesMin = 6;
constexpr size_t kBatchBytesMax = 31;
constexpr size_t kReferenceBytesMax = 32;
constexpr size_t kReferenceKept = 21;
constexpr size_t kHashKept = 5;

// The field of a request that a column fills, as a failure names it.
struct Filled {
  std::string_view column;
  std::string_view field;
};
constexpr Filled kFilled[] = {
    {"serial", "request.item.weapon.serial_number"},
    {"make", "request.item.weapon.manufacturer"},
    {"model", "request.item.weapon.model"},
    {"calibre", "request.item.weapon.calibre"},
    {"type", "request.item.weapon.type_verbatim"},
    {"country", "request.item.weapon.country_of_manufacture"},
    {"import_mark", "request.item.weapon.marks"},
    {"reference", "request.requesting_agency.reference"},
};

absl::Status Wrong(const std::string& field, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

bool MayStandInId(char c) { return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-'; }

absl::Status CheckPlan(const ImportPlan& plan) {
  if (absl::Status checked = CheckBatch(plan.batch); !checked.ok()) return checked;
  for (const auto& [column, header] : plan.columns) {
    if (std::ranges::find(kImportColumns, column) != std::end(kImportColumns)) continue;
    std::string known;
    for (const std::string_view name : kImportColumns) known += " " + std::string(name);
    return Wrong("--column", "'" + column + "' is none of the columns that are read:" + known);
  }
  const v1::Item& item = plan.request.item();
  if (item.item_case() != v1::Item::ITEM_NOT_SET && !item.has_weapon()) {
    return Wrong("item", "must be a weapon, or nothing: the rows describe weapons");
  }
  if (!item.weapon().serial_number().empty()) {
    return Wrong("item.weapon.serial_number", "is each row's own, and cannot be shared");
  }
  const absl::Status bounds = CheckBounds(plan.request);
  return bounds.ok() ? bounds : Wrong("--file", std::string(bounds.message()));
}

// Where each column stands, by its name among ours.
using Places = std::map<std::string, size_t, std::less<>>;

absl::StatusOr<Places> PlacesIn(const std::string& file, const std::vector<std::string>& header,
                                const ImportPlan& plan) {
  Places places;
  for (const std::string_view column : kImportColumns) {
    const auto renamed = plan.columns.find(std::string(column));
    const std::string name = renamed == plan.columns.end() ? std::string(column) : renamed->second;
    const auto place = PlaceInHeader(file, header, name);
    if (!place.ok()) return place.status();
    if (*place) places[std::string(column)] = **place;
    const bool is_needed = column == "serial" || renamed != plan.columns.end();
    if (is_needed && !*place) {
      return Wrong(file, "has no column '" + name + "' in its first line");
    }
  }
  return places;
}

// Makes the requests of one file, row by row.
class RowReader {
 public:
  RowReader(const ImportPlan& plan, Places places, size_t fields)
      : plan_(plan), places_(std::move(places)), fields_(fields) {}

  void Read(const RowWalk& walk) {
    ++number_;
    if (const auto bad = Fault(walk)) {
      out_.bad.push_back({walk.line(), bad->first, bad->second});
    }
  }

  ImportRows Take() && { return std::move(out_); }

 private:
  // Column and problem; none: the row was taken.
  using Problem = std::optional<std::pair<std::string, std::string>>;

  Problem Fault(const RowWalk& walk) {
    if (!walk.fault().empty()) return {{"", std::string(walk.fault())}};
    const auto& cells = walk.fields();
    if (cells.size() != fields_) {
      return {{"", "has " + std::to_string(cells.size()) + " fields, the header " +
                       std::to_string(fields_)}};
    }
    for (const auto& [column, place] : places_) {
      if (ValidUtf8Prefix(cells[place]) != cells[place].size()) return {{column, "is not UTF-8"}};
    }
    return TakeRow(walk.line(), cells);
  }

  std::string Cell(const std::vector<std::string>& cells, std::string_view column) const {
    const auto place = places_.find(column);
    if (place == places_.end()) return "";
    return std::string(absl::StripAsciiWhitespace(cells[place->second]));
  }

  Problem TakeRow(int64_t line, const std::vector<std::string>& cells) {
    ImportRow row;
    row.line = line;
    row.create.set_language(plan_.language);
    *row.create.mutable_request() = plan_.request;
    v1::TraceRequest& request = *row.create.mutable_request();
    v1::Firearm& weapon = *request.mutable_item()->mutable_weapon();
    LayOver({.serial = Cell(cells, "serial"),
             .manufacturer = Cell(cells, "make"),
             .model = Cell(cells, "model"),
             .calibre = Cell(cells, "calibre"),
             .country = Cell(cells, "country"),
             .import_mark = Cell(cells, "import_mark")},
            request.mutable_item());
    if (auto type = Cell(cells, "type"); !type.empty()) weapon.set_type_verbatim(std::move(type));
    if (const std::string year = Cell(cells, "year"); !year.empty()) {
      weapon.set_year_of_manufacture(YearOf(year));
      if (YearOf(year) == 0) return {{"year", "is no year; four digits, or empty"}};
    }
    if (auto problem = Name(cells, &row)) return problem;
    if (auto problem = OutOfBounds(row.create)) return problem;
    out_.rows.push_back(std::move(row));
    return std::nullopt;
  }

  // Gives the row its request id.
  Problem Name(const std::vector<std::string>& cells, ImportRow* row) {
    std::string reference = absl::StrFormat("%06d", number_);
    if (places_.contains("reference")) {
      reference = Cell(cells, "reference");
      if (reference.empty()) return {{"reference", "is empty"}};
      row->create.mutable_request()->mutable_requesting_agency()->set_reference(reference);
    }
    row->create.set_request_id(ImportRequestId(plan_.batch, reference));
    const auto [same, is_new] = lines_.try_emplace(row->create.request_id(), row->line);
    if (is_new) return std::nullopt;
    return {{"reference", "stands on line " + std::to_string(same->second) + " too"}};
  }

  static Problem OutOfBounds(const v1::CreateTraceRequest& create) {
    const absl::Status status = CheckBounds(create);
    if (status.ok()) return std::nullopt;
    std::string column;
    const v1::FailureDetail detail = DetailOf(status);
    if (detail.violations().empty()) return {{"", std::string(status.message())}};
    const v1::FieldViolation& violation = detail.violations(0);
    for (const Filled& filled : kFilled) {
      if (violation.field().starts_with(filled.field)) column = filled.column;
    }
    return {{column, violation.description()}};
  }

  const ImportPlan& plan_;
  const Places places_;
  const size_t fields_;
  int64_t number_ = 0;
  std::map<std::string, int64_t> lines_;  // of request ids
  ImportRows out_;
};

std::vector<std::string> PassedOver(const std::vector<std::string>& header, const Places& places) {
  std::set<size_t> used;
  for (const auto& [column, place] : places) used.insert(place);
  std::vector<std::string> names;
  for (size_t i = 0; i < header.size(); ++i) {
    if (!used.contains(i)) names.push_back(header[i]);
  }
  return names;
}

}  // namespace

absl::Status CheckBatch(const std::string& batch) {
  if (batch.size() >= kBatchBytesMin && batch.size() <= kBatchBytesMax &&
      std::ranges::all_of(batch, MayStandInId)) {
    return absl::OkStatus();
  }
  return Wrong("--batch", "must be 6 to 31 letters, digits, '.', '_' or '-'");
}

std::string ImportRequestId(const std::string& batch, const std::string& reference) {
  if (!reference.empty() && reference.size() <= kReferenceBytesMax &&
      std::ranges::all_of(reference, MayStandInId)) {
    return batch + "-" + reference;
  }
  std::string kept = reference.substr(0, kReferenceKept);
  std::ranges::replace_if(
      kept, [](char c) { return !MayStandInId(c); }, '_');
  const Hash hash = Hasher().Sha256({reference});
  return batch + "-" + kept + "." +
         absl::BytesToHexString(std::string(BytesOf(hash).substr(0, kHashKept)));
}

absl::StatusOr<ImportRows> ReadImportRows(const std::string& file, std::string_view text,
                                          const ImportPlan& plan) {
  if (auto status = CheckPlan(plan); !status.ok()) return status;
  const RowFormat format = RowFormat::Delimited(plan.delimiter);
  RowWalk walk(format, text);
  if (!walk.Next()) return Wrong(file, "is empty");
  if (!walk.fault().empty()) return Wrong(file, "its header " + std::string(walk.fault()));
  const std::vector<std::string> header = walk.fields();
  auto places = PlacesIn(file, header, plan);
  if (!places.ok()) return places.status();
  RowReader reader(plan, *places, header.size());
  while (walk.Next()) reader.Read(walk);
  ImportRows out = std::move(reader).Take();
  out.passed_over = PassedOver(header, *places);
  return out;
}

}  // namespace tracegate
