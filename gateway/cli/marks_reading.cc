#include "gateway/cli/marks_reading.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "adapters/marking/quality_gate.h"
#include "adapters/marking/routing.h"

namespace tracegate {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json ListOf(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

// The States that the maker alone leads to, those first that the whole weapon leads to.
Json StatesOf(const v1::Term& maker, const std::vector<v1::RouteStep>& route) {
  v1::Item maker_alone;
  *maker_alone.mutable_weapon()->mutable_manufacturer() = maker;
  std::vector<std::string> states;
  for (const v1::RouteStep& step : RouteOf(maker_alone)) states.push_back(step.state());
  const auto place_of = [&](const std::string& state) {
    return std::find_if(route.begin(), route.end(),
                        [&](const v1::RouteStep& step) { return step.state() == state; }) -
           route.begin();
  };
  std::stable_sort(states.begin(), states.end(), [&](const auto& one, const auto& other) {
    return place_of(one) < place_of(other);
  });
  return states;
}

// A field by the name that it has in the line.
std::string FieldName(std::string path) {
  constexpr std::string_view kWeapon = "weapon.";
  if (path.starts_with(kWeapon)) path.erase(0, kWeapon.size());
  if (path == "serial_number") return "serial";
  if (path == "manufacturer") return "make";
  if (path == "country_of_manufacture") return "country";
  if (path == "year_of_manufacture") return "year";
  return path;
}

Json FindingJson(const v1::MarkRemark& remark) {
  return {{"field", FieldName(remark.field())},
          {"kind", WordOf(v1::RemarkKind_Name(remark.kind()), "REMARK_KIND_", remark.kind())},
          {"severity", WordOf(v1::RemarkSeverity_Name(remark.severity()), "REMARK_SEVERITY_",
                              remark.severity())},
          {"text", remark.message()},
          {"help", TextOrNull(remark.help())}};
}

Json PartOf(const SerialNumber& number) {
  return WordOf(v1::WeaponPart_Name(number.part), "WEAPON_PART_", number.part);
}

const std::string& CanonicalOf(const SerialReading& serial) {
  return serial.pattern.empty() ? serial.plain_key : serial.pattern;
}

}  // namespace

Json WordOf(std::string_view enum_name, std::string_view prefix, int value) {
  if (value == 0) return Json();
  if (enum_name.starts_with(prefix)) enum_name.remove_prefix(prefix.size());
  std::string word(enum_name);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

const char* StatusWord(const SerialReading& serial) {
  const bool none = serial.numbers.empty();
  switch (serial.status) {
    case v1::SERIAL_STATUS_COMPLETE:
    case v1::SERIAL_STATUS_RESTORED: return "read";
    case v1::SERIAL_STATUS_COUNTERFEIT: return none ? "removed" : "read";
    case v1::SERIAL_STATUS_PARTIAL: return "partial";
    case v1::SERIAL_STATUS_OBLITERATED: return "removed";
    default: return "absent";
  }
}

Json SerialJson(const SerialReading& serial) {
  Json alternatives = Json::array();
  Json numbers = Json::array();
  for (size_t i = 0; i < serial.numbers.size(); ++i) {
    const SerialNumber& number = serial.numbers[i];
    if (i != serial.chosen) alternatives.push_back(number.marks);
    numbers.push_back({{"canonical", number.marks},
                       {"part", PartOf(number)},
                       {"text", number.text},
                       {"note", TextOrNull(number.note)}});
  }
  Json json = {{"canonical", TextOrNull(CanonicalOf(serial))},
               {"status", StatusWord(serial)},
               {"alternatives", std::move(alternatives)},
               {"numbers", std::move(numbers)}};
  // Letters of another script, as a clerk may have typed them.
  if (!serial.key.empty() && serial.key != serial.plain_key) json["by_look"] = serial.key;
  if (!serial.sound_key.empty()) json["by_sound"] = serial.sound_key;
  return json;
}

Json ReadingJson(const ItemReading& read, std::string_view language) {
  const v1::Firearm& weapon = read.item.weapon();
  const std::vector<v1::RouteStep> route = RouteOf(read.item);
  Json findings = Json::array();
  for (const v1::MarkRemark& remark : CheckMarks(read, {}, language))
    findings.push_back(FindingJson(remark));
  Json ask = Json::array();
  for (const v1::RouteStep& step : route)
    ask.push_back({{"state", step.state()}, {"why", step.reason_note()}});
  return {{"make",
           {{"canonical", TextOrNull(weapon.manufacturer().canonical())},
            {"states", StatesOf(weapon.manufacturer(), route)},
            {"could_be", ListOf(weapon.manufacturer().could_be())}}},
          {"model",
           {{"canonical", TextOrNull(weapon.model().canonical())},
            {"could_be", ListOf(weapon.model().could_be())}}},
          {"calibre",
           {{"canonical", TextOrNull(weapon.calibre().canonical())},
            {"ambiguous", ListOf(weapon.calibre().could_be())}}},
          {"country", TextOrNull(weapon.country_of_manufacture().iso_code())},
          {"type", WordOf(v1::FirearmType_Name(weapon.type()), "FIREARM_TYPE_", weapon.type())},
          {"serial", SerialJson(read.serial)},
          {"findings", std::move(findings)},
          {"ask", std::move(ask)}};
}

}  // namespace tracegate
