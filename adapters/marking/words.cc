#include "adapters/marking/words.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::pair<std::string_view, Word> kMeanings[] = {
    {"removed", {WordMeaning::kRemoved}},
    {"never_marked", {WordMeaning::kNeverMarked}},
    {"illegible", {WordMeaning::kIllegible}},
    {"not_told", {WordMeaning::kNotTold}},
    {"restored", {WordMeaning::kRestored}},
    {"remarked", {WordMeaning::kRemarked}},
    {"partial", {WordMeaning::kPartial}},
    {"label", {WordMeaning::kLabel}},
    {"glue", {WordMeaning::kGlue}},
    {"tail", {WordMeaning::kTail}},
    {"head", {WordMeaning::kHead}},
    {"reference", {WordMeaning::kReference}},
    {"calibre", {WordMeaning::kCalibre}},
    {"craft", {WordMeaning::kCraft}},
    {"privately_made", {WordMeaning::kPrivatelyMade}},
    {"kit_built", {WordMeaning::kKitBuilt}},
    {"printed", {WordMeaning::kPrinted}},
    {"converted", {WordMeaning::kConverted}},
    {"reactivated", {WordMeaning::kReactivated}},
    {"copied", {WordMeaning::kCopied}},
    {"model_token", {WordMeaning::kModelToken}},
    {"frame", {WordMeaning::kPart, v1::WEAPON_PART_FRAME}},
    {"receiver", {WordMeaning::kPart, v1::WEAPON_PART_RECEIVER}},
    {"upper_receiver", {WordMeaning::kPart, v1::WEAPON_PART_UPPER_RECEIVER}},
    {"lower_receiver", {WordMeaning::kPart, v1::WEAPON_PART_LOWER_RECEIVER}},
    {"slide", {WordMeaning::kPart, v1::WEAPON_PART_SLIDE}},
    {"barrel", {WordMeaning::kPart, v1::WEAPON_PART_BARREL}},
    {"cylinder", {WordMeaning::kPart, v1::WEAPON_PART_CYLINDER}},
    {"bolt", {WordMeaning::kPart, v1::WEAPON_PART_BOLT}},
    {"breech_block", {WordMeaning::kPart, v1::WEAPON_PART_BREECH_BLOCK}},
    {"stock", {WordMeaning::kPart, v1::WEAPON_PART_STOCK}},
    {"magazine", {WordMeaning::kPart, v1::WEAPON_PART_MAGAZINE}},
    {"other_part", {WordMeaning::kPart, v1::WEAPON_PART_OTHER}},
};

const Word* MeaningNamed(std::string_view name) {
  for (const auto& [known, word] : kMeanings) {
    if (known == name) return &word;
  }
  return nullptr;
}

// A word as one number, and back.
size_t NumberOf(const Word& word) {
  return static_cast<size_t>(word.meaning) * v1::WeaponPart_ARRAYSIZE + word.part;
}

Word WordOf(size_t number) {
  return {static_cast<WordMeaning>(number / v1::WeaponPart_ARRAYSIZE),
          static_cast<v1::WeaponPart>(number % v1::WeaponPart_ARRAYSIZE)};
}

bool EndsInSign(std::string_view text) {
  return !text.empty() && (text.back() == ':' || text.back() == '.' || text.back() == '#');
}

bool HasOrdinalSign(std::string_view text) {
  for (const std::string_view sign :
       {std::string_view("\u00BA"), std::string_view("\u00B0"), std::string_view("\u2116")}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

// "n.", "no:" and "nº" are labels only with their sign: "N 1234" and "NO 1234" may be prefixes.
std::string KeyOf(std::string_view text) {
  std::string key = FoldWord(text);
  const size_t letters =
      std::count_if(key.begin(), key.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (text == "#" || (letters <= 2 && HasOrdinalSign(text))) return "#";
  if (EndsInSign(text) && letters <= 2) key += text.back();
  if (text.find('/') != std::string_view::npos && letters <= 2) key += '/';
  return key;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WordList>> WordList::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "meaning,language,words,source");
  if (!rows.ok()) return rows.status();
  auto list = std::make_unique<WordList>();
  for (const CsvRow& row : *rows) {
    const Word* word = MeaningNamed(row.fields[0]);
    if (word == nullptr) return TableFault("words.csv", row.line, "has an unknown meaning");
    if (row.fields[3].empty()) return TableFault("words.csv", row.line, "has no source");
    for (const std::string_view text : ListOf(row.fields[2])) {
      const absl::Status added = list->Add(text, *word);
      if (!added.ok())
        return TableFault("words.csv", row.line,
                          std::string(added.message().data(), added.message().size()));
    }
  }
  return list;
}

absl::Status WordList::Add(std::string_view text, Word word) {
  const std::string key = KeyOf(text);
  if (key.empty()) return absl::InternalError("has a word without letters");
  cut_words_.Add(FoldPhrase(text), NumberOf(word));
  close_words_.Add(key, NumberOf(word));
  const auto [entry, added] = words_.emplace(key, word);
  // The languages share words ("revelado"); only the meaning has to be one.
  if (!added && (entry->second.meaning != word.meaning || entry->second.part != word.part)) {
    return absl::InternalError("gives '" + std::string(text) + "' a second meaning");
  }
  return absl::OkStatus();
}

const WordList& WordList::Standard() {
  static const WordList* const kList = MustParse(Parse(WordsCsv()));
  return *kList;
}

std::optional<Word> WordList::Find(std::string_view text) const {
  const auto found = words_.find(KeyOf(text));
  if (found == words_.end()) return std::nullopt;
  return found->second;
}

std::vector<Word> WordList::FindCut(std::string_view folded) const {
  std::vector<Word> words;
  for (const size_t number : cut_words_.Find(folded)) words.push_back(WordOf(number));
  return words;
}

std::optional<Word> WordList::FindClose(std::string_view text) const {
  const std::optional<size_t> found = close_words_.FindOne(FoldWord(text));
  return found.has_value() ? std::optional(WordOf(*found)) : std::nullopt;
}

bool TellsNothing(std::string_view text) {
  const std::string folded = FoldWord(text);
  if (std::all_of(folded.begin(), folded.end(), [](char c) { return c == '0'; })) return true;
  const auto is_nothing = [](const Word& word) {
    return word.meaning == WordMeaning::kNotTold || word.meaning == WordMeaning::kNeverMarked ||
           word.meaning == WordMeaning::kIllegible || word.meaning == WordMeaning::kRemoved;
  };
  if (const std::optional<Word> word = WordList::Standard().Find(text); word.has_value())
    return is_nothing(*word);
  if (HasDigit(folded)) return false;
  const std::vector<Word> cut = WordList::Standard().FindCut(folded);
  return !cut.empty() && std::all_of(cut.begin(), cut.end(), is_nothing);
}

}  // namespace tracegate
