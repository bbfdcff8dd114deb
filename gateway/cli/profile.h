#ifndef TRACEGATE_GATEWAY_CLI_PROFILE_H_
#define TRACEGATE_GATEWAY_CLI_PROFILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/rpc/gateway_client.h"

namespace tracegate {

// A gateway to speak to, and as whom.
struct Connection {
  std::unique_ptr<GatewayClient> client;
  std::string log_key;  // empty: receipts are not checked
};

// Reads a profile (protos/tracegate/config/v1/client.proto) and the files it names. Errors: CONFIG_INVALID with file,
// line and key. Nothing is sent yet.
absl::StatusOr<Connection> OpenProfile(const std::string& path);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_PROFILE_H_
