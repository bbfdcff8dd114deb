#ifndef TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_
#define TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/cli/typed_marks.h"
#include "google/protobuf/message.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Reads a request in YAML (or JSON); `-` for standard input. Errors: CONFIG_INVALID with file, line and key.
absl::Status ReadRequest(const std::string& path, google::protobuf::Message* request);

// Reads a trace request (v1.TraceRequest), and lays the typed marks over it.
// Errors: CONFIG_INVALID with file, line and key.
absl::StatusOr<v1::TraceRequest> ReadTraceRequest(const std::string& path, const TypedMarks& typed);

// A request id for a caller that chose none: time and chance, good for one agency.
std::string MakeRequestId();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REQUEST_INPUT_H_
