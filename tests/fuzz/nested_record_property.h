#ifndef TRACEGATE_TESTS_FUZZ_NESTED_RECORD_PROPERTY_H_
#define TRACEGATE_TESTS_FUZZ_NESTED_RECORD_PROPERTY_H_

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/mapping/nested_record.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/fuzz/property.h"

namespace tracegate {

// The mapping that a target writes as YAML; lives as long as the program.
inline const Mapping& FuzzedMapping(const char* yaml) {
  config::v1::Mapping proto;
  Require(ParseYamlMessage(yaml, "m.yaml", &proto).ok(), "the mapping is YAML");
  auto created = Mapping::Create(proto);
  Require(created.ok(), "the mapping is sound");
  return *new Mapping(*std::move(created));
}

// What every record claims, whatever document it was read from.
inline void RequireSound(const Mapping& mapping, NestedRecord record) {
  const auto told = static_cast<size_t>(
      std::count_if(record.row.begin(), record.row.end(), [](const auto& v) { return v; }));
  const size_t unread = record.unread.size();
  const v1::RegistryRecord translated = Translate(mapping, std::move(record));
  const absl::Status bounds = CheckBounds(translated);
  Require(bounds.ok(), "a record is within its bounds: " + std::string(bounds.message()));
  v1::RegistryRecord sent;
  Require(sent.ParseFromString(translated.SerializeAsString()), "a record is text");
  Require(static_cast<size_t>(translated.verbatim_size()) >= told || translated.losses_size() > 0,
          "what the registry wrote is kept, or told as lost");
  Require(unread == 0 || translated.losses_size() > 0, "what was not read is told as lost");
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_FUZZ_NESTED_RECORD_PROPERTY_H_
