#ifndef TRACEGATE_GATEWAY_RPC_INCOMING_CALL_H_
#define TRACEGATE_GATEWAY_RPC_INCOMING_CALL_H_

#include <functional>
#include <string>

#include "absl/time/time.h"

namespace tracegate {

// A call as it comes off the wire, whoever makes it.
struct IncomingCall {
  std::string method;
  std::string peer;       // where it comes from, `ipv4:192.0.2.1:40000`; empty where nobody knows
  std::string leaf_pem;   // of the TLS session; empty where the peer sent none
  std::string chain_pem;  // what it sent behind the leaf
  absl::Time deadline = absl::InfiniteFuture();
  std::string request_bytes;
  // Sends a receipt for the reply along with it, before the reply goes; may be empty.
  std::function<void(const std::string& receipt)> give_receipt;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_INCOMING_CALL_H_
