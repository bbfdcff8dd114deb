#include "gateway/cli/marks_segments.h"

#include <algorithm>
#include <string>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/name_words.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kLabelWordsMax = 4;
constexpr std::string_view kSpace = " \t\r\n";

// Folded, what no table of words has.
constexpr std::string_view kTypeLabels[] = {"TYPE",       "WEAPONTYPE", "TYPEOFWEAPON", "TIPO",
                                            "TIPODEARMA", "WAFFENART",  "TYPEDARME"};
constexpr std::string_view kCountryLabels[] = {"COUNTRY",
                                               "COUNTRYOFMANUFACTURE",
                                               "COUNTRYOFORIGIN",
                                               "MADEIN",
                                               "PAIS",
                                               "PAISDEFABRICACAO",
                                               "PAISDEFABRICACION",
                                               "PAISDEORIGEM",
                                               "PAISDEORIGEN",
                                               "PAYS",
                                               "PAYSDEFABRICATION",
                                               "PAYSDORIGINE",
                                               "LAND",
                                               "HERSTELLUNGSLAND",
                                               "HERKUNFTSLAND"};

template <size_t kCount>
bool IsIn(const std::string_view (&labels)[kCount], std::string_view key) {
  return std::find(std::begin(labels), std::end(labels), key) != std::end(labels);
}

// What a label says that follows, empty for a word that is no label.
std::string_view KindOfLabel(std::string_view label) {
  const std::string key = FoldWord(label);
  if (IsIn(kTypeLabels, key)) return "type";
  if (IsIn(kCountryLabels, key)) return "country";
  if (SaysCalibre(label)) return "calibre";
  if (SaysSerial(label)) return "serial";
  if (NameWords::Standard().Is(key, NameWord::kModelPrefix)) return "model";
  if (NameWords::Standard().Is(key, NameWord::kLead)) return "make";
  return "";
}

bool IsSpace(char c) { return kSpace.find(c) != std::string_view::npos; }

// The texts between commas and semicolons that a space or nothing follows, and line ends; a line that
// ends in a label goes on.
std::vector<std::string_view> Chunks(std::string_view text) {
  std::vector<std::string_view> chunks;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool sign = text[i] == ',' || text[i] == ';';
    const bool line_ends = text[i] == '\n' && i > 0 && text[i - 1] != ':';
    const bool ends = line_ends || (sign && (i + 1 == text.size() || IsSpace(text[i + 1])));
    if (!ends) continue;
    chunks.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  chunks.push_back(text.substr(start));
  return chunks;
}

// Its words; a colon behind letters ends one, so that "make:Taurus" is two.
std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t start = 0; (start = text.find_first_not_of(kSpace, start)) != text.npos;) {
    const size_t space = std::min(text.find_first_of(kSpace, start), text.size());
    const std::string_view word = text.substr(start, space - start);
    const size_t colon = word.find(':');
    const bool behind_letters = colon != word.npos && !HasDigit(word.substr(0, colon));
    words.push_back(behind_letters ? word.substr(0, colon + 1) : word);
    start += words.back().size();
  }
  return words;
}

// How many of the words, the last of which ends in a colon, are a label; 0 for none.
size_t LabelWords(const std::vector<std::string_view>& words, std::string_view& kind) {
  if (words.empty() || words.back().back() != ':') return 0;
  for (size_t count = std::min(words.size(), kLabelWordsMax); count > 0; --count) {
    std::string_view label = Span(words[words.size() - count], words.back());
    label.remove_suffix(1);
    kind = KindOfLabel(label);
    if (!kind.empty()) return count;
  }
  return 0;
}

}  // namespace

std::vector<MarksSegment> SegmentsOf(std::string_view text) {
  std::vector<MarksSegment> segments;
  for (const std::string_view chunk : Chunks(text)) {
    segments.emplace_back();
    for (const std::string_view word : SplitWords(chunk)) {
      std::vector<std::string_view>& words = segments.back().words;
      words.push_back(word);
      std::string_view kind;
      const size_t label = LabelWords(words, kind);
      if (label == 0) continue;
      words.resize(words.size() - label);
      segments.push_back({kind, {}});
    }
  }
  std::erase_if(segments, [](const MarksSegment& segment) { return segment.words.empty(); });
  return segments;
}

std::string_view Span(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<size_t>(last.data() + last.size() - first.data())};
}

bool SaysCalibre(std::string_view word) {
  const std::string folded = FoldWord(word);
  return folded.starts_with("CAL") || folded.starts_with("KAL");
}

bool SaysSerial(std::string_view word) {
  const auto found = WordList::Standard().Find(word);
  return found && found->meaning == WordMeaning::kLabel;
}

}  // namespace tracegate
