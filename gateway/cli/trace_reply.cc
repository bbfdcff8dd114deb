#include "gateway/cli/trace_reply.h"

#include <iostream>

#include "gateway/cli/json.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/show_trace.h"

namespace tracegate {

std::string TraceMethod(const char* name) {
  return std::string("/tracegate.v1.TraceService/") + name;
}

bool IsOver(v1::TraceState state) {
  return state == v1::TRACE_STATE_ANSWERED || state == v1::TRACE_STATE_RESTRICTED ||
         state == v1::TRACE_STATE_REFUSED || state == v1::TRACE_STATE_WITHDRAWN ||
         state == v1::TRACE_STATE_EXPIRED;
}

absl::Status SaveReply(const std::string& reply, const std::string& file) {
  return file.empty() ? absl::OkStatus() : WriteNewFile(file, reply, 0600);
}

absl::StatusOr<ExitCode> ShowReply(const std::string& reply, const Connection& connection,
                                   bool json) {
  v1::Trace trace;
  if (!trace.ParseFromString(reply)) return absl::InternalError("the reply cannot be read");
  std::cout << (json ? JsonOf(trace) + "\n" : ShowTrace(trace));
  if (trace.has_receipt() && !ReceiptHolds(reply, connection)) return kExitNoProof;
  if (!json && trace.has_receipt()) {
    std::cout << "  on record: entry " << trace.receipt().leaf_index() << " of "
              << trace.receipt().log_origin()
              << (connection.log_key.empty() ? "\n" : ", receipt verified with the log's key\n");
  }
  return IsOver(trace.state()) ? kExitOk : kExitInProgress;
}

}  // namespace tracegate
