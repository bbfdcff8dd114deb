#include "adapters/marking/import_mark.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr size_t kImporterWordsMax = 5;

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsStateOfTheUnion(const std::string& word) {
  static const auto* const kCodes = new absl::flat_hash_set<std::string>{
      "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL",
      "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT",
      "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI",
      "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC"};
  return kCodes->contains(word);
}

bool IsLabel(const std::string& word) {
  static const auto* const kLabels = new absl::flat_hash_set<std::string>{
      "IMPORT",  "IMPORTED",   "IMPORTER", "IMPORTADO", "IMPORTADA", "IMPORTADOR",
      "IMPORTE", "IMPORTIERT", "IMP",      "BY",        "TO",        "POR",
      "PAR",     "VON",        "IN",       "NACH",      "ИМПОРТ"};
  return kLabels->contains(word);
}

// The year that a word marks: four digits, or two as in "DE 19". Marks with a year are younger than
// 1950.
int YearOf(std::string_view word) {
  constexpr int kPivot = 50;
  if (!IsDigits(word)) return 0;
  const int number = word.size() <= 4 ? std::stoi(std::string(word)) : 0;
  if (word.size() == 4 && number >= 1900 && number <= 2099) return number;
  if (word.size() == 2) return number < kPivot ? 2000 + number : 1900 + number;
  return 0;
}

// Words in capitals, letters apart from digits: "DE-19" and "DE19" are two words each.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  bool open = false;
  bool digits = false;
  for (const char c : FoldPhrase(text)) {
    if (c == ' ') {
      open = false;
      continue;
    }
    const bool digit = c >= '0' && c <= '9';
    if (!open || digit != digits) words.emplace_back();
    words.back() += c;
    open = true;
    digits = digit;
  }
  return words;
}

// "IN" is a label only where something follows that can be a country: alone it is India's code.
void DropLabels(std::vector<std::string>& words) {
  size_t labels = 0;
  while (labels + 1 < words.size() && IsLabel(words[labels])) ++labels;
  words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(labels));
}

std::string Joined(const std::vector<std::string>& words, size_t first, size_t last) {
  std::string text;
  for (size_t i = first; i < last; ++i) text += (i > first ? " " : "") + words[i];
  return text;
}

// Takes the words of a known importer off the front; returns their number.
size_t TakeImporter(const std::vector<std::string>& words, ImportMark& mark) {
  for (size_t n = std::min(words.size(), kImporterWordsMax); n > 0; --n) {
    const Importer* importer = ImporterList::Standard().Find(Joined(words, 0, n));
    if (importer == nullptr) continue;
    mark.importer = importer->name;
    mark.state = importer->state;
    return n;
  }
  return 0;
}

}  // namespace

ImportMark ReadImportMark(std::string_view text) {
  ImportMark mark;
  std::vector<std::string> words = WordsOf(text);
  DropLabels(words);
  for (const size_t end : {words.size(), size_t{1}}) {
    if (words.size() < 2 || mark.year != 0) break;
    mark.year = YearOf(words[end - 1]);
    if (mark.year != 0) words.erase(words.begin() + static_cast<ptrdiff_t>(end - 1));
  }
  DropLabels(words);

  const size_t used = TakeImporter(words, mark);
  if (used > 0) {
    mark.place = Joined(words, used, words.size());
    return mark;
  }
  if (const State* state = StateCatalogue::Standard().Named(Joined(words, 0, words.size()));
      state != nullptr) {
    mark.state = state->code;
    return mark;
  }
  // An importer nobody here knows, at a place in the United States: at least a name, a town and a
  // state.
  if (mark.year == 0 && words.size() >= 3 && IsStateOfTheUnion(words.back())) {
    mark.state = "US";
    mark.importer = words.front();
    mark.place = Joined(words, 1, words.size());
    return mark;
  }
  mark.year = 0;
  return mark;
}

}  // namespace tracegate
