#include "gateway/rpc/call_chain.h"

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/operations_log.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kRefusedContentBytesMax = 65536;

EntryDraft MakeEntry(v1::EntryKind kind, const Call& call, std::string content) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(call.caller.spiffe_id);
  entry.header.set_state(call.caller.state);
  entry.header.set_method(call.method);
  entry.content = std::move(content);
  return entry;
}

void LogCall(const IncomingCall& incoming, const Caller* caller, const absl::Status& status,
             absl::Duration took) {
  nlohmann::json fields = {{"method", incoming.method},
                           {"caller", caller == nullptr ? "" : caller->spiffe_id},
                           {"code", absl::StatusCodeToString(status.code())},
                           {"ms", absl::ToDoubleMilliseconds(took)}};
  if (!status.ok()) fields["reason"] = ReasonName(DetailOf(status).reason());
  LogInfo("call", fields);
}

// Records each reply before it goes to the sink; the request with the first.
class RecordedStream : public ReplyStream {
 public:
  RecordedStream(EvidenceLog* log, Call call, RecordRule rule, std::string request_bytes,
                 std::shared_ptr<ReplyStream> sink)
      : log_(log), call_(std::move(call)), rule_(rule), sink_(std::move(sink)) {
    if (rule_ == RecordRule::kNone) return;
    first_.push_back(
        MakeEntry(v1::ENTRY_KIND_REQUEST_RECEIVED, call_, std::move(request_bytes)));
  }

  bool Send(std::string reply) override {
    if (rule_ == RecordRule::kNone) return sink_->Send(std::move(reply));
    RecordDraft draft;
    {
      absl::MutexLock lock(&mutex_);
      if (finished_) return false;
      draft.entries = std::exchange(first_, {});
    }
    if (rule_ != RecordRule::kRequestOnly) {
      draft.entries.push_back(MakeEntry(v1::ENTRY_KIND_ANSWER_DISCLOSED, call_, reply));
    }
    if (draft.entries.empty()) return sink_->Send(std::move(reply));
    log_->Append(std::move(draft), [sink = sink_, reply = std::move(reply)](auto recorded) mutable {
      if (recorded.ok()) {
        sink->Send(std::move(reply));
      } else {
        sink->Finish(recorded.status());
      }
    });
    return true;
  }

  void Finish(absl::Status status) override {
    RecordDraft draft;
    {
      absl::MutexLock lock(&mutex_);
      if (std::exchange(finished_, true)) return;
      draft.entries = std::exchange(first_, {});
    }
    if (rule_ == RecordRule::kNone) return sink_->Finish(status);
    // Behind the replies in the log's queue, so that it also reaches the sink behind them.
    EntryDraft& last = draft.entries.emplace_back(
        MakeEntry(status.ok() ? v1::ENTRY_KIND_ANSWER_DISCLOSED : v1::ENTRY_KIND_CALL_REFUSED,
                  call_, ""));
    if (!status.ok()) last.header.set_reason(ReasonName(DetailOf(status).reason()));
    log_->Append(std::move(draft),
                 [sink = sink_, status](const auto&) { sink->Finish(status); });
  }

  bool closed() override { return sink_->closed(); }

 private:
  EvidenceLog* const log_;
  const Call call_;
  const RecordRule rule_;
  const std::shared_ptr<ReplyStream> sink_;
  absl::Mutex mutex_;
  std::vector<EntryDraft> first_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

absl::StatusOr<CallChain::Admitted> CallChain::Admit(const IncomingCall& incoming,
                                                     const Caller** identified,
                                                     Caller* caller) const {
  auto verified =
      parts_.verifier->Verify(incoming.leaf_pem, incoming.chain_pem, parts_.clock());
  if (!verified.ok()) return verified.status();
  *caller = *std::move(verified);
  *identified = caller;
  const AccessRow* row = FindAccessRow(incoming.method);
  if (row == nullptr) {
    return Failure(v1::REASON_METHOD_UNKNOWN, "there is no RPC " + incoming.method);
  }
  if (auto status = CheckAccess(*row, *caller); !status.ok()) return status;
  if (incoming.request_bytes.size() > parts_.message_bytes_max) {
    return Failure(v1::REASON_MESSAGE_TOO_LARGE,
                   "the message has " + std::to_string(incoming.request_bytes.size()) +
                       " bytes; at most " + std::to_string(parts_.message_bytes_max) +
                       " are accepted");
  }
  return Admitted{{*caller, incoming.method, incoming.deadline}, row};
}

void CallChain::RunUnary(IncomingCall incoming, ReplyDone done) const {
  const absl::Time start = parts_.clock();
  Caller caller;
  const Caller* identified = nullptr;
  auto admitted = Admit(incoming, &identified, &caller);
  const auto* handler =
      admitted.ok() ? parts_.handlers->FindUnary(incoming.method) : nullptr;
  if (admitted.ok() && handler == nullptr) {
    admitted = Failure(v1::REASON_METHOD_UNKNOWN, incoming.method + " is not served here");
  }
  if (!admitted.ok()) {
    LogCall(incoming, identified, admitted.status(), parts_.clock() - start);
    return RecordRefusal(incoming, identified, admitted.status(), std::move(done));
  }
  // What is kept of the call until its reply is known.
  struct Pending {
    const CallChain* chain;
    IncomingCall incoming;
    Admitted admitted;
    absl::Time start;
    ReplyDone done;
  };
  auto pending = std::make_shared<Pending>(
      Pending{this, std::move(incoming), *std::move(admitted), start, std::move(done)});
  std::string bytes = pending->incoming.request_bytes;
  (*handler)(pending->admitted.call, std::move(bytes), [pending](absl::StatusOr<std::string> reply) {
    const CallChain& chain = *pending->chain;
    const Call& call = pending->admitted.call;
    const RecordRule rule = pending->admitted.row->record;
    LogCall(pending->incoming, &call.caller, reply.status(),
            chain.parts_.clock() - pending->start);
    if (!reply.ok()) {
      return chain.RecordRefusal(pending->incoming, &call.caller, reply.status(),
                                 std::move(pending->done));
    }
    if (rule == RecordRule::kOwn || rule == RecordRule::kNone) {
      return pending->done(std::move(reply));
    }
    RecordDraft draft;
    draft.entries.push_back(MakeEntry(rule == RecordRule::kRequestOnly
                                          ? v1::ENTRY_KIND_LOG_READ
                                          : v1::ENTRY_KIND_REQUEST_RECEIVED,
                                      call, std::move(pending->incoming.request_bytes)));
    if (rule == RecordRule::kReply) {
      draft.entries.push_back(MakeEntry(v1::ENTRY_KIND_ANSWER_DISCLOSED, call, *reply));
    }
    chain.parts_.log->Append(std::move(draft),
                             [pending, reply = *std::move(reply)](auto recorded) mutable {
                               if (!recorded.ok()) return pending->done(recorded.status());
                               pending->done(std::move(reply));
                             });
  });
}

void CallChain::RunStream(IncomingCall incoming, std::shared_ptr<ReplyStream> sink) const {
  const absl::Time start = parts_.clock();
  Caller caller;
  const Caller* identified = nullptr;
  auto admitted = Admit(incoming, &identified, &caller);
  const auto* handler =
      admitted.ok() ? parts_.handlers->FindStream(incoming.method) : nullptr;
  if (admitted.ok() && handler == nullptr) {
    admitted = Failure(v1::REASON_METHOD_UNKNOWN, incoming.method + " is not served here");
  }
  LogCall(incoming, identified, admitted.status(), parts_.clock() - start);
  if (!admitted.ok()) {
    return RecordRefusal(incoming, identified, admitted.status(),
                         [sink](absl::Status status) { sink->Finish(status); });
  }
  auto recorded = std::make_shared<RecordedStream>(parts_.log, admitted->call,
                                                   admitted->row->record, incoming.request_bytes,
                                                   std::move(sink));
  (*handler)(admitted->call, std::move(incoming.request_bytes), std::move(recorded));
}

absl::Status CallChain::CheckIdentity(const IncomingCall& incoming) const {
  const auto caller = parts_.verifier->Verify(incoming.leaf_pem, incoming.chain_pem, parts_.clock());
  LogCall(incoming, caller.ok() ? &*caller : nullptr, caller.status(), absl::ZeroDuration());
  return caller.status();
}

void CallChain::Refuse(const IncomingCall& incoming, const absl::Status& why,
                       std::function<void(absl::Status)> done) const {
  const auto caller = parts_.verifier->Verify(incoming.leaf_pem, incoming.chain_pem, parts_.clock());
  const absl::Status& told = caller.ok() ? why : caller.status();
  LogCall(incoming, caller.ok() ? &*caller : nullptr, told, absl::ZeroDuration());
  RecordRefusal(incoming, caller.ok() ? &*caller : nullptr, told, std::move(done));
}

void CallChain::RecordRefusal(const IncomingCall& incoming, const Caller* caller,
                              const absl::Status& why,
                              std::function<void(absl::Status)> done) const {
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header.set_kind(v1::ENTRY_KIND_CALL_REFUSED);
  entry.header.set_method(incoming.method.substr(0, 256));
  entry.header.set_reason(ReasonName(DetailOf(why).reason()));
  if (caller != nullptr) {
    entry.header.set_actor(caller->spiffe_id);
    entry.header.set_state(caller->state);
    entry.content = incoming.request_bytes.substr(0, kRefusedContentBytesMax);
  } else {
    entry.content = std::string(why.message());  // a stranger's bytes are not kept
  }
  parts_.log->Append(std::move(draft), [why, done = std::move(done)](const auto& recorded) {
    // A refusal discloses nothing, so it is sent even where it could not be recorded.
    if (!recorded.ok()) {
      LogError("refusal_not_recorded",
               {{"reason", ReasonName(DetailOf(recorded.status()).reason())}});
    }
    done(why);
  });
}

}  // namespace tracegate
