#ifndef TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_
#define TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/policy/access_table.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/handler_table.h"

namespace tracegate {

// A call as it comes off the wire, whoever makes it.
struct IncomingCall {
  std::string method;
  std::string leaf_pem;   // of the TLS session; empty where the peer sent none
  std::string chain_pem;  // what it sent behind the leaf
  absl::Time deadline = absl::InfiniteFuture();
  std::string request_bytes;
};

// What every RPC of every service goes through, outermost first: record, identity, policy, bounds, handler. A call
// that is refused on the way is recorded too, before the refusal is released.
//
// Thread safety: all methods from any thread. Lifetime: everything pointed to outlives the calls.
class CallChain {
 public:
  struct Parts {
    const CallerVerifier* verifier = nullptr;
    const HandlerTable* handlers = nullptr;
    EvidenceLog* log = nullptr;
    std::function<absl::Time()> clock;
    size_t message_bytes_max = 0;
  };

  explicit CallChain(Parts parts) : parts_(std::move(parts)) {}

  // `done` runs once: with the reply to release, or with the failure to send.
  void RunUnary(IncomingCall incoming, ReplyDone done) const;

  // `sink` gets the replies in order, each recorded before, and one Finish.
  void RunStream(IncomingCall incoming, std::shared_ptr<ReplyStream> sink) const;

  // Who makes a call that the chain does not serve (reflection): OK where identified. Noted in the operations log.
  absl::Status CheckIdentity(const IncomingCall& incoming) const;

  // Records the refusal of a call that no handler is asked about, then hands it to `done`.
  void Refuse(const IncomingCall& incoming, const absl::Status& why,
              std::function<void(absl::Status)> done) const;

 private:
  struct Admitted {
    Call call;
    const AccessRow* row;
  };
  absl::StatusOr<Admitted> Admit(const IncomingCall& incoming, const Caller** identified,
                                 Caller* caller) const;
  void RecordRefusal(const IncomingCall& incoming, const Caller* caller, const absl::Status& why,
                     std::function<void(absl::Status)> done) const;

  const Parts parts_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_
