#include "adapters/marking/maker_search.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/models.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/states.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kWordsMax = 12;          // of a place
constexpr size_t kNameWordsMax = 6;       // of the names that are looked for inside a cell
constexpr size_t kLeadingLettersMin = 4;  // a shorter name may be the start of anything
constexpr size_t kJoinedLettersMin = 2;
constexpr size_t kLongNameMin = 6;      // nothing else starts with it
constexpr size_t kModelLettersMax = 3;  // before the number of a model: "IA2", "TS9"
constexpr std::string_view kDigits = "0123456789";

const NameWords& Around() { return NameWords::Standard(); }

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

// "Arms" is dropped last: there are makers that it tells apart.
NamedMakers MakerSearch::Plain(Words words) const {
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
  return name == nullptr ? NamedMakers{} : NamedMakers{name->makers, NameForm::kPlain, ""};
}

// Ordinary words and short names need a place of that maker's behind them, or, for the short ones, a
// number or a model of theirs.
NamedMakers MakerSearch::Leading(const Words& words) const {
  if (words.size() < 2) return {};
  for (size_t n = std::min(words.size() - 1, kNameWordsMax); n > 0; --n) {
    const std::string key = KeyOfWords(words, 0, n);
    const auto* name = catalogue_.FindName(key);
    if (name == nullptr) continue;
    const std::string rest = KeyOfWords(words, n, words.size());
    const bool is_place = IsPlaceOf(name->makers, words, n);
    const bool is_short = key.size() < kLeadingLettersMin || HasDigit(key);
    if (!is_place && (name->whole_only || (is_short && !MayBeModel(rest, name->makers)))) continue;
    NamedMakers found{name->makers, is_place ? NameForm::kPlain : NameForm::kLeading, ""};
    if (!is_place) AddOthers(words, n, found.makers);
    if (found.makers.size() > name->makers.size()) found.form = NameForm::kSeveral;
    for (size_t i = n; !is_place && i < words.size(); ++i)
      found.rest += (i > n ? " " : "") + words[i];
    return found;
  }
  return {};
}

NamedMakers MakerSearch::Joined(Words words) const {
  const std::string first = words.empty() ? "" : words.front();
  if (Around().Is(first, NameWord::kApart)) return {};
  for (size_t n = first.size(); n-- > kJoinedLettersMin;) {
    const auto* name = catalogue_.FindName(first.substr(0, n));
    if (name == nullptr || name->whole_only || !IsModelBehind(n, first, name->makers)) continue;
    words.front().resize(n);
    words.insert(words.begin() + 1, first.substr(n));
    return Leading(words);
  }
  return {};
}

NamedMakers MakerSearch::Cut(const Words& words) const {
  const std::string key = KeyOfWords(words, 0, words.size());
  if (MeansSomething(key)) return {};
  NamedMakers found{catalogue_.FindCut(key), NameForm::kCut, ""};
  if (found.makers.size() == 1) AddClose(words, found);
  return found.makers.size() == 1 ? found : NamedMakers{};
}

NamedMakers MakerSearch::Misspelt(const Words& words, const Words& with_state) const {
  Words plain = words;
  Around().DropLast(NameWord::kLegalForm, plain);
  for (size_t n = plain.size(); n > 0; --n) {
    if (n < plain.size() && !HasDigit(plain[n])) continue;
    const std::string key = KeyOfWords(plain, 0, n);
    if (MeansSomething(key)) continue;
    NamedMakers found{catalogue_.FindClose(key), NameForm::kMisspelt,
                      KeyOfWords(plain, n, plain.size())};
    if (n == plain.size()) {
      for (const Words& whole : {words, with_state}) AddClose(whole, found);
    }
    if (found.makers.size() == 1) return {found.makers, NameForm::kMisspelt, found.rest};
    if (!found.makers.empty()) return {};
  }
  return {};
}

void MakerSearch::AddClose(const Words& words, NamedMakers& found) const {
  for (const size_t maker : catalogue_.FindClose(KeyOfWords(words, 0, words.size()))) {
    if (std::find(found.makers.begin(), found.makers.end(), maker) != found.makers.end()) continue;
    found.makers.push_back(maker);
    found.form = NameForm::kSeveral;
  }
}

MakerSearch::Owner MakerSearch::OwnerOf(const std::string& model,
                                        const std::vector<size_t>& makers) const {
  Owner owner = Owner::kNobody;
  for (const size_t index : ModelCatalogue::Standard().Named(model)) {
    const std::vector<std::string>& its = ModelCatalogue::Standard().All()[index].makers;
    const auto is_of = [&](size_t maker) {
      return std::find(its.begin(), its.end(), catalogue_.All()[maker].canonical) != its.end();
    };
    if (std::any_of(makers.begin(), makers.end(), is_of)) return Owner::kThey;
    if (its.empty()) owner = Owner::kAnybody;
    if (owner == Owner::kNobody) owner = Owner::kOthers;
  }
  return owner;
}

// Whether what stands apart behind a short name is a model of theirs.
bool MakerSearch::MayBeModel(const std::string& text, const std::vector<size_t>& makers) const {
  const Owner owner = OwnerOf(text, makers);
  return HasDigit(text) || owner == Owner::kThey || owner == Owner::kAnybody;
}

// Whether what a word holds behind the first `n` letters, the makers' name, is a model of theirs.
bool MakerSearch::IsModelBehind(size_t n, const std::string& word,
                                const std::vector<size_t>& makers) const {
  const std::string model = word.substr(n);
  if (HasDigit(word.substr(0, n)) || OwnerOf(word, makers) == Owner::kOthers) return false;
  if (n >= kLongNameMin && IsAscii(word) && model.size() > 1) return true;
  const bool is_short = n < kLeadingLettersMin;
  if (model.find_first_of(kDigits) <= (is_short ? 0 : kModelLettersMax)) return true;
  const Owner owner = OwnerOf(model, makers);
  return owner == Owner::kThey || (owner == Owner::kAnybody && !is_short);
}

bool MakerSearch::IsPlaceOf(const std::vector<size_t>& makers, const Words& words,
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
void MakerSearch::AddOthers(const Words& words, size_t first, std::vector<size_t>& makers) const {
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

}  // namespace tracegate
