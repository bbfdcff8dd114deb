#include "adapters/marking/makers.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "makers.csv";

bool IsStatus(std::string_view status) {
  return status == "active" || status == "closed" || status == "absorbed" || status == "unknown";
}

bool IsAlpha2(std::string_view code) {
  return code.size() == 2 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

absl::StatusOr<std::unique_ptr<MakerCatalogue>> MakerCatalogue::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "canonical,aliases,sites,successor,status,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<MakerCatalogue>();
  for (const CsvRow& row : *rows) {
    Maker maker{row.fields[0], {}, row.fields[3], row.fields[4]};
    if (row.fields[5].empty()) return TableFault(kTable, row.line, "has no source");
    if (!IsStatus(maker.status)) return TableFault(kTable, row.line, "has an unknown status");
    for (const std::string_view site : ListOf(row.fields[2])) {
      const size_t equals = std::min(site.find('='), site.size());
      const std::string_view note = site.substr(std::min(equals + 1, site.size()));
      if (!IsAlpha2(site.substr(0, equals)))
        return TableFault(kTable, row.line, "has a site that is no State");
      maker.sites.push_back({std::string(site.substr(0, equals)), std::string(note)});
    }
    const size_t index = catalogue->makers_.size();
    std::vector<std::string_view> names = ListOf(row.fields[1]);
    names.push_back(maker.canonical);
    for (const std::string_view name : names) {
      const std::string key = FoldWord(name);
      if (key.empty()) return TableFault(kTable, row.line, "has a name without letters or digits");
      std::vector<size_t>& makers = catalogue->index_[key];
      if (makers.empty() || makers.back() != index) makers.push_back(index);
    }
    if (!catalogue->canonical_.emplace(maker.canonical, index).second) {
      return TableFault(kTable, row.line, "repeats a maker");
    }
    catalogue->makers_.push_back(std::move(maker));
  }
  return catalogue;
}

const MakerCatalogue& MakerCatalogue::Standard() {
  static const MakerCatalogue* const kCatalogue = MustParse(Parse(MakersCsv()));
  return *kCatalogue;
}

v1::Term MakerCatalogue::Read(std::string_view verbatim) const {
  v1::Term term;
  term.set_verbatim(verbatim.data(), verbatim.size());
  const auto found = index_.find(FoldWord(verbatim));
  if (found == index_.end()) return term;
  if (found->second.size() == 1) {
    term.set_canonical(makers_[found->second.front()].canonical);
  } else {
    for (const size_t index : found->second) term.add_could_be(makers_[index].canonical);
  }
  return term;
}

const Maker* MakerCatalogue::Find(std::string_view canonical) const {
  const auto found = canonical_.find(std::string(canonical));
  return found == canonical_.end() ? nullptr : &makers_[found->second];
}

std::vector<const Maker*> MakerCatalogue::Named(const v1::Term& read) const {
  std::vector<const Maker*> makers;
  const auto add = [&](const std::string& canonical) {
    if (const Maker* maker = Find(canonical); maker != nullptr) makers.push_back(maker);
  };
  add(read.canonical());
  for (const std::string& canonical : read.could_be()) add(canonical);
  return makers;
}

}  // namespace tracegate
