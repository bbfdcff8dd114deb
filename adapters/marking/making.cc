#include "adapters/marking/making.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/marking/words.h"

namespace tracegate {
namespace {

constexpr size_t kWordsMax = 512;  // a description is no longer

std::vector<std::string_view> WordsOf(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n,;()[]\"";
  std::vector<std::string_view> words;
  for (size_t start = text.find_first_not_of(kBetween);
       start != std::string_view::npos && words.size() < kWordsMax;) {
    const size_t end = std::min(text.find_first_of(kBetween, start), text.size());
    words.push_back(text.substr(start, end - start));
    start = text.find_first_not_of(kBetween, end);
  }
  return words;
}

bool Take(WordMeaning meaning, Making& making) {
  const auto set = [&making](v1::ProductionKind kind) {
    if (!making.IsHomeMade()) making.production = kind;
    return true;
  };
  switch (meaning) {
    case WordMeaning::kCraft: return set(v1::PRODUCTION_KIND_CRAFT);
    case WordMeaning::kPrivatelyMade: return set(v1::PRODUCTION_KIND_PRIVATELY_MADE);
    case WordMeaning::kKitBuilt: return set(v1::PRODUCTION_KIND_KIT_BUILT);
    case WordMeaning::kPrinted: return set(v1::PRODUCTION_KIND_PRINTED);
    case WordMeaning::kConverted: return making.converted = true;
    case WordMeaning::kReactivated: return making.reactivated = true;
    case WordMeaning::kCopied: return making.copied = true;
    default: return false;
  }
}

void ReadText(std::string_view text, Making& making) {
  const std::vector<std::string_view> words = WordsOf(text);
  for (size_t i = 0; i < words.size();) {
    size_t used = 1;
    for (size_t count = std::min<size_t>(WordList::kPhraseWordsMax, words.size() - i); count > 0;
         --count) {
      const std::string_view& last = words[i + count - 1];
      const std::string_view phrase(words[i].data(), last.data() + last.size() - words[i].data());
      const std::optional<Word> word = WordList::Standard().Find(phrase);
      if (!word) continue;
      // What stands behind speaks of the removal: "removido por puncionamento artesanal".
      if (word->meaning == WordMeaning::kRemoved) return;
      if (Take(word->meaning, making) && making.said.empty()) making.said = phrase;
      used = count;
      break;
    }
    i += used;
  }
}

void ReadWeapon(const v1::Firearm& weapon, Making& making) {
  for (const int modification : weapon.modifications()) {
    making.converted = making.converted || modification == v1::MODIFICATION_CONVERTED;
    making.reactivated = making.reactivated || modification == v1::MODIFICATION_REACTIVATED;
  }
  const bool industrial = weapon.production() == v1::PRODUCTION_KIND_INDUSTRIAL;
  if (!industrial) making.production = weapon.production();
  for (const std::string* text :
       {&weapon.manufacturer().verbatim(), &weapon.model().verbatim(), &weapon.type_verbatim(),
        &weapon.serial_number(), &weapon.description()}) {
    ReadText(*text, making);
  }
  if (industrial) making.production = v1::PRODUCTION_KIND_UNSPECIFIED;
}

}  // namespace

Making MakingOf(const v1::Item& item) {
  Making making;
  if (item.has_weapon()) ReadWeapon(item.weapon(), making);
  if (item.has_essential_part()) {
    ReadText(item.essential_part().manufacturer().verbatim(), making);
    ReadWeapon(item.essential_part().found_on(), making);
  }
  return making;
}

}  // namespace tracegate
