#ifndef TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_CHECK_H_
#define TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// What is wrong with one State of the configuration's `directory`, which stands `at` that key: CONFIG_INVALID for the
// first thing, naming its key and what would be right.
absl::Status CheckDirectoryState(const config::v1::DirectoryState& state, const std::string& at);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DIRECTORY_DIRECTORY_CHECK_H_
