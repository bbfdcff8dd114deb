#ifndef TRACEGATE_GATEWAY_RPC_UNARY_CALL_H_
#define TRACEGATE_GATEWAY_RPC_UNARY_CALL_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "gateway/evidence/evidence_log.h"
#include "gateway/policy/access_table.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/incoming_call.h"

namespace tracegate {

// One admitted call from its admission to its reply: recorded, then released, once, whoever is first: the handler with
// its reply or whoever ends the call because its caller is no longer believed.
//
// Thread safety: all methods from any thread. Lifetime: shared by whoever may still end it; `log` outlives it.
class UnaryCall : public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(EvidenceLog* log, IncomingCall incoming, Call call, RecordRule rule, absl::Time start,
            ReplyDone done);

  const Call& call() const { return call_; }
  // For the handler; still what a refusal keeps of them.
  const std::string& request_bytes() const { return incoming_.request_bytes; }

  // What the call comes to, at `now`. False where it had been replied to before: then nothing happens.
  bool Reply(absl::StatusOr<std::string> reply, absl::Time now);

 private:
  void Record(std::string reply);
  void Refuse(const absl::Status& why);

  EvidenceLog* const log_;
  IncomingCall incoming_;
  const Call call_;
  const RecordRule rule_;
  const absl::Time start_;
  const ReplyDone done_;
  std::atomic<bool> replied_{false};
};

// Records that a call was refused, then hands the refusal to `done`. It is sent even where it could not be recorded: a
// refusal discloses nothing.
void RefuseRecorded(EvidenceLog* log, EntryDraft entry, const absl::Status& why,
                    std::function<void(absl::Status)> done);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_UNARY_CALL_H_
