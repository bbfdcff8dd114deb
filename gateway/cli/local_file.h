#ifndef TRACEGATE_GATEWAY_CLI_LOCAL_FILE_H_
#define TRACEGATE_GATEWAY_CLI_LOCAL_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace tracegate {

// The contents of a file named on the command line, of at most 16 MiB; `-` is standard input.
// Errors: CONFIG_INVALID with the file as the field.
absl::StatusOr<std::string> ReadLocalFile(const std::string& file);

// Writes a file that must not exist yet, with that mode from its first byte on. On failure nothing of it is left.
// Errors: CONFIG_INVALID with the file as the field: it exists already, or cannot be written.
absl::Status WriteNewFile(const std::string& file, std::string_view text, int mode);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOCAL_FILE_H_
