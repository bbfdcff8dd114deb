#ifndef TRACEGATE_GATEWAY_CLI_RECORDED_REPLY_H_
#define TRACEGATE_GATEWAY_CLI_RECORDED_REPLY_H_

#include <iostream>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/json.h"
#include "gateway/cli/profile.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/request_input.h"

namespace tracegate {

// Calls of TransferService, whose replies come with a receipt.

// The full name of an RPC of TransferService.
inline std::string TransferMethod(const char* name) {
  return std::string("/tracegate.v1.TransferService/") + name;
}

// Where a reply stands in the gateway's log; whether its receipt was checked.
template <typename Response>
std::string OnRecord(const Response& response, const Connection& connection) {
  if (!response.has_receipt()) return "";
  return "  on record: entry " + std::to_string(response.receipt().leaf_index()) + " of " +
         response.receipt().log_origin() +
         (connection.log_key.empty() ? "\n" : ", receipt verified with the log's key\n");
}

// Calls, shows the reply by `show`, checks its receipt. Response: has a receipt.
template <typename Response, typename Request, typename Show>
absl::StatusOr<ExitCode> CallAndShow(const char* method, const Request& request,
                                     absl::Duration wait, const Connection& connection, bool json,
                                     Show show) {
  const auto reply =
      connection.client->CallRaw(TransferMethod(method), request.SerializeAsString(), wait);
  if (!reply.ok()) return reply.status();
  Response response;
  if (!response.ParseFromString(*reply)) return absl::InternalError("the reply cannot be read");
  std::cout << (json ? JsonOf(response) + "\n" : show(response));
  if (response.has_receipt() && !ReceiptHolds(*reply, connection)) return kExitNoProof;
  if (!json) std::cout << OnRecord(response, connection);
  return kExitOk;
}

// Same, of a request that may be made again by its id: made up where none was typed, and told where the call fails.
template <typename Response, typename Request, typename Show>
absl::StatusOr<ExitCode> CallOnceAndShow(const char* method, Request* request, absl::Duration wait,
                                         const Connection& connection, bool json, Show show) {
  if (request->request_id().empty()) request->set_request_id(MakeRequestId());
  const auto exit = CallAndShow<Response>(method, *request, wait, connection, json, show);
  if (!exit.ok()) std::cerr << "request id: " << request->request_id() << "\n";
  return exit;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_RECORDED_REPLY_H_
