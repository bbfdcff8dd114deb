#include "adapters/marking/calibres.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "calibres.csv";

std::string Pair(std::string_view one, std::string_view other) {
  return std::string(one) + '\n' + std::string(other);
}

std::string Said(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

}  // namespace

absl::StatusOr<std::unique_ptr<CalibreCatalogue>> CalibreCatalogue::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "canonical,aliases,near,could_be,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<CalibreCatalogue>();
  absl::flat_hash_set<std::string> names;
  for (const CsvRow& row : *rows) {
    if (row.fields[4].empty()) return TableFault(kTable, row.line, "has no source");
    const bool is_class = row.fields[0].empty();
    if (is_class == row.fields[3].empty()) {
      return TableFault(kTable, row.line,
                        "must name a calibre or what the word could be, not both");
    }
    if (!is_class && !names.insert(row.fields[0]).second)
      return TableFault(kTable, row.line, "repeats a calibre");
    Entry entry{row.fields[0], {}};
    for (const std::string_view name : ListOf(row.fields[3])) entry.could_be.emplace_back(name);
    catalogue->entries_.push_back(std::move(entry));
    const size_t index = catalogue->entries_.size() - 1;
    if (!is_class) {
      const absl::Status added = catalogue->Add(row.fields[0], index);
      if (!added.ok()) return TableFault(kTable, row.line, Said(added));
    }
    for (const std::string_view alias : ListOf(row.fields[1])) {
      const absl::Status added = catalogue->Add(alias, index);
      if (!added.ok()) return TableFault(kTable, row.line, Said(added));
    }
    for (const std::string_view near : ListOf(row.fields[2])) {
      catalogue->near_.insert(Pair(row.fields[0], near));
      catalogue->near_.insert(Pair(near, row.fields[0]));
    }
  }
  for (const CsvRow& row : *rows) {
    for (const int column : {2, 3}) {
      for (const std::string_view name : ListOf(row.fields[column])) {
        if (!names.contains(std::string(name))) {
          return TableFault(kTable, row.line, "names the unknown calibre " + std::string(name));
        }
      }
    }
  }
  return catalogue;
}

absl::Status CalibreCatalogue::Add(std::string_view alias, size_t entry) {
  const std::string key = FoldCalibre(alias);
  if (key.empty()) return absl::InternalError("has a name without letters or digits");
  const auto [found, added] = index_.emplace(key, entry);
  if (!added && found->second != entry) {
    return absl::InternalError("gives '" + std::string(alias) + "' to a second calibre");
  }
  return absl::OkStatus();
}

const CalibreCatalogue& CalibreCatalogue::Standard() {
  static const CalibreCatalogue* const kCatalogue = MustParse(Parse(CalibresCsv()));
  return *kCatalogue;
}

const CalibreCatalogue::Entry* CalibreCatalogue::Find(std::string_view text) const {
  const auto found = index_.find(FoldCalibre(text));
  return found == index_.end() ? nullptr : &entries_[found->second];
}

v1::Term CalibreCatalogue::Read(std::string_view verbatim) const {
  const Entry* entry = Find(verbatim);
  const size_t open = verbatim.find('(');
  if (entry == nullptr && open != std::string_view::npos) {
    const size_t close = verbatim.find(')', open);
    const Entry* before = Find(verbatim.substr(0, open));
    const Entry* inside = Find(verbatim.substr(
        open + 1, close == std::string_view::npos ? std::string_view::npos : close - open - 1));
    // A word that says exactly which calibre outweighs a bare one on either side of the bracket.
    // Two calibres that exclude one another leave the term unknown.
    const bool settles = inside != nullptr && !inside->canonical.empty();
    entry = before != nullptr && (!before->canonical.empty() || !settles) ? before : inside;
    if (before != nullptr && settles && !before->canonical.empty() && before != inside &&
        !AreNear(before->canonical, inside->canonical)) {
      entry = nullptr;
    }
  }
  v1::Term term;
  term.set_verbatim(verbatim.data(), verbatim.size());
  if (entry == nullptr) return term;
  term.set_canonical(entry->canonical);
  for (const std::string& name : entry->could_be) term.add_could_be(name);
  return term;
}

bool CalibreCatalogue::AreNear(std::string_view canonical, std::string_view other) const {
  return near_.contains(Pair(canonical, other));
}

}  // namespace tracegate
