#ifndef TRACEGATE_GATEWAY_RPC_MESSAGE_SIZE_H_
#define TRACEGATE_GATEWAY_RPC_MESSAGE_SIZE_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// MESSAGE_TOO_LARGE past `bytes_max`.
inline absl::Status CheckMessageSize(size_t bytes, size_t bytes_max) {
  if (bytes <= bytes_max) return absl::OkStatus();
  return Failure(v1::REASON_MESSAGE_TOO_LARGE, "the message has " + std::to_string(bytes) +
                                                   " bytes; at most " + std::to_string(bytes_max) +
                                                   " are accepted");
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_MESSAGE_SIZE_H_
