#include "adapters/marking/model_reader.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/calibres.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kWordsMax = 12;
constexpr size_t kMakerWordsMax = 6;
constexpr size_t kFigureFamilyMin = 4;  // "1911" is a family of anybody's, "98" is not
constexpr size_t kCertainKeyMin = 3;    // "B" without a maker is no Star
constexpr size_t kAnybodysMax = 16;     // what could be more than this could be anything

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsFigures(std::string_view key) { return std::all_of(key.begin(), key.end(), IsDigit); }

// Without the ".0" of a spreadsheet that took the model for a number.
std::string_view WithoutZeroDecimals(std::string_view text) {
  const std::string_view trimmed = Trimmed(text);
  const size_t point = std::min(trimmed.find('.'), trimmed.size());
  const std::string_view number = trimmed.substr(0, point);
  const std::string_view decimals = trimmed.substr(std::min(point + 1, trimmed.size()));
  const bool zeros = std::all_of(decimals.begin(), decimals.end(), [](char c) { return c == '0'; });
  return !number.empty() && IsFigures(number) && zeros ? number : trimmed;
}

bool IsCalibre(std::string_view text) {
  const v1::Term term = CalibreCatalogue::Standard().Read(text);
  return !term.canonical().empty() || term.could_be_size() > 0;
}

// Drops one finish, or one calibre of up to three words, off the end.
bool DropLast(std::vector<std::string>& words) {
  constexpr size_t kCalibreWordsMax = 3;
  if (words.size() < 2) return false;
  if (NameWords::Standard().DropLast(NameWord::kFinish, words)) return true;
  for (size_t n = std::min(kCalibreWordsMax, words.size() - 1); n > 0; --n) {
    std::string text;
    for (size_t i = words.size() - n; i < words.size(); ++i) text += words[i] + " ";
    if (n == 1 && IsFigures(words.back())) continue;  // "PT 92 9": a model's number, as likely
    if (!IsCalibre(text)) continue;
    words.resize(words.size() - n);
    return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> KeysOfSpreadsheetDate(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00 00:00:00";
  const std::string_view date = Trimmed(text);
  if (date.size() != kShape.size() || date.substr(11) != "00:00:00") return {};
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (IsDigit(kShape[i]) ? !IsDigit(date[i]) : date[i] != kShape[i]) return {};
  }
  const auto number = [&](size_t at) {
    return std::string(date.substr(date[at] == '0' ? at + 1 : at, date[at] == '0' ? 1 : 2));
  };
  const std::string month = number(5);
  const std::string day = number(8);
  return {day + month, month + day};
}

ModelReader::ModelReader(const ModelCatalogue& catalogue, const v1::Term& maker)
    : catalogue_(catalogue), makers_(maker.could_be().begin(), maker.could_be().end()) {
  if (!maker.canonical().empty()) makers_.push_back(maker.canonical());
  anybody_ = makers_.empty() && TellsNothing(maker.verbatim());
}

v1::Term ModelReader::Read(std::string_view verbatim) const {
  v1::Term term;
  term.set_verbatim(verbatim.data(), verbatim.size());
  if (TellsNothing(verbatim)) return term;
  Found found = FindDate(verbatim);
  if (found.models.empty()) found = FindIn(FoldedWords(WithoutZeroDecimals(verbatim), kWordsMax));
  if (found.models.size() == 1 && found.certain) {
    term.set_canonical(catalogue_.All()[found.models.front()].canonical);
    return term;
  }
  for (const size_t model : found.models) term.add_could_be(catalogue_.All()[model].canonical);
  return term;
}

// As written; then without what may stand before a model's name; then without what may stand
// behind it.
ModelReader::Found ModelReader::FindIn(const Words& words) const {
  if (words.empty()) return {};
  Words rest = words;
  Found found = FindKey(KeyOfWords(rest, 0, rest.size()));
  const auto look = [&] {
    if (found.models.empty()) found = FindKey(KeyOfWords(rest, 0, rest.size()));
  };
  if (NameWords::Standard().DropFirst(NameWord::kModelPrefix, rest)) look();
  if (found.models.empty() && rest.size() > 1) {
    if (anybody_) {
      // A maker's name at the front is the maker that no other cell told.
      for (size_t n = std::min(rest.size() - 1, kMakerWordsMax); n > 0; --n) {
        const v1::Term maker = MakerCatalogue::Standard().Read(KeyOfWords(rest, 0, n));
        if (maker.canonical().empty()) continue;
        Words behind(rest.begin() + static_cast<ptrdiff_t>(n), rest.end());
        return ModelReader(catalogue_, maker).FindIn(behind);
      }
    } else if (DropMaker(rest)) {
      NameWords::Standard().DropFirst(NameWord::kModelPrefix, rest);
      look();
    }
  }
  // A calibre in the model's place leaves no model when it is dropped bit by bit.
  if (found.models.empty() && IsCalibre(KeyOfWords(words, 0, words.size()))) return {};
  while (found.models.empty() && DropLast(rest)) look();
  // "M 92 FS" where the table has "92 FS".
  if (found.models.empty() && rest.size() > 1 && rest.front() == "M" && IsDigit(rest[1].front())) {
    rest.erase(rest.begin());
    look();
  }
  return found;
}

ModelReader::Found ModelReader::FindKey(const std::string& key) const {
  std::vector<size_t> own;
  std::vector<size_t> families;
  const std::vector<size_t>& named = catalogue_.Named(key);
  for (const size_t index : named) {
    const Model& model = catalogue_.All()[index];
    if (model.makers.empty()) families.push_back(index);
    if (std::any_of(makers_.begin(), makers_.end(), [&](const std::string& maker) {
          return std::find(model.makers.begin(), model.makers.end(), maker) != model.makers.end();
        }))
      own.push_back(index);
  }
  if (!own.empty()) return {own};
  const bool figures = IsFigures(key);
  if (!families.empty() && (!figures || key.size() >= kFigureFamilyMin)) return {families};
  if (!anybody_ || named.size() > kAnybodysMax ||
      NameWords::Standard().Is(key, NameWord::kDescription))
    return {};
  return {named, !figures && key.size() >= kCertainKeyMin};
}

ModelReader::Found ModelReader::FindDate(std::string_view verbatim) const {
  Found found;
  found.certain = false;
  for (const std::string& key : KeysOfSpreadsheetDate(verbatim)) {
    if (makers_.empty()) break;
    for (const size_t model : FindKey(key).models) {
      if (std::find(found.models.begin(), found.models.end(), model) == found.models.end())
        found.models.push_back(model);
    }
  }
  return found;
}

// Drops the name of a maker of this weapon's off the front.
bool ModelReader::DropMaker(Words& words) const {
  for (size_t n = std::min(words.size() - 1, kMakerWordsMax); n > 0; --n) {
    const auto* name = MakerCatalogue::Standard().FindName(KeyOfWords(words, 0, n));
    if (name == nullptr) continue;
    if (std::none_of(name->makers.begin(), name->makers.end(), [&](size_t index) {
          const std::string& canonical = MakerCatalogue::Standard().All()[index].canonical;
          return std::find(makers_.begin(), makers_.end(), canonical) != makers_.end();
        }))
      continue;
    words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(n));
    return true;
  }
  return false;
}

}  // namespace tracegate
