#ifndef TRACEGATE_GATEWAY_DAEMON_NAMED_FILE_H_
#define TRACEGATE_GATEWAY_DAEMON_NAMED_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "protos/tracegate/config/yaml_places.h"

namespace tracegate {

// The contents of a file. Errors: CONFIG_INVALID with the file as the field.
absl::StatusOr<std::string> ReadWholeFile(const std::string& file);

// The contents of a file that a configuration names under `key`. Errors: CONFIG_INVALID at the key's place.
absl::StatusOr<std::string> ReadNamedFile(const std::string& file, const std::string& key,
                                          const YamlPlaces& places);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_NAMED_FILE_H_
