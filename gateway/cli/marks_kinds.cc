#include "gateway/cli/marks_kinds.h"

#include "adapters/marking/import_mark.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"
#include "adapters/marking/written_weapon.h"
#include "gateway/cli/marks_segments.h"
#include "gateway/cli/table.h"

namespace tracegate {
namespace {

using Texts = std::vector<std::string_view>;

constexpr std::string_view kCouldBe = "could be ";

constexpr std::string_view kDigits = "0123456789";

v1::Firearm Read(const WrittenWeapon& weapon) { return ReadItem(ItemOf(weapon)).weapon(); }

std::string MeaningOf(const v1::Term& term) {
  if (!term.canonical().empty()) return term.canonical();
  std::string meaning;
  for (const std::string& name : term.could_be())
    meaning += (meaning.empty() ? std::string(kCouldBe) : ", ") + name;
  return meaning;
}

// A bare "12" in a sentence is anything; ".38", "5.56", "9mm" and "cal 12" are calibres.
bool LooksLikeCalibre(std::string_view text) {
  return text.find_first_not_of(kDigits) != std::string_view::npos;
}

// Nor is it a model, unless a maker stands before it or all know it as one ("1911").
bool LooksLikeModel(std::string_view text) {
  return ReadSerial(text).model_token ||
         FoldWord(text).find_first_not_of(kDigits) != std::string::npos;
}

// Short words in a sentence ("de", "is") are codes of States and letters of makers too.
bool IsShort(std::string_view text) { return FoldWord(text).size() < 3; }

std::string AsMake(const std::string& text) {
  return MeaningOf(Read({.make = text}).manufacturer());
}

std::string AsModel(const std::string& text) { return MeaningOf(Read({.model = text}).model()); }

std::string AsCalibre(const std::string& text) {
  return MeaningOf(Read({.calibre = text}).calibre());
}

std::string AsType(const std::string& text) {
  const v1::FirearmType type = Read({.type = text}).type();
  return type == v1::FIREARM_TYPE_UNSPECIFIED ? ""
                                              : Words(v1::FirearmType_Name(type), "FIREARM_TYPE_");
}

std::string AsCountry(const std::string& text) {
  return Read({.country = text}).country_of_manufacture().iso_code();
}

// A State's code and a number ("PT 92") is a model as well, and any words before one of Maine's "me"
// may be an importer and its town: only what says that it is an import, or names one that is known. In
// a sentence "imported by" is not Belarus.
std::string AsImportMark(const std::string& text) {
  const ImportMark mark = ReadImportMark(text);
  const bool is_known = ImporterList::Standard().Find(mark.importer) != nullptr;
  const bool says_so = FoldWord(text).find("IMPORT") != std::string::npos &&
                       (!mark.importer.empty() || UpperCase(text) == text);
  if (mark.state.empty() || !(is_known || says_so)) return "";
  const std::string by = mark.importer.empty() ? "" : " by " + mark.importer;
  const std::string from = mark.place.empty() ? "" : ", " + mark.place;
  const std::string year = mark.year == 0 ? "" : " in " + std::to_string(mark.year);
  return "imported into " + mark.state + by + from + year;
}

bool IsAny(std::string_view) { return true; }
bool IsLong(std::string_view text) { return !IsShort(text); }
bool IsLongOrCapitals(std::string_view text) {
  return IsLong(text) || UpperCase(std::string(text)) == text;
}

struct Kind {
  std::string_view name;
  std::string (*read)(const std::string& text);  // what it comes to, empty for nothing
  bool (*may_stand)(std::string_view text);      // where no label says that it is one
};

constexpr std::string_view kCalibre = "calibre";
constexpr std::string_view kModel = "model";

// What is likeliest to be meant first.
constexpr Kind kKinds[] = {{"type", AsType, IsAny},
                           {"make", AsMake, IsLongOrCapitals},
                           {kCalibre, AsCalibre, LooksLikeCalibre},
                           {"country", AsCountry, IsLong},
                           {kModel, AsModel, LooksLikeModel},
                           {"import mark", AsImportMark, IsAny}};

bool IsOneOfSeveral(std::string_view meaning) { return meaning.starts_with(kCouldBe); }

bool BeginsWithCalibre(const Texts& words, size_t first, size_t last) {
  for (; last > first; --last) {
    const std::string text(Span(words[first], words[last - 1]));
    if (LooksLikeCalibre(text) && !AsCalibre(text).empty()) return true;
  }
  return false;
}

// What `words` mean together as that kind; none where fewer of them mean as much. Readers pass over
// words they do not need ("Pistola Taurus PT 92" is Taurus), or take what stands beside a thing for a
// part of it ("M10 .38"): the last word has to count, to leave one meaning one, and to be no calibre
// behind what is whole without it; and the first has to count unless it introduces a calibre ("cal
// 9mm"). A name that is written in full is taken in full (".40 S&W").
std::optional<MarksWord> RecogniseAs(const Kind& kind, const Texts& words, size_t first,
                                     size_t last) {
  const auto read = [&](size_t from, size_t to) {
    return kind.read(std::string(Span(words[from], words[to])));
  };
  MarksWord word = {std::string(Span(words[first], words[last])), std::string(kind.name),
                    read(first, last)};
  if (word.meaning.empty()) return std::nullopt;
  if (first == last || FoldWord(word.text) == FoldWord(word.meaning)) return word;
  const std::string shorter = read(first, last - 1);
  if (shorter == word.meaning) return std::nullopt;
  const bool is_one = !shorter.empty() && !IsOneOfSeveral(shorter);
  if (is_one && (IsOneOfSeveral(word.meaning) || words[last].front() == '.')) return std::nullopt;
  if (kind.name == kModel && BeginsWithCalibre(words, first, last)) return std::nullopt;
  const bool introduces = kind.name == kCalibre && SaysCalibre(words[first]);
  if (!introduces && read(first + 1, last) == word.meaning) return std::nullopt;
  return word;
}

}  // namespace

std::optional<MarksWord> RecogniseAs(std::string_view kind, const Texts& words, size_t first,
                                     size_t last, bool labelled) {
  for (const Kind& one : kKinds) {
    if (one.name != kind) continue;
    const bool may_stand = labelled || one.may_stand(Span(words[first], words[last]));
    return may_stand ? RecogniseAs(one, words, first, last) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<MarksWord> Recognise(const Texts& words, size_t first, size_t last) {
  for (const Kind& kind : kKinds) {
    if (!kind.may_stand(Span(words[first], words[last]))) continue;
    std::optional<MarksWord> word = RecogniseAs(kind, words, first, last);
    if (word) return word;
  }
  return std::nullopt;
}

}  // namespace tracegate
