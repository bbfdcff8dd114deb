#include "adapters/marking/selectors.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/look_alike.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "selectors.csv";
constexpr size_t kTextBytesMax = 64;  // a longer one is no lever's

// The letters in one order. A sign that folding drops ("∞") stands for itself.
std::string KeyOf(std::string_view text) {
  const std::string whole(text);
  std::vector<std::string> words =
      absl::StrSplit(whole, absl::ByAnyChar(" /-,;:.|+"), absl::SkipEmpty());
  for (std::string& word : words) {
    const std::string folded = LatinByLook(FoldWord(word));
    if (!folded.empty()) word = folded;
  }
  std::sort(words.begin(), words.end());
  return absl::StrJoin(words, " ");
}

}  // namespace

absl::StatusOr<std::unique_ptr<SelectorList>> SelectorList::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "letters,state,trap,source");
  if (!rows.ok()) return rows.status();
  auto list = std::make_unique<SelectorList>();
  for (const CsvRow& row : *rows) {
    if (row.fields[3].empty()) return TableFault(kTable, row.line, "has no source");
    if (row.fields[1].size() != 2 && row.fields[1].size() != 4)
      return TableFault(kTable, row.line, "has no code of a State");
    const std::string key = KeyOf(row.fields[0]);
    if (key.empty()) return TableFault(kTable, row.line, "has no letters");
    if (!list->selectors_.emplace(key, Selector{row.fields[1], row.fields[2]}).second)
      return TableFault(kTable, row.line, "repeats the letters of another row");
  }
  return list;
}

const SelectorList& SelectorList::Standard() {
  static const SelectorList* const kList = MustParse(Parse(SelectorsCsv()));
  return *kList;
}

const Selector* SelectorList::Find(std::string_view text) const {
  if (text.size() > kTextBytesMax) return nullptr;
  const auto found = selectors_.find(KeyOf(text));
  return found == selectors_.end() ? nullptr : &found->second;
}

const Selector* SelectorList::Find(const v1::Mark& mark) const {
  const bool may_be =
      mark.kind() == v1::MARK_KIND_UNSPECIFIED || mark.kind() == v1::MARK_KIND_OTHER;
  return may_be && IsLegible(mark) ? Find(mark.text()) : nullptr;
}

}  // namespace tracegate
