#include "adapters/marking/import_mark.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

// A longer text is no mark. Words count once folded: three bytes may come to four of them (U+FDFA).
constexpr size_t kWordsMax = 64;
constexpr size_t kImporterWordsMax = 6;
constexpr size_t kPlaceWordsMax = 5;
constexpr size_t kStateNameWordsMax = 4;

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
      "IMPORT",     "IMPORTED", "IMPORTER", "IMPORTADO", "IMPORTADA", "IMPORTADOR", "IMPORTE",
      "IMPORTIERT", "IMP",      "BY",       "TO",        "POR",       "PAR",        "VON",
      "IN",         "NACH",     "ИМПОРТ",   "IMPORTATO", "DA",        "IMPORTEUR",  "IMPORTATEUR"};
  return kLabels->contains(word);
}

// The year that a word marks beside a State: four digits, or two as in "DE 19". Marks with a year
// are younger than 1950.
int YearOf(std::string_view word) {
  constexpr int kPivot = 50;
  if (!IsDigits(word)) return 0;
  const int number = word.size() <= 4 ? std::stoi(std::string(word)) : 0;
  if (word.size() == 4 && number >= 1900 && number <= 2099) return number;
  if (word.size() == 2) return number < kPivot ? 2000 + number : 1900 + number;
  return 0;
}

using Words = std::vector<std::string>;

// Words in capitals, letters apart from digits: "DE-19" and "DE19" are two words each.
Words WordsOf(std::string_view text) {
  Words words;
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
bool DropLabels(Words& words) {
  size_t labels = 0;
  while (labels + 1 < words.size() && IsLabel(words[labels])) ++labels;
  words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(labels));
  return labels > 0;
}

std::string Joined(const Words& words, size_t first, size_t last) {
  std::string text;
  for (size_t i = first; i < last; ++i) text += (i > first ? " " : "") + words[i];
  return text;
}

// The State whose code or name the words are; a code means what it meant in `year`.
const State* StateOf(const Words& words, size_t first, size_t last, int year) {
  const StateCatalogue& states = StateCatalogue::Standard();
  if (last - first == 1) {
    if (const State* state = states.Find(words[first], year); state != nullptr) return state;
  }
  return states.Named(Joined(words, first, last));
}

// State and year as the ITI asks for: "DE 19", "2004 AT", "Germany"; and a number after them where
// the importer gave one (MOSAIC 05.30: "BJ 2015 000123").
bool TakeStateAndYear(const Words& words, ImportMark& mark) {
  const auto take = [&](size_t first, size_t last, int year) {
    const State* state = first < last ? StateOf(words, first, last, year) : nullptr;
    if (state == nullptr) return false;
    mark.state = state->code;
    mark.year = year;
    return true;
  };
  const size_t n = words.size();
  if (n == 0) return false;
  if (const int year = YearOf(words[n - 1]); year != 0 && take(0, n - 1, year)) return true;
  if (const int year = YearOf(words[0]); year != 0 && take(1, n, year)) return true;
  constexpr size_t kStateYearAndNumber = 3;
  if (n == kStateYearAndNumber && IsDigits(words[2])) {
    if (const int year = YearOf(words[1]); year != 0 && take(0, 1, year)) return true;
  }
  return take(0, n, 0);
}

// Takes the words of a known importer from `first` on; returns their number.
size_t TakeImporter(const Words& words, size_t first, ImportMark& mark) {
  for (size_t n = std::min(words.size() - first, kImporterWordsMax); n > 0; --n) {
    const Importer* importer = ImporterList::Standard().Find(Joined(words, first, first + n));
    if (importer == nullptr) continue;
    mark.importer = importer->name;
    mark.state = importer->state;
    return n;
  }
  return 0;
}

// A known importer with a place in the United States after it, anywhere between model, calibre and
// country of manufacture (27 CFR 478.92); else at the front, with what follows as its place.
bool TakeKnownImporter(const Words& words, ImportMark& mark) {
  for (size_t i = 0; i < words.size(); ++i) {
    ImportMark known;
    const size_t place = i + TakeImporter(words, i, known);
    for (size_t j = place + 1; place > i && j < std::min(words.size(), place + kPlaceWordsMax);
         ++j) {
      if (known.state != "US" || !IsStateOfTheUnion(words[j])) continue;
      mark = known;
      mark.place = Joined(words, place, j + 1);
      return true;
    }
  }
  const size_t used = TakeImporter(words, 0, mark);
  mark.place = used == 0 ? "" : Joined(words, used, words.size());
  return used > 0;
}

// Name and address with the State's name in full at the end, as CIFTA asks for. Without a label
// before it, commas tell that it is one.
bool TakeNameAndAddress(std::string_view text, const Words& words, bool labelled,
                        ImportMark& mark) {
  constexpr size_t kNameLettersMin = 4;  // no code, which may be a state of the Union
  const std::vector<std::string> parts = absl::StrSplit(std::string(text), ',');
  if (!labelled && parts.size() < 2) return false;
  for (size_t n = std::min(words.size() - 1, kStateNameWordsMax); n > 0; --n) {
    const size_t first = words.size() - n;
    const State* state = StateCatalogue::Standard().Named(Joined(words, first, words.size()));
    if (state == nullptr || Joined(words, first, words.size()).size() < kNameLettersMin) continue;
    Words importer = WordsOf(parts[0]);
    DropLabels(importer);
    const size_t end = std::min(importer.size(), first);
    mark.state = state->code;
    mark.importer = Joined(words, 0, end);
    mark.place = Joined(words, end, first);
    return true;
  }
  return false;
}

// An importer nobody here knows, at a place in the United States: at least a name, a town and a
// state.
bool TakeUnknownImporter(const Words& words, ImportMark& mark) {
  if (words.size() < 3 || !IsStateOfTheUnion(words.back())) return false;
  mark.state = "US";
  mark.importer = words.front();
  mark.place = Joined(words, 1, words.size());
  return true;
}

}  // namespace

ImportMark ReadImportMark(std::string_view text) {
  ImportMark mark;
  Words words = WordsOf(text);
  if (words.size() > kWordsMax) return mark;
  // Stamped at British proof houses on arms from abroad.
  if (Joined(words, 0, words.size()) == "NOT ENGLISH MAKE") {
    mark.state = "GB";
    return mark;
  }
  // "BY 19" is Belarus before it is a label.
  if (TakeStateAndYear(words, mark)) return mark;
  const bool labelled = DropLabels(words);
  if (labelled && TakeStateAndYear(words, mark)) return mark;
  int year = 0;
  constexpr size_t kYearDigits = 4;
  if (words.size() > 1 && words.back().size() == kYearDigits) year = YearOf(words.back());
  if (year != 0) words.pop_back();
  if (words.empty()) return mark;
  const bool taken = TakeKnownImporter(words, mark) ||
                     TakeNameAndAddress(text, words, labelled, mark) ||
                     TakeUnknownImporter(words, mark);
  if (taken) mark.year = year;
  return mark;
}

}  // namespace tracegate
