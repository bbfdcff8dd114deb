#ifndef TRACEGATE_ADAPTERS_MAPPING_RULE_LIST_H_
#define TRACEGATE_ADAPTERS_MAPPING_RULE_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "adapters/mapping/field_rule.h"
#include "adapters/mapping/source_table.h"
#include "protos/tracegate/config/yaml_places.h"

namespace tracegate {

// What the rules that fill one message owe each other, and the names they read. Errors: CONFIG_INVALID with file and line.

// Adds a rule unless another fills the same field. Lists may be filled by several.
absl::Status AddRule(FieldRule rule, const std::string& key, const YamlPlaces& places,
                     std::vector<FieldRule>* rules);

// Whether one of them fills that field.
bool Fills(const std::vector<FieldRule>& rules, std::string_view path);

// A table's, column's or code table's name stands in queries and in what is told to other States.
absl::Status CheckName(const std::string& name, const std::string& key, const YamlPlaces& places);

// The names of the columns that are read of a table.
absl::Status CheckColumns(const SourceTable& table, const YamlPlaces& places);

// `fields[2]`.
std::string Indexed(const std::string& list, int index);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_RULE_LIST_H_
