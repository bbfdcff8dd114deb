#ifndef TRACEGATE_GATEWAY_CLI_RECORD_REGISTRIES_H_
#define TRACEGATE_GATEWAY_CLI_RECORD_REGISTRIES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/catalog.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// The registries of a configuration that find records by themselves, those of that name, or with an empty one all: a peer
// answers for itself, and at a desk a person does. May be none. Reads the configuration's file and no other. Errors:
// CONFIG_INVALID.
absl::StatusOr<std::vector<config::v1::Registry>> RecordRegistries(const std::string& config_file,
                                                                   const std::string& name);

// What adapters are built with by a command: no trust in peers, and trouble is told on standard error.
AdapterSurroundings SurroundingsHere();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_RECORD_REGISTRIES_H_
