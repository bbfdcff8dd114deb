#include "adapters/marking/state_phrase.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

using Words = absl::flat_hash_set<std::string>;

// Words that say that a State follows.
bool Announces(const std::string& word) {
  static const auto* const kWords = new Words{
      "MADE",        "MANUFACTURED", "MFD",       "MFG",        "ASSEMBLED",   "PRODUCED",
      "PRODUCT",     "FABRICADO",    "FABRICADA", "FABRICACAO", "FABRICACION", "FABRIQUE",
      "FABRICATION", "PRODUZIDO",    "PRODUZIDA", "PRODUCIDO",  "HECHO",       "HECHA",
      "FEITO",       "FEITA",        "INDUSTRIA", "IND",        "HERGESTELLT", "FABBRICATO",
      "PRODOTTO",    "PRODOTTA",     "ORIGEM",    "ORIGEN",     "ORIGIN",      "ORIGINE",
      "PROCEDENCIA", "PAIS",         "COUNTRY",   "PAYS",       "PAESE",       "LAND",
      "СДЕЛАНО",     "ПРОИЗВЕДЕНО"};
  return kWords->contains(word);
}

// Words between the announcement and the name: "made in the", "país de origem:".
bool Leads(const std::string& word) {
  static const auto* const kWords =
      new Words{"IN", "EN",  "EM",  "NA",  "NO",  "NOS", "NAS", "AU",  "AUX", "OF", "DE", "DO",
                "DA", "DOS", "DAS", "DEL", "THE", "LA",  "LE",  "LES", "LOS", "EL", "В"};
  return kWords->contains(word);
}

}  // namespace

std::vector<std::string> WordsAfterMadeIn(std::string_view text) {
  const std::string phrase = FoldPhrase(text);
  const std::vector<std::string> words = absl::StrSplit(phrase, ' ', absl::SkipEmpty());
  const auto last = std::find_if(words.rbegin(), words.rend(), Announces).base();
  if (last == words.begin()) return {};
  const auto from = std::find_if_not(last, words.end(), Leads);
  return {from, from + std::min<ptrdiff_t>(words.end() - from, kStateWordsMax)};
}

std::string WithoutArticle(std::string_view text) {
  static const auto* const kArticles =
      new Words{"THE", "LA", "LE", "LES", "L", "EL", "LOS", "LAS", "O", "A", "OS", "AS", "DIE"};
  const std::string phrase = FoldPhrase(text);
  const size_t space = phrase.find(' ');
  if (space == std::string::npos || !kArticles->contains(phrase.substr(0, space))) return "";
  return FoldWord(phrase.substr(space));
}

std::vector<std::string> PartsOfCell(std::string_view text) {
  constexpr std::string_view kDash = " - ";
  std::vector<std::string> parts;
  size_t start = 0;
  size_t dash = text.find(kDash);
  while (true) {
    if (dash < start) dash = text.find(kDash, start);  // none stays none: npos is behind all
    const size_t end = std::min({text.find_first_of("()[]/,;|", start), dash, text.size()});
    parts.push_back(FoldWord(text.substr(start, end - start)));
    if (end == text.size()) break;
    start = end + (end == dash ? kDash.size() : 1);
  }
  if (parts.size() == 1) parts.clear();
  return parts;
}

std::string JoinedWords(const std::vector<std::string>& words, size_t first, size_t last) {
  std::string joined;
  for (size_t i = first; i < last; ++i) joined += words[i];
  return joined;
}

}  // namespace tracegate
