#ifndef TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_
#define TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_

#include <functional>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/current.h"
#include "gateway/policy/access_table.h"
#include "gateway/policy/call_limits.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/rpc/incoming_call.h"
#include "gateway/rpc/open_calls.h"
#include "gateway/rpc/open_connections.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// What every RPC of every service goes through, outermost first: record, identity, limits, policy, bounds, handler. A
// call that is refused on the way is recorded too, before the refusal is released; where strangers, or an agency past its
// limits, are refused more often than the log keeps one by one, they are counted.
//
// Thread safety: all methods from any thread. Lifetime: everything pointed to outlives the calls.
class CallChain {
 public:
  struct Parts {
    const Current<CallerVerifier>* verifier = nullptr;
    const HandlerTable* handlers = nullptr;
    EvidenceLog* log = nullptr;
    OpenCalls* open = nullptr;
    OpenConnections* connections = nullptr;
    CallLimits* limits = nullptr;
    Timers* timers = nullptr;
    std::function<absl::Time()> clock;
    size_t message_bytes_max = 0;
  };

  explicit CallChain(Parts parts) : parts_(std::move(parts)) {}

  // `done` runs once: with the reply to release, or with the failure to send.
  void RunUnary(IncomingCall incoming, ReplyDone done) const;

  // `sink` gets the replies in order, each recorded before, and one Finish.
  void RunStream(IncomingCall incoming, std::shared_ptr<ReplyStream> sink) const;

  // Each of the `source`'s messages is a call of its own (see ItemStream); `sink` gets a reply to each, in order, and one
  // Finish.
  void RunItems(IncomingCall incoming, std::shared_ptr<RequestStream> source,
                std::shared_ptr<ReplyStream> sink) const;

  // The gateway stops: streams of items take no more of them, and end as DRAINING once those taken are answered.
  void Drain() const;

  // Who makes a call that the chain does not serve (reflection): OK where identified. Noted in the operations log.
  absl::Status CheckIdentity(const IncomingCall& incoming) const;

  // Records the refusal of a call that no handler is asked about, then hands it to `done`.
  void Refuse(const IncomingCall& incoming, const absl::Status& why,
              std::function<void(absl::Status)> done) const;

  // Looks at every open call again and ends those whose caller is no longer believed. Returns how many.
  int RecheckOpenCalls() const;

  // The same of every connection; one whose caller is not believed is cut at the look after. Returns how many.
  int RecheckConnections() const;

 private:
  struct Admission {
    absl::Status verdict;          // OK, or why not
    std::optional<Caller> caller;  // set where identified, also of a call that is refused
    RecordRule record = RecordRule::kReply;
    CallTicket ticket;  // of an admitted call: its place among its agency's
    bool counted_only =
        false;  // the refusal gets no entry of its own: there are too many of its kind
  };

  absl::StatusOr<Caller> Identify(const IncomingCall& incoming) const;
  // OK, or what somebody who showed that certificate is told.
  OpenCalls::Believe BelievesNow() const;
  // Who calls, and whether that agency may call now.
  Admission Enter(const IncomingCall& incoming) const;
  // The same, and whether it may call this; `served`: whether something handles the method.
  Admission Admit(const IncomingCall& incoming, bool served) const;
  absl::Status CheckPolicy(const IncomingCall& incoming, bool served, Admission* admission) const;
  void RecordRefusal(const IncomingCall& incoming, const Admission& admission,
                     std::function<void(absl::Status)> done) const;

  const Parts parts_;
  mutable OpenCalls item_streams_;  // those that Drain ends
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_CALL_CHAIN_H_
