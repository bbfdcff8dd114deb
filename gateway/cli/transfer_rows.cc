#include "gateway/cli/transfer_rows.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "adapters/csv/row_walk.h"
#include "adapters/mapping/written_text.h"
#include "gateway/cli/csv_header.h"
#include "gateway/cli/import_rows.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Wrong(const std::string& field, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

// The names of a file's columns; leaves `walk` in front of its rows of data.
absl::StatusOr<std::vector<std::string>> HeaderOf(const std::string& file,
                                                  const config::v1::TransferFile& layout,
                                                  RowWalk* walk) {
  for (int i = 0; i < layout.rows_above(); ++i) walk->Next();
  if (layout.columns_size() > 0)
    return std::vector(layout.columns().begin(), layout.columns().end());
  if (!walk->Next()) return Wrong(file, "has no row that names its columns");
  if (!walk->fault().empty()) return Wrong(file, "its header " + std::string(walk->fault()));
  const std::vector<std::string> header = walk->fields();
  for (int i = 0; i < layout.rows_below(); ++i) walk->Next();
  return header;
}

// Where the columns that the mapping reads stand in the file.
absl::StatusOr<std::vector<size_t>> PlacesOf(const std::string& file,
                                             const std::vector<std::string>& header,
                                             const TransferMapping& mapping) {
  std::vector<size_t> places;
  for (const SourceColumn& column : mapping.columns()) {
    const auto place = PlaceInHeader(file, header, WordOf(column.name));
    if (!place.ok()) return place.status();
    if (!*place) {
      return Wrong(file, "has no column '" + column.name + "', which the mapping reads (" +
                             column.mapping_key + ")");
    }
    places.push_back(**place);
  }
  return places;
}

// Makes the requests of one file, row by row.
class RowReader {
 public:
  RowReader(const TransferMapping& mapping, const std::string& batch, std::vector<size_t> places,
            size_t fields)
      : mapping_(mapping), batch_(batch), places_(std::move(places)), fields_(fields) {}

  void Read(const RowWalk& walk) {
    ++out_.rows;
    if (!walk.fault().empty()) return LoseRow(walk.line(), "", std::string(walk.fault()));
    const std::vector<std::string>& cells = walk.fields();
    if (cells.size() != fields_) {
      return LoseRow(
          walk.line(), "",
          "has " + std::to_string(cells.size()) + " fields, the file " + std::to_string(fields_));
    }
    SourceRow row;
    for (const size_t place : places_) {
      row.push_back(cells[place].empty() ? std::nullopt : std::optional(cells[place]));
    }
    Take(walk.line(), row);
  }

  TransferRows Finish() && { return std::move(out_); }

 private:
  void LoseRow(int64_t line, const std::string& column, const std::string& reason) {
    ++out_.rows_lost;
    out_.losses.push_back({line, {column, "", reason, true}});
  }

  void Take(int64_t line, const SourceRow& row) {
    MappedRow mapped = mapping_.Translate(row);
    if (!mapped.skipped.empty()) {
      out_.skipped.push_back({line, mapped.skipped});
      return;
    }
    const std::optional<std::string> reference = ReferenceOf(line, row);
    if (!reference) return;
    for (TransferLoss& loss : mapped.losses) out_.losses.push_back({line, std::move(loss)});
    out_.lines_lost += static_cast<size_t>(mapped.lines_lost);
    for (v1::TransferRecord& record : mapped.records) {
      MappedTransfer transfer;
      transfer.line = line;
      const std::string id = mapping_.record_per_line()
                                 ? *reference + "." + std::to_string(record.lines(0).number())
                                 : *reference;
      transfer.request.set_request_id(ImportRequestId(batch_, id));
      *transfer.request.mutable_record() = std::move(record);
      Keep(std::move(transfer));
    }
  }

  // What tells the row apart; nothing where it is lost for want of it.
  std::optional<std::string> ReferenceOf(int64_t line, const SourceRow& row) {
    if (!mapping_.reference()) return absl::StrFormat("%06d", out_.rows);
    const std::string& column = mapping_.columns()[*mapping_.reference()].name;
    std::string reference = WordOf(row[*mapping_.reference()].value_or(""));
    const auto [same, is_new] = lines_.try_emplace(reference, line);
    if (!reference.empty() && is_new) return reference;
    LoseRow(line, column,
            reference.empty() ? "is empty; it tells rows apart"
                              : "stands on line " + std::to_string(same->second) + " too");
    return std::nullopt;
  }

  void Keep(MappedTransfer transfer) {
    const auto lines = static_cast<size_t>(transfer.request.record().lines_size());
    if (const absl::Status bounds = CheckBounds(transfer.request.record()); !bounds.ok()) {
      out_.lines_lost += lines;
      out_.losses.push_back({transfer.line, {"", "", std::string(bounds.message()), true}});
      return;
    }
    out_.lines += lines;
    out_.transfers.push_back(std::move(transfer));
  }

  const TransferMapping& mapping_;
  const std::string& batch_;
  const std::vector<size_t> places_;
  const size_t fields_;
  std::map<std::string, int64_t> lines_;  // of references
  TransferRows out_;
};

std::vector<std::string> PassedOver(const std::vector<std::string>& header,
                                    const std::vector<size_t>& places) {
  const std::set<size_t> used(places.begin(), places.end());
  std::vector<std::string> names;
  for (size_t i = 0; i < header.size(); ++i) {
    if (!used.contains(i)) names.push_back(header[i]);
  }
  return names;
}

}  // namespace

absl::StatusOr<TransferRows> ReadTransferRows(const std::string& file, std::string_view text,
                                              const TransferMapping& mapping,
                                              const std::string& batch) {
  if (absl::Status checked = CheckBatch(batch); !checked.ok()) return checked;
  const std::string decoded = mapping.character_set().Decode(text);
  const RowFormat format = RowFormat::Delimited(mapping.delimiter());
  RowWalk walk(format, decoded);
  const auto header = HeaderOf(file, mapping.file(), &walk);
  if (!header.ok()) return header.status();
  const auto places = PlacesOf(file, *header, mapping);
  if (!places.ok()) return places.status();
  RowReader reader(mapping, batch, *places, header->size());
  while (walk.Next()) reader.Read(walk);
  TransferRows out = std::move(reader).Finish();
  out.passed_over = PassedOver(*header, *places);
  return out;
}

}  // namespace tracegate
