#ifndef TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
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

// One question to a peer over as many calls as it takes, whatever carries them.
//
// Thread safety: none; one call is made after another.
class PeerExchange {
 public:
  // Nothing more to say: what the question comes to.
  using Outcome = absl::StatusOr<adapter::v1::FindResponse>;

  // `state`: whose gateway the peer is. `name`: what it is called in failures.
  PeerExchange(adapter::v1::FindRequest question, std::string state, std::string name);

  const adapter::v1::FindRequest& question() const { return question_; }
  PeerCall First() const { return FirstPeerCall(question_); }
  // What comes of the reply to the call before: the next call, or the outcome.
  std::variant<PeerCall, Outcome> Take(absl::StatusOr<std::string> reply, absl::Time now);

 private:
  const adapter::v1::FindRequest question_;
  const std::string state_;
  const std::string name_;
  std::string word_;  // the peer's last trace, as it came
  int calls_left_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_EXCHANGE_H_
