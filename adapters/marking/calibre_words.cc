#include "adapters/marking/calibre_words.h"

#include <utility>

#include "adapters/marking/calibre_text.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "calibre_words.csv";

std::optional<CalibreWordKind> KindOf(std::string_view name) {
  constexpr std::pair<std::string_view, CalibreWordKind> kKinds[] = {
      {"noise", CalibreWordKind::kNoise},       {"millimetre", CalibreWordKind::kMillimetre},
      {"ornament", CalibreWordKind::kOrnament}, {"or", CalibreWordKind::kOr},
      {"times", CalibreWordKind::kTimes},       {"word", CalibreWordKind::kWord}};
  for (const auto& [kind_name, kind] : kKinds) {
    if (kind_name == name) return kind;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::unique_ptr<CalibreWords>> CalibreWords::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "kind,word,spellings,source");
  if (!rows.ok()) return rows.status();
  auto words = std::make_unique<CalibreWords>();
  for (const CsvRow& row : *rows) {
    const std::optional<CalibreWordKind> kind = KindOf(row.fields[0]);
    if (!kind.has_value()) return TableFault(kTable, row.line, "has an unknown kind");
    if (row.fields[3].empty()) return TableFault(kTable, row.line, "has no source");
    if ((*kind == CalibreWordKind::kWord) == row.fields[1].empty())
      return TableFault(kTable, row.line, "must give a word its one spelling, and no other kind");
    const size_t first = words->words_.size();
    for (const std::string_view spelling : ListOf(row.fields[2])) {
      const std::string key = FoldWord(LevelCalibre(spelling));
      if (key.empty()) return TableFault(kTable, row.line, "has a spelling without letters");
      // An ornament is looked up as it is written before it is passed by.
      const bool is_ornament = *kind == CalibreWordKind::kOrnament;
      const auto [found, added] = words->index_.emplace(key, words->words_.size());
      if (!added && found->second < first)
        return TableFault(kTable, row.line, "repeats '" + std::string(spelling) + "'");
      if (added) words->words_.push_back({*kind, is_ornament ? key : row.fields[1]});
    }
  }
  for (const auto& [key, word] : words->index_) {
    // Spellings of one word are one meaning: the first of them stands for all.
    size_t meaning = word;
    while (meaning > 0 && words->words_[meaning - 1].kind == words->words_[word].kind &&
           words->words_[meaning - 1].text == words->words_[word].text)
      --meaning;
    words->near_.Add(key, meaning);
    words->cut_.Add(key, meaning);
  }
  return words;
}

const CalibreWords& CalibreWords::Standard() {
  static const CalibreWords* const kWords = MustParse(Parse(CalibreWordsCsv()));
  return *kWords;
}

CalibreWord CalibreWords::Find(std::string_view folded) const {
  const auto found = index_.find(std::string(folded));
  if (found != index_.end()) return words_[found->second];
  if (const std::optional<size_t> near = near_.FindOne(folded); near.has_value())
    return words_[*near];
  if (const std::vector<size_t> cut = cut_.Find(folded); cut.size() == 1)
    return words_[cut.front()];
  return {CalibreWordKind::kWord, std::string(folded)};
}

}  // namespace tracegate
