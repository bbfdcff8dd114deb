#include "adapters/marking/maker_reader.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/item_view.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kWordsMax = 12;          // what stands further on tells nothing of the maker
constexpr size_t kNameWordsMax = 6;       // of the names that are looked for inside a cell
constexpr size_t kLeadingLettersMin = 4;  // a shorter name may be the start of anything
constexpr size_t kStateWordsMax = 3;

const NameWords& Around() { return NameWords::Standard(); }

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The parts of a cell that may each name a maker: apart by "/", brackets, commas, a dash with
// spaces.
std::vector<std::string_view> PartsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const bool dash = text.substr(i, 3) == " - ";
    if (i < text.size() && !dash && std::string_view("/;|()[]+,=\n").find(text[i]) == text.npos)
      continue;
    if (i > begin) parts.push_back(text.substr(begin, i - begin));
    begin = i + (dash ? 3 : 1);
  }
  return parts;
}

bool Denies(const std::vector<std::string>& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t n = 1; n <= 2 && i + n <= words.size(); ++n) {
      if (Around().Is(KeyOfWords(words, i, i + n), NameWord::kDenial)) return true;
    }
  }
  return false;
}

// Words that a misspelling is not looked for in: they mean something as they are.
bool MeansSomething(const std::string& key) {
  for (const NameWord meaning :
       {NameWord::kApart, NameWord::kLead, NameWord::kTrade, NameWord::kDescription,
        NameWord::kFinish, NameWord::kDenial, NameWord::kModelPrefix, NameWord::kLegalForm}) {
    if (Around().Is(key, meaning)) return true;
  }
  return WordList::Standard().Find(key).has_value() ||
         StateCatalogue::Standard().Named(key) != nullptr;
}

}  // namespace

MakerReading MakerReader::Read() {
  if (const auto* name = catalogue_.FindName(FoldWord(verbatim_)); name != nullptr) {
    found_ = {name->makers, NameForm::kExact, ""};
  } else if (!TellsNothing(verbatim_)) {
    ReadInWords();
  }
  NarrowByState();
  return Reading();
}

void MakerReader::ReadInWords() {
  const Words words = FoldedWords(verbatim_, kWordsMax);
  if (Denies(words)) return;
  const std::vector<std::string_view> parts = PartsOf(verbatim_);
  if (parts.size() < 2) {
    found_ = FindIn(words);
    return;
  }
  Words whole = words;
  DropState(whole);
  found_ = FindPlain(std::move(whole));
  if (!found_.makers.empty()) return;
  for (const std::string_view part : parts) {
    if (!TellsNothing(part)) Keep(FindIn(FoldedWords(part, kWordsMax)));
  }
}

// Puts the makers of a further part beside those found: a second maker makes the cell ambiguous.
void MakerReader::Keep(Found found) {
  if (found.makers.empty()) return;
  if (found_.makers.empty()) {
    found_ = std::move(found);
    return;
  }
  if (found.makers == found_.makers) return;
  if (found.form == NameForm::kMisspelt) return;
  for (const size_t maker : found.makers) {
    if (std::find(found_.makers.begin(), found_.makers.end(), maker) == found_.makers.end())
      found_.makers.push_back(maker);
  }
  found_.form = NameForm::kSeveral;
}

MakerReader::Found MakerReader::FindIn(Words words) {
  const Words with_state = words;
  DropState(words);
  Found found = FindPlain(words);
  if (!found.makers.empty()) return found;
  Around().DropFirst(NameWord::kLead, words);
  found = FindLeading(words);
  if (found.makers.empty()) return FindMisspelt(words, with_state);
  // "Mossberg Maverck": the whole may be another maker's name, misspelt.
  if (found.form == NameForm::kLeading && !HasDigit(found.rest)) AddClose(words, found);
  return found;
}

void MakerReader::AddClose(const Words& words, Found& found) const {
  for (const size_t maker : catalogue_.FindClose(KeyOfWords(words, 0, words.size()))) {
    if (std::find(found.makers.begin(), found.makers.end(), maker) != found.makers.end()) continue;
    found.makers.push_back(maker);
    found.form = NameForm::kSeveral;
  }
}

// A name but for the words around it. "Arms" is dropped last: there are makers that it tells apart.
MakerReader::Found MakerReader::FindPlain(Words words) const {
  const auto find = [&](bool ordinary_too) -> const MakerCatalogue::Name* {
    const auto* name = catalogue_.FindName(KeyOfWords(words, 0, words.size()));
    return name != nullptr && (ordinary_too || !name->whole_only) ? name : nullptr;
  };
  if (words.empty()) return {};
  const auto* name = find(true);
  for (int turn = 0; name == nullptr && turn < 4; ++turn) {
    const bool trade = turn == 3;
    const bool dropped =
        turn == 1 ? Around().DropFirst(NameWord::kLead, words)
                  : Around().DropLast(trade ? NameWord::kTrade : NameWord::kLegalForm, words);
    if (turn == 2) Around().DropFirst(NameWord::kLegalForm, words);
    if (dropped || turn == 2) name = find(!trade);
  }
  return name == nullptr ? Found{} : Found{name->makers, NameForm::kPlain, ""};
}

// The longest name that the words start with. Ordinary words and short names need a place of that
// maker's, or for the short ones a number, behind them.
MakerReader::Found MakerReader::FindLeading(const Words& words) const {
  if (words.size() < 2) return {};
  for (size_t n = std::min(words.size() - 1, kNameWordsMax); n > 0; --n) {
    const std::string key = KeyOfWords(words, 0, n);
    const auto* name = catalogue_.FindName(key);
    if (name == nullptr) continue;
    const std::string rest = KeyOfWords(words, n, words.size());
    const bool is_place = IsPlaceOf(name->makers, words, n);
    const bool is_short = key.size() < kLeadingLettersMin || HasDigit(key);
    if (!is_place && (name->whole_only || (is_short && !HasDigit(rest)))) continue;
    Found found{name->makers, is_place ? NameForm::kPlain : NameForm::kLeading, ""};
    if (!is_place) AddOthers(words, n, found.makers);
    if (found.makers.size() > name->makers.size()) found.form = NameForm::kSeveral;
    for (size_t i = n; !is_place && i < words.size(); ++i)
      found.rest += (i > n ? " " : "") + words[i];
    return found;
  }
  return {};
}

// The one maker whose name the words, or the first of them before a number, nearly are. What may
// be part of a name or not (a State, a legal form) has to come to the same maker either way.
MakerReader::Found MakerReader::FindMisspelt(const Words& words, const Words& with_state) const {
  Words plain = words;
  Around().DropLast(NameWord::kLegalForm, plain);
  for (size_t n = plain.size(); n > 0; --n) {
    if (n < plain.size() && !HasDigit(plain[n])) continue;
    const std::string key = KeyOfWords(plain, 0, n);
    if (MeansSomething(key)) continue;
    Found found{catalogue_.FindClose(key), NameForm::kMisspelt, KeyOfWords(plain, n, plain.size())};
    if (n == plain.size()) {
      for (const Words& whole : {words, with_state}) AddClose(whole, found);
    }
    if (found.makers.size() == 1) return {found.makers, NameForm::kMisspelt, found.rest};
    if (!found.makers.empty()) return {};
  }
  return {};
}

bool MakerReader::IsPlaceOf(const std::vector<size_t>& makers, const Words& words,
                            size_t first) const {
  Words places;
  for (const size_t maker : makers) {
    for (const Maker::Site& site : catalogue_.All()[maker].sites) {
      for (std::string& word : FoldedWords(site.note, kWordsMax)) places.push_back(std::move(word));
    }
  }
  return std::all_of(words.begin() + static_cast<ptrdiff_t>(first), words.end(),
                     [&](const std::string& word) {
                       return std::find(places.begin(), places.end(), word) != places.end() ||
                              Around().Is(word, NameWord::kLegalForm);
                     });
}

// Other makers that are named further on: "Savage Anschütz".
void MakerReader::AddOthers(const Words& words, size_t first, std::vector<size_t>& makers) const {
  for (size_t i = first; i < words.size(); ++i) {
    for (size_t n = 1; n <= kNameWordsMax && i + n <= words.size(); ++n) {
      const std::string key = KeyOfWords(words, i, i + n);
      const auto* name = catalogue_.FindName(key);
      if (name == nullptr || name->whole_only || key.size() < kLeadingLettersMin || HasDigit(key))
        continue;
      for (const size_t maker : name->makers) {
        if (std::find(makers.begin(), makers.end(), maker) == makers.end()) makers.push_back(maker);
      }
    }
  }
}

// Takes a State off the end ("Norinco China"), or all that stands there for one, and keeps it in
// mind.
void MakerReader::DropState(Words& words) {
  constexpr size_t kStateLettersMin = 3;  // "AS", "SA" are legal forms, not States
  for (size_t n = std::min(words.size(), kStateWordsMax); n > 0; --n) {
    const std::string key = KeyOfWords(words, words.size() - n, words.size());
    const State* state =
        key.size() < kStateLettersMin ? nullptr : StateCatalogue::Standard().Named(key);
    if (state == nullptr) continue;
    states_.push_back(state);
    words.resize(words.size() - n);
    return;
  }
}

// Of the makers that have one name, those with works in a State that stands beside it.
void MakerReader::NarrowByState() {
  if (found_.makers.size() < 2 || found_.form == NameForm::kSeveral || states_.empty()) return;
  std::vector<size_t> there;
  for (const size_t maker : found_.makers) {
    if (std::any_of(states_.begin(), states_.end(), [&](const State* state) {
          return HasWorksIn({&catalogue_.All()[maker]}, *state);
        }))
      there.push_back(maker);
  }
  if (!there.empty()) found_.makers = std::move(there);
}

MakerReading MakerReader::Reading() const {
  MakerReading reading;
  reading.term.set_verbatim(verbatim_.data(), verbatim_.size());
  if (found_.makers.empty()) return reading;
  reading.form = found_.form;
  reading.rest = found_.rest;
  if (found_.makers.size() == 1) {
    reading.term.set_canonical(catalogue_.All()[found_.makers.front()].canonical);
    return reading;
  }
  reading.form = NameForm::kSeveral;
  for (const size_t maker : found_.makers)
    reading.term.add_could_be(catalogue_.All()[maker].canonical);
  return reading;
}

}  // namespace tracegate
