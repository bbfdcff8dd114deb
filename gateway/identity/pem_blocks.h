#ifndef TRACEGATE_GATEWAY_IDENTITY_PEM_BLOCKS_H_
#define TRACEGATE_GATEWAY_IDENTITY_PEM_BLOCKS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate::x509 {

// The bytes inside every PEM block of a text, in order. Text between blocks is allowed (people write comments). An
// empty text gives an empty list. Internal to this room.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...": a block of another name than `name` (a private
// key beside a certificate is a mishap to be told, not skipped), a broken block, or more than `blocks_max`.
absl::StatusOr<std::vector<std::string>> ReadPemBlocks(std::string_view pem,
                                                       const std::string& name, size_t blocks_max);

}  // namespace tracegate::x509

#endif  // TRACEGATE_GATEWAY_IDENTITY_PEM_BLOCKS_H_
