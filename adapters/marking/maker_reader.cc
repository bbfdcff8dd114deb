#include "adapters/marking/maker_reader.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kWordsMax = 12;  // what stands further on tells nothing of the maker
constexpr size_t kStateWordsMax = 3;
constexpr size_t kOriginWordsMax = 2;

const NameWords& Around() { return NameWords::Standard(); }

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
  found_ = search_.Plain(whole);
  if (found_.makers.empty()) found_ = search_.Cut(whole);
  if (!found_.makers.empty()) return;
  for (const std::string_view part : parts) {
    if (!TellsNothing(part)) Keep(FindIn(FoldedWords(part, kWordsMax)));
  }
}

// Puts the makers of a further part beside those found: a second maker makes the cell ambiguous.
void MakerReader::Keep(NamedMakers found) {
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

NamedMakers MakerReader::FindIn(Words words) {
  const Words with_state = words;
  DropState(words);
  NamedMakers found = search_.Plain(words);
  if (found.makers.empty() && DropOrigin(words)) found = search_.Plain(words);
  if (!found.makers.empty()) return found;
  Around().DropFirst(NameWord::kLead, words);
  found = search_.Leading(words);
  if (found.makers.empty()) found = search_.Joined(words);
  if (found.makers.empty()) found = search_.Cut(words);
  if (found.makers.empty()) return search_.Misspelt(words, with_state);
  // "Mossberg Maverck": the whole may be another maker's name, misspelt.
  if (found.form == NameForm::kLeading && !HasDigit(found.rest)) search_.AddClose(words, found);
  return found;
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

// Takes what says where the weapon is from, or who imported it, off the end ("CZ origem tcheca"). True
// where there was such.
bool MakerReader::DropOrigin(Words& words) {
  for (size_t i = 1; i < words.size(); ++i) {
    for (size_t n = std::min(words.size() - i, kOriginWordsMax); n > 0; --n) {
      if (!Around().Is(KeyOfWords(words, i, i + n), NameWord::kOrigin)) continue;
      DropState(words);
      words.resize(i);
      return true;
    }
  }
  return false;
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
