#ifndef TRACEGATE_GATEWAY_CLI_ATTACHMENT_H_
#define TRACEGATE_GATEWAY_CLI_ATTACHMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Documents of an answer, whose bytes stand in files. Errors: CONFIG_INVALID naming the option or the file.

// `text` is REFERENCE=FILE: puts the file's bytes, at most 262,144, into the document that has the reference. The last `=`
// parts them, as references have some.
absl::Status Attach(const std::string& text, v1::EndUseAnswer* answer);

// The bytes of the document with that reference in the answers about a transfer; of several the newest.
absl::StatusOr<std::string> ContentOf(const v1::Transfer& transfer, const std::string& reference);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ATTACHMENT_H_
