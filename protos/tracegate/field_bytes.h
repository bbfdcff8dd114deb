#ifndef TRACEGATE_PROTOS_TRACEGATE_FIELD_BYTES_H_
#define TRACEGATE_PROTOS_TRACEGATE_FIELD_BYTES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

// A message within a message, as the bytes that it travels in: what is recorded, and what a receipt speaks of, is those
// and no serialisation of one's own.

// The bytes of that field as they stand in the serialised `message`, into which they point; empty where it is not set.
// Errors: MALFORMED_MESSAGE where it is no message, or has the field twice: a reader would take both together.
absl::StatusOr<std::string_view> FieldBytes(std::string_view message, int field);

// Puts the field behind what is there.
void AppendFieldBytes(int field, std::string_view bytes, std::string* message);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_FIELD_BYTES_H_
