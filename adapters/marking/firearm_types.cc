#include "adapters/marking/firearm_types.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "firearm_types.csv";
constexpr size_t kPhraseWordsMax = 5;

constexpr std::pair<std::string_view, v1::FirearmType> kTypes[] = {
    {"revolver", v1::FIREARM_TYPE_REVOLVER},
    {"self_loading_pistol", v1::FIREARM_TYPE_SELF_LOADING_PISTOL},
    {"other_pistol", v1::FIREARM_TYPE_OTHER_PISTOL},
    {"rifle", v1::FIREARM_TYPE_RIFLE},
    {"carbine", v1::FIREARM_TYPE_CARBINE},
    {"shotgun", v1::FIREARM_TYPE_SHOTGUN},
    {"sub_machine_gun", v1::FIREARM_TYPE_SUB_MACHINE_GUN},
    {"assault_rifle", v1::FIREARM_TYPE_ASSAULT_RIFLE},
    {"light_machine_gun", v1::FIREARM_TYPE_LIGHT_MACHINE_GUN},
    {"heavy_machine_gun", v1::FIREARM_TYPE_HEAVY_MACHINE_GUN},
    {"grenade_launcher", v1::FIREARM_TYPE_GRENADE_LAUNCHER},
    {"anti_tank_gun", v1::FIREARM_TYPE_PORTABLE_ANTI_TANK_GUN},
    {"recoilless_rifle", v1::FIREARM_TYPE_RECOILLESS_RIFLE},
    {"anti_tank_launcher", v1::FIREARM_TYPE_PORTABLE_ANTI_TANK_LAUNCHER},
    {"anti_aircraft_launcher", v1::FIREARM_TYPE_PORTABLE_ANTI_AIRCRAFT_LAUNCHER},
    {"mortar", v1::FIREARM_TYPE_MORTAR},
    {"combination", v1::FIREARM_TYPE_COMBINATION}};

// Words that say what a weapon of any shape is.
constexpr std::pair<std::string_view, v1::FirearmType> kOverridingTypes[] = {
    {"gas_or_signal", v1::FIREARM_TYPE_GAS_OR_SIGNAL}, {"other", v1::FIREARM_TYPE_OTHER}};

constexpr std::pair<std::string_view, v1::ProductionKind> kProductions[] = {
    {"production_craft", v1::PRODUCTION_KIND_CRAFT},
    {"production_privately_made", v1::PRODUCTION_KIND_PRIVATELY_MADE},
    {"production_kit_built", v1::PRODUCTION_KIND_KIT_BUILT},
    {"production_printed", v1::PRODUCTION_KIND_PRINTED}};

constexpr std::pair<std::string_view, v1::Modification> kModifications[] = {
    {"modification_converted", v1::MODIFICATION_CONVERTED},
    {"modification_reactivated", v1::MODIFICATION_REACTIVATED},
    {"modification_deactivated", v1::MODIFICATION_DEACTIVATED},
    {"modification_shortened", v1::MODIFICATION_SHORTENED},
    {"modification_made_automatic", v1::MODIFICATION_MADE_AUTOMATIC}};

// Sets `value` to what `name` stands for in `table`; false where it is not there.
template <typename Value, size_t kRows>
bool Look(const std::pair<std::string_view, Value> (&table)[kRows], std::string_view name,
          Value& value) {
  const auto* found =
      std::find_if(table, table + kRows, [&](const auto& row) { return row.first == name; });
  if (found == table + kRows) return false;
  value = found->second;
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<FirearmTypeList>> FirearmTypeList::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "meaning,language,words,source");
  if (!rows.ok()) return rows.status();
  auto list = std::make_unique<FirearmTypeList>();
  for (const CsvRow& row : *rows) {
    if (row.fields[3].empty()) return TableFault(kTable, row.line, "has no source");
    Meaning meaning;
    const std::string& name = row.fields[0];
    meaning.overrides = Look(kOverridingTypes, name, meaning.type);
    if (!meaning.overrides && !Look(kTypes, name, meaning.type) &&
        !Look(kProductions, name, meaning.production) &&
        !Look(kModifications, name, meaning.modification)) {
      return TableFault(kTable, row.line, "has an unknown meaning");
    }
    for (const std::string_view word : ListOf(row.fields[2])) {
      const std::string key = FoldPhrase(word);
      const size_t words = 1 + static_cast<size_t>(std::count(key.begin(), key.end(), ' '));
      if (key.empty() || words > kPhraseWordsMax)
        return TableFault(kTable, row.line, "has a phrase without letters, or too long a one");
      const auto [found, added] = list->words_.emplace(key, meaning);
      if (!added && !(found->second == meaning))
        return TableFault(kTable, row.line, "repeats '" + std::string(word) + "'");
    }
  }
  return list;
}

const FirearmTypeList& FirearmTypeList::Standard() {
  static const FirearmTypeList* const kList = MustParse(Parse(FirearmTypesCsv()));
  return *kList;
}

TypeReading FirearmTypeList::Read(std::string_view text) const {
  const std::string phrase = FoldPhrase(text);
  const std::vector<std::string> words = absl::StrSplit(phrase, ' ', absl::SkipEmpty());
  TypeReading reading;
  bool overridden = false;
  bool contradicted = false;
  const auto add = [&](const Meaning& meaning) {
    if (meaning.production != v1::PRODUCTION_KIND_UNSPECIFIED)
      reading.production = meaning.production;
    auto& modifications = reading.modifications;
    if (meaning.modification != v1::MODIFICATION_UNSPECIFIED &&
        std::find(modifications.begin(), modifications.end(), meaning.modification) ==
            modifications.end())
      modifications.push_back(meaning.modification);
    if (meaning.type == v1::FIREARM_TYPE_UNSPECIFIED) return;
    if (meaning.overrides == overridden) {
      contradicted |= reading.type != v1::FIREARM_TYPE_UNSPECIFIED && reading.type != meaning.type;
      reading.type = meaning.type;
    } else if (meaning.overrides) {
      overridden = true;
      contradicted = false;
      reading.type = meaning.type;
    }
  };
  for (size_t i = 0; i < words.size();) {
    size_t used = std::min(words.size() - i, kPhraseWordsMax);
    for (; used > 0; --used) {
      const auto found =
          words_.find(absl::StrJoin(words.begin() + static_cast<ptrdiff_t>(i),
                                    words.begin() + static_cast<ptrdiff_t>(i + used), " "));
      if (found == words_.end()) continue;
      add(found->second);
      break;
    }
    i += std::max<size_t>(used, 1);
  }
  // A blank-firing pistol that was converted is one no more.
  const bool is_converted = std::find(reading.modifications.begin(), reading.modifications.end(),
                                      v1::MODIFICATION_CONVERTED) != reading.modifications.end();
  if (contradicted || (overridden && is_converted)) reading.type = v1::FIREARM_TYPE_UNSPECIFIED;
  return reading;
}

TypeReading ReadFirearmType(std::string_view text) {
  return FirearmTypeList::Standard().Read(text);
}

}  // namespace tracegate
