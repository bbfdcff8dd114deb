#include "adapters/marking/calibres.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "adapters/marking/calibre_cell.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "calibres.csv";
// The styles of a key, the most exact first.
constexpr CalibreKeyStyle kWithUnits[] = {{true, true}, {true, false}};
constexpr CalibreKeyStyle kUnitless[] = {{false, true}, {false, false}};

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
    CalibreMeaning meaning{{}, !is_class};
    for (const std::string_view name : ListOf(row.fields[is_class ? 3 : 0]))
      meaning.calibres.emplace_back(name);
    catalogue->entries_.push_back(std::move(meaning));
    std::vector<std::string_view> aliases = ListOf(row.fields[1]);
    if (!is_class) aliases.insert(aliases.begin(), row.fields[0]);
    for (const std::string_view alias : aliases) {
      const absl::Status added = catalogue->Add(alias, catalogue->entries_.size() - 1);
      if (!added.ok()) return TableFault(kTable, row.line, Said(added));
    }
    for (const std::string_view near : ListOf(row.fields[2])) {
      catalogue->near_[row.fields[0]].emplace_back(near);
      catalogue->near_[std::string(near)].emplace_back(row.fields[0]);
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
  const std::vector<CalibreToken> tokens = SplitCalibre(alias);
  const std::string key = CalibreKey(tokens, kWithUnits[0]);
  if (key.empty()) return absl::InternalError("has a name without letters or digits");
  const auto [found, added] = index_.emplace(key, entry);
  if (!added && found->second != entry) {
    return absl::InternalError("gives '" + std::string(alias) + "' to a second calibre");
  }
  // "40 mm" and ".40" are apart; "40" is whose the table says, else whose it says first.
  const std::string unitless = CalibreKey(tokens, kUnitless[0]);
  if (unitless == key) {
    unitless_[unitless] = entry;
  } else {
    unitless_.emplace(unitless, entry);
  }
  return absl::OkStatus();
}

const CalibreCatalogue& CalibreCatalogue::Standard() {
  static const CalibreCatalogue* const kCatalogue = MustParse(Parse(CalibresCsv()));
  return *kCatalogue;
}

const CalibreMeaning* CalibreCatalogue::Find(CalibreTokens designation) const {
  for (const CalibreKeyStyle style : kWithUnits) {
    const auto found = index_.find(CalibreKey(designation, style));
    if (found != index_.end()) return &entries_[found->second];
  }
  for (const CalibreKeyStyle style : kUnitless) {
    const auto found = unitless_.find(CalibreKey(designation, style));
    if (found != unitless_.end()) return &entries_[found->second];
  }
  return nullptr;
}

v1::Term CalibreCatalogue::Read(std::string_view verbatim) const {
  v1::Term term;
  term.set_verbatim(verbatim.data(), verbatim.size());
  const std::optional<CalibreMeaning> meaning = ReadCalibreCell(*this, SplitCalibre(verbatim));
  if (!meaning.has_value()) return term;
  if (meaning->is_exact) {
    term.set_canonical(meaning->calibres.front());
  } else {
    for (const std::string& name : meaning->calibres) term.add_could_be(name);
  }
  return term;
}

absl::Span<const std::string> CalibreCatalogue::NearTo(std::string_view canonical) const {
  const auto found = near_.find(absl::string_view(canonical.data(), canonical.size()));
  return found == near_.end() ? absl::Span<const std::string>() : found->second;
}

bool CalibreCatalogue::AreNear(std::string_view canonical, std::string_view other) const {
  const absl::Span<const std::string> near = NearTo(canonical);
  return std::find(near.begin(), near.end(), other) != near.end();
}

std::string FoldCalibre(std::string_view text) {
  return CalibreKey(SplitCalibre(text), kUnitless[0]);
}

}  // namespace tracegate
