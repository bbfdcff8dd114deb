#include "adapters/mapping/rule_list.h"

#include <algorithm>
#include <utility>

#include "adapters/mapping/written_text.h"

namespace tracegate {
namespace {

constexpr size_t kNameBytesMax = 128;

bool Overlap(const std::string& a, const std::string& b) {
  const auto& [shorter, longer] =
      std::minmax(a, b, [](const auto& x, const auto& y) { return x.size() < y.size(); });
  return longer.compare(0, shorter.size(), shorter) == 0 &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '.');
}

}  // namespace

absl::Status AddRule(FieldRule rule, const std::string& key, const YamlPlaces& places,
                     std::vector<FieldRule>* rules) {
  for (const FieldRule& other : *rules) {
    if (rule.target().field().is_repeated()) break;
    if (!Overlap(rule.target().path(), other.target().path())) continue;
    return places.Failure(key + ".to", "'" + rule.target().path() + "' is filled already, by '" +
                                           other.target().path() + "'; expected one column for it");
  }
  rules->push_back(std::move(rule));
  return absl::OkStatus();
}

bool Fills(const std::vector<FieldRule>& rules, std::string_view path) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const FieldRule& rule) { return rule.target().path() == path; });
}

absl::Status CheckName(const std::string& name, const std::string& key, const YamlPlaces& places) {
  if (name.empty()) return places.Failure(key, "is missing; expected a name in the registry");
  const bool fits = name.size() <= kNameBytesMax && ReadWritten(name).changed.empty() &&
                    name.find_first_of("\t\r\n") == std::string::npos;
  if (fits) return absl::OkStatus();
  return places.Failure(key, "is no name; expected text of at most 128 bytes on one line");
}

absl::Status CheckColumns(const SourceTable& table, const YamlPlaces& places) {
  absl::Status checked;
  for (const SourceColumn& column : table.columns) {
    checked.Update(CheckName(column.name, column.mapping_key, places));
  }
  return checked;
}

std::string Indexed(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace tracegate
