#ifndef TRACEGATE_PROTOS_TRACEGATE_BOUNDS_CHECK_H_
#define TRACEGATE_PROTOS_TRACEGATE_BOUNDS_CHECK_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace tracegate {

// Holds a message from outside against the bounds written in its proto (tracegate/v1/bounds.proto): string
// lengths, list lengths, enum values that this gateway knows. Reports the first field that is over:
// FIELD_TOO_LONG, FIELD_INVALID (control characters) or ENUM_UNKNOWN, with the field's path from `root`.
// Linear in the message.
absl::Status CheckBounds(const google::protobuf::Message& message, std::string_view root = "");

// Parses `bytes` into `message` and checks its bounds. Bytes that are no such message are MALFORMED_MESSAGE,
// naming the field where it can be told: a string field that is not UTF-8, or the byte at which it breaks.
absl::Status ParseChecked(std::string_view bytes, google::protobuf::Message* message);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_BOUNDS_CHECK_H_
