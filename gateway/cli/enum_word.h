#ifndef TRACEGATE_GATEWAY_CLI_ENUM_WORD_H_
#define TRACEGATE_GATEWAY_CLI_ENUM_WORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace tracegate {

// The number of an enum value that somebody typed without its prefix; CONFIG_INVALID naming the option and the words it
// knows.
absl::StatusOr<int> EnumNumber(const std::string& option, const std::string& word,
                               const google::protobuf::EnumDescriptor& type);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ENUM_WORD_H_
