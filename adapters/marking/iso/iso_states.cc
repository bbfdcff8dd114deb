#include "adapters/marking/iso/iso_states.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace tracegate {
namespace {

// The format is in gettext's manual, "The Format of GNU MO Files".
constexpr uint32_t kMoMagic = 0x950412de;
constexpr size_t kMoCount = 8;
constexpr size_t kMoOriginals = 12;
constexpr size_t kMoTranslations = 16;

uint32_t NumberAt(std::string_view mo, size_t at) {
  uint32_t number = 0;
  if (at + sizeof number > mo.size()) throw std::runtime_error("a .mo file ends early");
  std::memcpy(&number, mo.data() + at, sizeof number);
  return number;
}

// The text whose length and offset stand at `at`.
std::string TextAt(std::string_view mo, size_t at) {
  const size_t length = NumberAt(mo, at);
  const size_t offset = NumberAt(mo, at + sizeof(uint32_t));
  if (offset + length > mo.size()) throw std::runtime_error("a .mo file ends early");
  return std::string(mo.substr(offset, length));
}

void AddName(std::vector<std::string>& names, const std::string& name) {
  const bool fits = !name.empty() && name.find_first_of(";\"\n") == std::string::npos;
  if (fits && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// "Iran, Islamic Republic of" is also "Iran".
std::string ShortName(const std::string& name) {
  std::string part = name.substr(0, name.find_first_of(",("));
  while (part.ends_with(' ')) part.pop_back();
  return part;
}

std::vector<std::string> NamesOf(const nlohmann::json& state,
                                 const std::vector<Translations>& words) {
  std::vector<std::string> names;
  for (const char* key : {"name", "common_name", "official_name"}) {
    const std::string english = state.value(key, "");
    AddName(names, english);
    AddName(names, ShortName(english));
    for (const Translations& language : words) {
      const auto found = language.find(english);
      if (english.empty() || found == language.end()) continue;
      AddName(names, found->second);
      AddName(names, ShortName(found->second));
    }
  }
  return names;
}

std::string Quoted(const std::string& field) { return '"' + field + '"'; }

std::string RowOf(const nlohmann::json& state, const std::string& code,
                  const std::vector<Translations>& words) {
  constexpr size_t kYear = 4;
  // Some versions of the file give the Yemen Arab Republic Yugoslavia's number.
  const std::string numeric = code == "YEYE" ? "886" : state.value("numeric", "");
  std::string names;
  for (const std::string& name : NamesOf(state, words)) names += (names.empty() ? "" : ";") + name;
  const std::string name = state.value("name", "");
  return code + ',' + state.value("alpha_2", "") + ',' + state.value("alpha_3", "") + ',' +
         numeric + ',' + state.value("withdrawal_date", "").substr(0, kYear) + ',' +
         Quoted(state.value("common_name", ShortName(name))) + ',' + Quoted(names) + '\n';
}

}  // namespace

Translations ReadTranslations(std::string_view mo) {
  if (NumberAt(mo, 0) != kMoMagic) throw std::runtime_error("not a .mo file of this machine");
  constexpr size_t kEntry = 2 * sizeof(uint32_t);
  Translations words;
  for (size_t i = 0; i < NumberAt(mo, kMoCount); ++i) {
    words.emplace(TextAt(mo, NumberAt(mo, kMoOriginals) + i * kEntry),
                  TextAt(mo, NumberAt(mo, kMoTranslations) + i * kEntry));
  }
  return words;
}

std::string IsoStates(std::string_view present, const std::vector<Translations>& present_words,
                      std::string_view former, const std::vector<Translations>& former_words) {
  std::string csv = "code,alpha_2,alpha_3,numeric,until,name,names\n";
  const nlohmann::json states = nlohmann::json::parse(present);
  for (const nlohmann::json& state : states.at("3166-1")) {
    csv += RowOf(state, state.at("alpha_2"), present_words);
  }
  const nlohmann::json former_states = nlohmann::json::parse(former);
  for (const nlohmann::json& state : former_states.at("3166-3")) {
    csv += RowOf(state, state.at("alpha_4"), former_words);
  }
  return csv;
}

}  // namespace tracegate
