#ifndef TRACEGATE_PROTOS_TRACEGATE_WIRE_STATUS_H_
#define TRACEGATE_PROTOS_TRACEGATE_WIRE_STATUS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace tracegate {

// How a failure travels: the gRPC code and message as they are, and a google.rpc.Status in
// `grpc-status-details-bin` with ErrorInfo (domain "tracegate", reason), BadRequest and RetryInfo.

// The details of a failure, serialised google.rpc.Status.
std::string PackDetails(const absl::Status& status);

// The failure that a code, a message and details stand for. Details of another domain, or none, leave the
// reason nearest to the code. `details` from a stranger may be anything.
absl::Status UnpackStatus(int code, std::string_view message, std::string_view details);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_WIRE_STATUS_H_
