#include "gateway/cli/marks_text.h"

#include "adapters/marking/import_mark.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/written_weapon.h"
#include "gateway/cli/marks_reading.h"
#include "gateway/cli/marks_words.h"
#include "gateway/cli/table.h"

namespace tracegate {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json ImportMarkJson(const std::string& text) {
  const ImportMark mark = ReadImportMark(text);
  if (mark.state.empty() && mark.importer.empty()) return Json();
  return {{"state", TextOrNull(mark.state)},
          {"year", mark.year == 0 ? Json() : Json(mark.year)},
          {"importer", TextOrNull(mark.importer)},
          {"place", TextOrNull(mark.place)}};
}

// The text as the only cell that is filled in.
Json FieldOf(const WrittenWeapon& weapon, const char* field) {
  return ReadingJson(ItemReading(ItemOf(weapon)), "")[field];
}

Json WholeText(const std::string& text) {
  return {{"make", FieldOf({.make = text}, "make")},
          {"model", FieldOf({.model = text}, "model")},
          {"calibre", FieldOf({.calibre = text}, "calibre")},
          {"country", FieldOf({.country = text}, "country")},
          {"type", FieldOf({.type = text}, "type")},
          {"import_mark", ImportMarkJson(text)},
          {"serial", FieldOf({.serial = text}, "serial")}};
}

// "Taurus", "could be 9x19, 9x17", or "-".
std::string Short(const Json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  const Json canonical = value.value("canonical", Json());
  std::string text = canonical.is_string() ? canonical.get<std::string>() : "";
  for (const char* list : {"could_be", "ambiguous"}) {
    if (!value.contains(list)) continue;
    for (const Json& name : value[list])
      text += (text.empty() ? "could be " : ", ") + name.get<std::string>();
  }
  return text.empty() ? "-" : text;
}

std::string ShortImportMark(const Json& mark) {
  if (mark.is_null()) return "-";
  return "State " + Short(mark["state"]) + ", year " + Short(mark["year"]) + ", importer " +
         Short(mark["importer"]);
}

std::string ShortSerial(const Json& serial) {
  std::string text = serial["status"].get<std::string>();
  for (const Json& number : serial["numbers"]) {
    text += "; " + number["canonical"].get<std::string>();
    if (!number["part"].is_null()) text += " on the " + number["part"].get<std::string>();
    if (!number["note"].is_null()) text += " (" + number["note"].get<std::string>() + ")";
  }
  return text;
}

std::string ShowWhole(const Json& as) {
  Table table({"TAKEN WHOLE AS", "COMES TO"});
  for (const char* field : {"make", "model", "calibre", "country", "type"})
    table.Add({field, Short(as[field])});
  table.Add({"import mark", ShortImportMark(as["import_mark"])});
  table.Add({"serial", ShortSerial(as["serial"])});
  return table.Text();
}

std::string ShowWords(const Json& words) {
  Table table({"WORDS", "KIND", "READ AS"});
  for (const Json& word : words)
    table.Add({word["text"].get<std::string>(), word["kind"].get<std::string>(),
               word["meaning"].get<std::string>()});
  return table.empty() ? "" : "\n" + table.Text();
}

std::string ShowWeapon(const Json& weapon) {
  std::string text;
  for (const Json& step : weapon["ask"])
    text += "would ask " + step["state"].get<std::string>() + ": " +
            step["why"].get<std::string>() + "\n";
  for (const Json& finding : weapon["findings"]) {
    text += finding["severity"].get<std::string>() + ": " + finding["text"].get<std::string>();
    if (!finding["help"].is_null()) text += " " + finding["help"].get<std::string>();
    text += "\n";
  }
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

Json ExplainMarks(const std::string& text, std::string_view language) {
  Json words = Json::array();
  const std::vector<MarksWord> found = WordsIn(text);
  for (const MarksWord& word : found)
    words.push_back({{"text", word.text}, {"kind", word.kind}, {"meaning", word.meaning}});
  return {{"text", text},
          {"as", WholeText(text)},
          {"words", std::move(words)},
          {"weapon",
           found.empty() ? Json() : ReadingJson(ItemReading(ItemOf(WeaponOf(found))), language)}};
}

std::string ShowMarks(const Json& explained) {
  std::string text = ShowWhole(explained["as"]) + ShowWords(explained["words"]);
  if (!explained["weapon"].is_null()) text += ShowWeapon(explained["weapon"]);
  return text;
}

}  // namespace tracegate
