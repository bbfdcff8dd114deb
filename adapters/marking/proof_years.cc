#include "adapters/marking/proof_years.h"

#include <algorithm>
#include <vector>

#include "absl/strings/numbers.h"
#include "adapters/marking/ascii_text.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/serial_cell.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/states.h"
#include "adapters/marking/symbols.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "proof_years.csv";
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2099;
constexpr size_t kTextBytesMax = 64;  // a longer one is no year's mark
constexpr size_t kWordsMax = 3;
constexpr size_t kCodeBesideWordsMin = 2;

// Letters of all scripts are kept as they are: "N" and "Ñ" are two years in Spain.
bool IsCodeCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  bool open = false;
  for (const char c : UpperCase(text)) {
    const bool inside = IsCodeCharacter(c);
    if (inside && !open) words.emplace_back();
    if (inside) words.back() += c;
    open = inside;
  }
  return words;
}

std::string KeyOf(std::string_view state, std::string_view code) {
  std::string key(state);
  return key.append(" ").append(code);
}

// Takes in a further reading: two that differ tell nothing.
class OneYear {
 public:
  void Add(int year) {
    if (year == 0 || year == year_) return;
    differ_ = year_ != 0;
    if (!differ_) year_ = year;
  }
  int Get() const { return differ_ ? 0 : year_; }

 private:
  int year_ = 0;
  bool differ_ = false;
};

// The States whose proof a mark may be.
std::vector<std::string> StatesOf(const v1::Mark& mark) {
  if (!mark.country().iso_code().empty()) return {mark.country().iso_code()};
  std::vector<std::string> states;
  if (!mark.country().verbatim().empty()) return states;
  for (const v1::Symbol& symbol : mark.symbols()) {
    const SymbolMeaning* meaning = SymbolCatalogue::Standard().Find(symbol);
    if (meaning == nullptr || std::find(meaning->kinds.begin(), meaning->kinds.end(),
                                        v1::MARK_KIND_PROOF) == meaning->kinds.end())
      continue;
    states.insert(states.end(), meaning->states.begin(), meaning->states.end());
  }
  return states;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ProofYears>> ProofYears::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "state,year,codes,source");
  if (!rows.ok()) return rows.status();
  auto years = std::make_unique<ProofYears>();
  for (const CsvRow& row : *rows) {
    int year = 0;
    if (row.fields[3].empty()) return TableFault(kTable, row.line, "has no source");
    if (row.fields[0].size() != 2)
      return TableFault(kTable, row.line, "has no alpha-2 code of a State");
    if (!absl::SimpleAtoi(row.fields[1], &year) || year < kFirstYear || year > kLastYear)
      return TableFault(kTable, row.line, "has no year from 1900 to 2099");
    if (row.fields[2].empty()) return TableFault(kTable, row.line, "has no code");
    for (const std::string_view code : ListOf(row.fields[2])) {
      if (WordsOf(code) != std::vector<std::string>{std::string(code)})
        return TableFault(kTable, row.line, "has a code that is not one word in capitals");
      if (!years->years_.emplace(KeyOf(row.fields[0], code), year).second)
        return TableFault(kTable, row.line, "repeats the code '" + std::string(code) + "'");
    }
  }
  return years;
}

const ProofYears& ProofYears::Standard() {
  static const ProofYears* const kYears = MustParse(Parse(ProofYearsCsv()));
  return *kYears;
}

int ProofYears::Find(std::string_view state, std::string_view code) const {
  const auto found = years_.find(KeyOf(state, code));
  return found == years_.end() ? 0 : found->second;
}

int ProofYears::YearOf(std::string_view state, std::string_view text) const {
  if (text.size() > kTextBytesMax) return 0;
  const std::vector<std::string> words = WordsOf(text);
  std::string whole;
  for (const std::string& word : words) whole += word;
  if (const int year = Find(state, whole); year != 0) return year;
  if (words.size() > kWordsMax) return 0;
  OneYear year;
  for (const std::string& word : words) {
    const int told = word.size() < kCodeBesideWordsMin ? 0 : Find(state, word);
    if (told == 0 && HasDigit(word)) return 0;  // "70 CM" is a length
    year.Add(told);
  }
  return year.Get();
}

int ProofYears::YearOf(const v1::Mark& mark) const {
  OneYear year;
  for (const std::string& state : StatesOf(mark)) {
    year.Add(YearOf(state, mark.text()));
    for (const v1::Symbol& symbol : mark.symbols()) {
      if (symbol.shape() == v1::SYMBOL_SHAPE_SQUARE) year.Add(YearOf(state, symbol.code()));
    }
  }
  return year.Get();
}

int FirstProofOf(const v1::Firearm& weapon) {
  int first = 0;
  for (const v1::Mark& mark : weapon.marks()) {
    const bool dates_weapon =
        mark.part() == v1::WEAPON_PART_UNSPECIFIED || IsFramePart(mark.part());
    if (mark.kind() != v1::MARK_KIND_PROOF || !IsLegible(mark) || !dates_weapon) continue;
    if (mark.year() != 0 && (first == 0 || mark.year() < first)) first = mark.year();
  }
  return first;
}

}  // namespace tracegate
