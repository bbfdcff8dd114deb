#include "gateway/rpc/unary_call.h"

#include <utility>

#include "gateway/rpc/call_record.h"
#include "gateway/rpc/operations_log.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

UnaryCall::UnaryCall(EvidenceLog* log, IncomingCall incoming, Call call, RecordRule rule,
                     absl::Time start, ReplyDone done)
    : log_(log),
      incoming_(std::move(incoming)),
      call_(std::move(call)),
      rule_(rule),
      start_(start),
      done_(std::move(done)) {}

bool UnaryCall::Reply(absl::StatusOr<std::string> reply, absl::Time now) {
  if (replied_.exchange(true)) return false;
  LogCall(incoming_, &call_.caller, reply.status(), now - start_);
  if (!reply.ok()) {
    Refuse(reply.status());
  } else if (rule_ == RecordRule::kOwn || rule_ == RecordRule::kNone) {
    done_(std::move(reply));
  } else {
    Record(*std::move(reply));
  }
  return true;
}

void UnaryCall::Record(std::string reply) {
  const auto received =
      rule_ == RecordRule::kRequestOnly ? v1::ENTRY_KIND_LOG_READ : v1::ENTRY_KIND_REQUEST_RECEIVED;
  std::string trace_id;
  if (rule_ == RecordRule::kReply) trace_id = TraceNamedIn(call_.method, incoming_.request_bytes);
  RecordDraft draft;
  draft.entries.push_back(EntryOf(received, call_, std::move(incoming_.request_bytes)));
  if (rule_ == RecordRule::kReply) {
    draft.reply_entry = static_cast<int>(draft.entries.size());
    draft.receipt_in_reply = false;
    draft.entries.push_back(EntryOf(v1::ENTRY_KIND_ANSWER_DISCLOSED, call_, reply));
  }
  for (EntryDraft& entry : draft.entries) entry.header.set_trace_id(trace_id);
  log_->Append(std::move(draft), [self = shared_from_this(),
                                  reply = std::move(reply)](auto recorded) mutable {
    if (recorded.ok() && !recorded->receipt.empty() && self->incoming_.give_receipt) {
      self->incoming_.give_receipt(recorded->receipt);
    }
    if (recorded.ok() || MayGoUnrecorded(self->rule_, self->call_, recorded.status())) {
      return self->done_(std::move(reply));
    }
    self->done_(recorded.status());
  });
}

void UnaryCall::Refuse(const absl::Status& why) {
  RefuseRecorded(log_, RefusalOf(incoming_, &call_.caller, why), why,
                 [self = shared_from_this()](const absl::Status& told) { self->done_(told); });
}

void RefuseRecorded(EvidenceLog* log, EntryDraft entry, const absl::Status& why,
                    std::function<void(absl::Status)> done) {
  RecordDraft draft;
  draft.entries.push_back(std::move(entry));
  log->Append(std::move(draft), [why, done = std::move(done)](const auto& recorded) {
    if (!recorded.ok()) {
      LogError("refusal_not_recorded",
               {{"reason", ReasonName(DetailOf(recorded.status()).reason())}});
    }
    done(why);
  });
}

}  // namespace tracegate
