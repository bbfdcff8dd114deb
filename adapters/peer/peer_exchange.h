#ifndef TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What is said to a peer on one question, call by call. Each call may be repeated: the peer takes it once.

struct PeerCall {
  const char* method;  // full name of an RPC of TraceService
  std::string request;
};

// The call that a question begins with: WithdrawTrace where it is taken back, else CreateTrace.
PeerCall FirstPeerCall(const adapter::v1::FindRequest& question);

// What the peer was not told yet, by its trace as it replied it: the next supplement, or the next question about a ground.
// Nothing where it knows all, or where the reply is no trace.
std::optional<PeerCall> NextPeerCall(const adapter::v1::FindRequest& question,
                                     const std::string& reply);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_
