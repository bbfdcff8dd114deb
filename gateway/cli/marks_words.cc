#include "gateway/cli/marks_words.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/import_mark.h"
#include "adapters/marking/importers.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"
#include "gateway/cli/table.h"

namespace tracegate {
namespace {

constexpr size_t kWordsTogetherMax = 5;
constexpr size_t kSerialBytesMin = 4;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t start = text.find_first_not_of(" \t\r\n,;");
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    const size_t end = std::min(text.find_first_of(" \t\r\n,;"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

v1::Firearm Read(const WrittenWeapon& weapon) { return ReadItem(ItemOf(weapon)).weapon(); }

std::string MeaningOf(const v1::Term& term) {
  if (!term.canonical().empty()) return term.canonical();
  std::string meaning;
  for (const std::string& name : term.could_be())
    meaning += (meaning.empty() ? "could be " : ", ") + name;
  return meaning;
}

// A bare "12" in a sentence is anything; ".38", "9mm" and "cal 12" are calibres.
bool LooksLikeCalibre(std::string_view text) {
  const std::string folded = FoldWord(text);
  return text.front() == '.' ||
         std::any_of(folded.begin(), folded.end(), [](char c) { return !IsDigit(c); });
}

// Short words in a sentence ("de", "is") are codes of States and letters of makers too.
bool IsShort(std::string_view text) { return FoldWord(text).size() < 3; }

using Recogniser = std::string (*)(const std::string& text);

std::string AsMake(const std::string& text) {
  return IsShort(text) && UpperCase(text) != text ? ""
                                                  : MeaningOf(Read({.make = text}).manufacturer());
}

std::string AsModel(const std::string& text) { return MeaningOf(Read({.model = text}).model()); }

std::string AsCalibre(const std::string& text) {
  return LooksLikeCalibre(text) ? MeaningOf(Read({.calibre = text}).calibre()) : "";
}

std::string AsType(const std::string& text) {
  const v1::FirearmType type = Read({.type = text}).type();
  return type == v1::FIREARM_TYPE_UNSPECIFIED ? ""
                                              : Words(v1::FirearmType_Name(type), "FIREARM_TYPE_");
}

std::string AsCountry(const std::string& text) {
  return IsShort(text) ? "" : Read({.country = text}).country_of_manufacture().iso_code();
}

// A State's code and a number ("PT 92") is a model as well, and any words before one of Maine's "me"
// may be an importer and its town: only what says that it is an import, or names one that is known.
std::string AsImportMark(const std::string& text) {
  const ImportMark mark = ReadImportMark(text);
  const bool says_so = ImporterList::Standard().Find(mark.importer) != nullptr ||
                       FoldWord(text).find("IMPORT") != std::string::npos;
  if (mark.state.empty() || !says_so) return "";
  const std::string by = mark.importer.empty() ? "" : " by " + mark.importer;
  const std::string year = mark.year == 0 ? "" : " in " + std::to_string(mark.year);
  return "imported into " + mark.state + by + year;
}

struct Kind {
  const char* name;
  Recogniser recognise;
};

// What is likeliest to be meant first.
constexpr Kind kKinds[] = {{"type", AsType},       {"make", AsMake},
                           {"calibre", AsCalibre}, {"country", AsCountry},
                           {"model", AsModel},     {"import mark", AsImportMark}};

std::string_view Span(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<size_t>(last.data() + last.size() - first.data())};
}

bool HoldsDigit(std::string_view word) { return std::any_of(word.begin(), word.end(), IsDigit); }

// "cal", "Kaliber", "calibro".
bool SaysCalibre(std::string_view word) {
  const std::string folded = FoldWord(word);
  return folded.starts_with("CAL") || folded.starts_with("KAL");
}

// What `words` mean together. Readers pass over words they do not need ("Pistola Taurus PT 92" is
// Taurus): the last word has to count, and the first too unless it introduces a calibre ("cal 9mm").
std::optional<MarksWord> Recognise(const std::vector<std::string_view>& words, size_t first,
                                   size_t last) {
  const std::string text(Span(words[first], words[last]));
  for (const Kind& kind : kKinds) {
    const std::string meaning = kind.recognise(text);
    if (meaning.empty()) continue;
    const auto means_as_much = [&](size_t from, size_t to) {
      return kind.recognise(std::string(Span(words[from], words[to]))) == meaning;
    };
    const bool introduces = kind.recognise == AsCalibre && SaysCalibre(words[first]);
    const bool longer = first < last && (means_as_much(first, last - 1) ||
                                         (!introduces && means_as_much(first + 1, last)));
    if (!longer) return MarksWord{text, kind.name, meaning};
  }
  return std::nullopt;
}

bool IsLabel(std::string_view word) {
  const auto found = WordList::Standard().Find(word);
  return found && found->meaning == WordMeaning::kLabel;
}

bool HoldsNumber(std::string_view word) {
  return ReadSerial(word).numbers.size() == 1 && HoldsDigit(word);
}

MarksWord Serial(std::string_view word) {
  const SerialReading serial = ReadSerial(word);
  return {std::string(word), "serial", serial.pattern.empty() ? serial.plain_key : serial.pattern};
}

// The only word left that may be a serial number; none where there are several.
std::optional<std::string_view> LoneNumber(const std::vector<std::string_view>& left) {
  std::optional<std::string_view> number;
  for (const std::string_view word : left) {
    if (!HoldsNumber(word) || FoldWord(word).size() < kSerialBytesMin) continue;
    if (number) return std::nullopt;
    number = word;
  }
  return number;
}

}  // namespace

std::vector<MarksWord> WordsIn(std::string_view text) {
  const std::vector<std::string_view> words = SplitWords(text);
  const auto labels_serial = [&](size_t i) {
    return i + 1 < words.size() && IsLabel(words[i]) && HoldsNumber(words[i + 1]);
  };
  std::vector<MarksWord> found;
  std::vector<std::string_view> left;
  bool serial_told = false;
  for (size_t i = 0; i < words.size();) {
    if (labels_serial(i)) {
      found.push_back(Serial(words[i + 1]));
      serial_told = true;
      i += 2;
      continue;
    }
    size_t taken = 1;
    while (taken < kWordsTogetherMax && i + taken < words.size() && !labels_serial(i + taken)) {
      ++taken;
    }
    std::optional<MarksWord> word;
    for (; taken > 0; --taken) {
      word = Recognise(words, i, i + taken - 1);
      if (word) break;
    }
    if (word) {
      found.push_back(*std::move(word));
    } else {
      left.push_back(words[i]);
    }
    i += std::max<size_t>(taken, 1);
  }
  const std::optional<std::string_view> number = LoneNumber(left);
  if (number && !serial_told) found.push_back(Serial(*number));
  return found;
}

WrittenWeapon WeaponOf(const std::vector<MarksWord>& words) {
  WrittenWeapon weapon;
  const auto first = [&](const std::string& kind) -> std::string {
    for (const MarksWord& word : words) {
      if (word.kind == kind) return word.text;
    }
    return "";
  };
  weapon.make = first("make");
  weapon.model = first("model");
  weapon.calibre = first("calibre");
  weapon.type = first("type");
  weapon.country = first("country");
  weapon.serial = first("serial");
  return weapon;
}

}  // namespace tracegate
