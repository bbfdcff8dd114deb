#include "adapters/marking/importers.h"

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "importers.csv";

}  // namespace

absl::StatusOr<std::unique_ptr<ImporterList>> ImporterList::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "name,aliases,state,place,source");
  if (!rows.ok()) return rows.status();
  auto list = std::make_unique<ImporterList>();
  for (const CsvRow& row : *rows) {
    if (row.fields[4].empty()) return TableFault(kTable, row.line, "has no source");
    if (row.fields[2].size() != 2)
      return TableFault(kTable, row.line, "has no alpha-2 code of a State");
    const size_t index = list->importers_.size();
    for (const std::string_view alias : ListOf(row.fields[1])) {
      const std::string key = FoldWord(alias);
      if (key.empty()) return TableFault(kTable, row.line, "has a name without letters or digits");
      const auto [found, added] = list->index_.emplace(key, index);
      if (!added && found->second != index) {
        return TableFault(kTable, row.line,
                          "gives '" + std::string(alias) + "' to a second importer");
      }
    }
    list->importers_.push_back({row.fields[0], row.fields[2], row.fields[3]});
  }
  return list;
}

const ImporterList& ImporterList::Standard() {
  static const ImporterList* const kList = MustParse(Parse(ImportersCsv()));
  return *kList;
}

const Importer* ImporterList::Find(std::string_view text) const {
  const auto found = index_.find(FoldWord(text));
  return found == index_.end() ? nullptr : &importers_[found->second];
}

}  // namespace tracegate
