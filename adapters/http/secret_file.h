#ifndef TRACEGATE_ADAPTERS_HTTP_SECRET_FILE_H_
#define TRACEGATE_ADAPTERS_HTTP_SECRET_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace tracegate {

// The one line of a file that holds a secret, without blanks around it; at most 4 KiB of visible ASCII, so that it can stand
// in a header. Errors: INVALID_ARGUMENT saying what is wrong with the file, without its name or contents.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_SECRET_FILE_H_
