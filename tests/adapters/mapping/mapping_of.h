#ifndef TRACEGATE_TESTS_ADAPTERS_MAPPING_MAPPING_OF_H_
#define TRACEGATE_TESTS_ADAPTERS_MAPPING_MAPPING_OF_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "adapters/mapping/mapping.h"
#include "protos/tracegate/config/yaml_message.h"

namespace tracegate {

// The mapping that a test writes as YAML; it has to be right.
inline Mapping MappingOf(const std::string& yaml) {
  config::v1::Mapping proto;
  const absl::Status read = ParseYamlMessage(yaml, "m.yaml", &proto);
  EXPECT_TRUE(read.ok()) << read;
  absl::StatusOr<Mapping> mapping = Mapping::Create(proto);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *std::move(mapping);
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_MAPPING_MAPPING_OF_H_
