#include "adapters/marking/remark_texts.h"

#include <algorithm>
#include <set>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "remarks.csv";

// Calls take(plain text, name) for each piece of `text` up to a placeholder and the placeholder;
// last with an empty name.
template <typename Take>
void ForEachPlaceholder(std::string_view text, Take take) {
  while (true) {
    const size_t open = text.find('{');
    const size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return take(text, std::string_view());
    take(text.substr(0, open), text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

std::set<std::string_view> PlaceholdersOf(std::string_view text) {
  std::set<std::string_view> names;
  ForEachPlaceholder(text, [&](std::string_view, std::string_view name) {
    if (!name.empty()) names.insert(name);
  });
  return names;
}

bool IsLanguage(std::string_view language) {
  return std::find(std::begin(RemarkTexts::kLanguages), std::end(RemarkTexts::kLanguages),
                   language) != std::end(RemarkTexts::kLanguages);
}

}  // namespace

absl::StatusOr<std::unique_ptr<RemarkTexts>> RemarkTexts::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "key,language,text,help,source");
  if (!rows.ok()) return rows.status();
  auto texts = std::make_unique<RemarkTexts>();
  for (const CsvRow& row : *rows) {
    if (row.fields[0].empty() || row.fields[2].empty() || row.fields[4].empty())
      return TableFault(kTable, row.line, "has no key, text or source");
    if (!IsLanguage(row.fields[1])) return TableFault(kTable, row.line, "has an unknown language");
    const bool added = texts->texts_[row.fields[0]]
                           .emplace(row.fields[1], RemarkText{row.fields[2], row.fields[3]})
                           .second;
    if (!added) return TableFault(kTable, row.line, "says a key in one language twice");
  }
  for (const auto& [key, languages] : texts->texts_) {
    for (const std::string_view language : kLanguages) {
      const auto english = languages.find("en");
      const auto found = languages.find(language);
      if (english == languages.end() || found == languages.end())
        return absl::InternalError("remarks.csv: " + key + " is not in all languages");
      if (PlaceholdersOf(found->second.text) != PlaceholdersOf(english->second.text) ||
          PlaceholdersOf(found->second.help) != PlaceholdersOf(english->second.help) ||
          found->second.help.empty() != english->second.help.empty()) {
        return absl::InternalError("remarks.csv: " + key + " has other placeholders in " +
                                   std::string(language));
      }
    }
  }
  return texts;
}

const RemarkTexts& RemarkTexts::Standard() {
  static const RemarkTexts* const kTexts = MustParse(Parse(RemarksCsv()));
  return *kTexts;
}

const RemarkText& RemarkTexts::Find(std::string_view key, std::string_view language) const {
  static const RemarkText* const kNone = new RemarkText;
  const auto found = texts_.find(key);
  if (found == texts_.end()) return *kNone;
  const auto text = found->second.find(IsLanguage(language) ? language : "en");
  return text == found->second.end() ? *kNone : text->second;
}

std::string_view RemarkLanguage(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_.@"));
  if (!IsAscii(primary) || primary.size() != 2) return "en";
  const std::string upper = UpperCaseAscii(primary);
  for (const std::string_view language : RemarkTexts::kLanguages) {
    if (UpperCaseAscii(language) == upper) return language;
  }
  return "en";
}

std::string Filled(std::string_view text, const RemarkValues& values) {
  std::string filled;
  ForEachPlaceholder(text, [&](std::string_view plain, std::string_view name) {
    filled += plain;
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    if (value != values.end()) filled += value->second;
  });
  return filled;
}

}  // namespace tracegate
