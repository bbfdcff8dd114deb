#ifndef TRACEGATE_GATEWAY_CLI_TRACE_REPLY_H_
#define TRACEGATE_GATEWAY_CLI_TRACE_REPLY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/profile.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The full name of an RPC of TraceService.
std::string TraceMethod(const char* name);

// Whether nobody works on the trace any more.
bool IsOver(v1::TraceState state);

// Keeps the reply's exact bytes for `receipt verify`; nothing where no file was named.
absl::Status SaveReply(const std::string& reply, const std::string& file);

// A trace as it came, with its receipt where it has one: shown, checked against the log's key, told by exit code.
absl::StatusOr<ExitCode> ShowReply(const std::string& reply, const Connection& connection,
                                   bool json);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRACE_REPLY_H_
