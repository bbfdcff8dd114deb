#include "adapters/csv/csv_snapshot.h"

#include <algorithm>

#include "adapters/find_request.h"
#include "adapters/mapping/nested_record.h"
#include "adapters/marking/serial_cell.h"
#include "adapters/marking/text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;
using adapter::v1::GetRecordRequest;
using adapter::v1::GetRecordResponse;

constexpr size_t kFoldedNumberBytesMin =
    4;  // fewer stand in too many cells to be looked for among remarks

// What a cell is found by.
std::vector<std::string> SerialKeys(const std::string& cell, config::v1::SerialCell holds) {
  std::vector<std::string> keys = {FoldWord(cell)};
  if (holds < config::v1::SERIAL_CELL_NUMBER_FIRST || keys[0].size() == cell.size()) return keys;
  for (const SerialNumber& number : ReadSerialCell(Nfc(cell)).numbers) {
    std::string key = FoldWord(number.text);
    if (key.size() >= kFoldedNumberBytesMin && key != keys[0]) keys.push_back(std::move(key));
    if (holds == config::v1::SERIAL_CELL_NUMBER_FIRST) break;
  }
  return keys;
}

// A pattern as the keys are: what stands between its signs, folded.
std::string FoldedPattern(std::string_view pattern) {
  std::string folded;
  while (!pattern.empty()) {
    const size_t sign = std::min(pattern.find_first_of("?*"), pattern.size());
    folded += FoldWord(pattern.substr(0, sign));
    if (sign < pattern.size()) folded += pattern[sign];
    pattern.remove_prefix(std::min(sign + 1, pattern.size()));
  }
  return folded;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const CsvSnapshot>> CsvSnapshot::Load(
    const Mapping* mapping, const std::vector<CsvFile>& files) {
  auto records = CsvTable::Load(files[0], mapping->records(), mapping->character_set());
  if (!records.ok()) return records.status();
  std::shared_ptr<CsvSnapshot> snapshot(new CsvSnapshot(mapping, *std::move(records)));
  for (size_t i = 0; i < mapping->related().size(); ++i) {
    auto related = LoadRelated(files[i + 1], mapping->related()[i], mapping->character_set());
    if (!related.ok()) return related.status();
    snapshot->related_.push_back(*std::move(related));
  }
  snapshot->IndexRecords();
  return snapshot;
}

absl::StatusOr<CsvSnapshot::Related> CsvSnapshot::LoadRelated(const CsvFile& file,
                                                              SourceTable table,
                                                              const CharacterSet& character_set) {
  const size_t number = table.Read(table.record_number, table.mapping_key);
  const bool is_ordered = !table.order_by.empty();
  const size_t order = is_ordered ? table.Read(table.order_by, table.mapping_key) : 0;
  auto loaded = CsvTable::Load(file, table, character_set);
  if (!loaded.ok()) return loaded.status();
  Related related{*std::move(loaded), {}, order, is_ordered};
  for (size_t row = 0; row < related.table.size(); ++row) {
    if (const auto about = related.table.Row(row)[number]) related.numbers.Add(*about, row);
  }
  related.numbers.Sort();
  return related;
}

void CsvSnapshot::IndexRecords() {
  const auto& search = mapping_->serial_search();
  SourceTable table = mapping_->records();
  const size_t serial = table.Read(search.column(), "");
  for (size_t index = 0; index < records_.size(); ++index) {
    const SourceRow row = records_.Row(index);
    if (row[serial]) {
      for (const std::string& key : SerialKeys(*row[serial], search.cell())) {
        serials_.Add(key, index);
      }
    }
    if (const auto& number = row[mapping_->record_number_position()]) numbers_.Add(*number, index);
  }
  serials_.Sort();
  numbers_.Sort();
}

absl::StatusOr<FindResponse> CsvSnapshot::Find(const FindRequest& request,
                                               const CallWatch& watch) const {
  if (absl::Status checked = CheckFindRequest(request); !checked.ok()) return checked;
  const auto candidates_max = static_cast<size_t>(request.candidates_max());
  std::vector<size_t> rows;
  for (const std::string& spelling : request.serial_spellings()) {
    serials_.Find(FoldWord(spelling), candidates_max + 1, &rows);
  }
  const std::string pattern = FoldedPattern(request.serial_pattern());
  if (pattern.find_first_not_of("?*") != std::string::npos) {
    absl::Status found = serials_.FindPattern(
        pattern, candidates_max + 1, [&] { return watch.Check(); }, &rows);
    if (!found.ok()) return found;
  }
  FindResponse response;
  auto* records = response.mutable_records();
  records->set_more(rows.size() > candidates_max);
  for (size_t i = 0; i < std::min(rows.size(), candidates_max); ++i) {
    *records->add_records() = Translate(rows[i]);
  }
  return response;
}

absl::StatusOr<GetRecordResponse> CsvSnapshot::GetRecord(const GetRecordRequest& request) const {
  if (absl::Status checked = CheckGetRecordRequest(request); !checked.ok()) return checked;
  std::vector<size_t> rows;
  numbers_.Find(request.record_number(), 1, &rows);
  if (rows.empty()) {
    return Failure(v1::REASON_RECORD_NOT_FOUND, "the registry has no record of that number");
  }
  GetRecordResponse response;
  *response.mutable_record() = Translate(rows.front());
  return response;
}

std::vector<SourceRow> CsvSnapshot::RowsAbout(const std::string& number,
                                              const Related& related) const {
  std::vector<size_t> indexes;
  // One row more than is read tells the mapping that there are more.
  related.numbers.Find(number, kRelatedRowsMax + 1, &indexes);
  std::vector<SourceRow> rows;
  for (const size_t index : indexes) rows.push_back(related.table.Row(index));
  if (related.is_ordered) SortRows(related.order_position, &rows);
  return rows;
}

v1::RegistryRecord CsvSnapshot::Translate(size_t row) const {
  const SourceRow record = records_.Row(row);
  std::vector<std::vector<SourceRow>> related(related_.size());
  if (const auto& number = record[mapping_->record_number_position()]) {
    for (size_t i = 0; i < related.size(); ++i) related[i] = RowsAbout(*number, related_[i]);
  }
  return mapping_->Translate(record, related);
}

}  // namespace tracegate
