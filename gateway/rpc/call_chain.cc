#include "gateway/rpc/call_chain.h"

#include <string>
#include <utility>

#include "gateway/rpc/call_record.h"
#include "gateway/rpc/item_stream.h"
#include "gateway/rpc/message_size.h"
#include "gateway/rpc/recorded_stream.h"
#include "gateway/rpc/unary_call.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

const Caller* PointerTo(const std::optional<Caller>& caller) { return caller ? &*caller : nullptr; }

// What a call holds while it is open.
struct Holding {
  OpenCalls::Place place;
  CallTicket ticket;
};

// The same of a stream of items.
struct ItemsHolding : Holding {
  OpenCalls::Place drained;
};

// A stream and what it holds, which live and end together.
struct OpenStream {
  OpenStream(EvidenceLog* log, const Call& call, RecordRule rule, const std::string& request_bytes,
             std::shared_ptr<ReplyStream> sink)
      : stream(log, call, rule, request_bytes, std::move(sink)) {}

  RecordedStream stream;
  Holding holding;
};

}  // namespace

absl::StatusOr<Caller> CallChain::Identify(const IncomingCall& incoming) const {
  return parts_.verifier->Now()->Verify(incoming.leaf_pem, incoming.chain_pem, parts_.clock());
}

CallChain::Admission CallChain::Enter(const IncomingCall& incoming) const {
  const absl::Time now = parts_.clock();
  Admission admission;
  parts_.connections->NoteCall(incoming.peer, incoming.leaf_pem, incoming.chain_pem);
  auto caller = Identify(incoming);
  if (!caller.ok()) {
    admission.verdict = caller.status();
    admission.counted_only = !parts_.limits->RecordsStranger(now);
    return admission;
  }
  admission.caller = *std::move(caller);
  auto ticket = parts_.limits->Enter(*admission.caller, now);
  if (ticket.ok()) {
    admission.ticket = *std::move(ticket);
  } else {
    admission.verdict = ticket.status();
    admission.counted_only = !parts_.limits->RecordsStranger(now);
  }
  return admission;
}

CallChain::Admission CallChain::Admit(const IncomingCall& incoming, bool served) const {
  Admission admission = Enter(incoming);
  if (admission.verdict.ok()) admission.verdict = CheckPolicy(incoming, served, &admission);
  return admission;
}

absl::Status CallChain::CheckPolicy(const IncomingCall& incoming, bool served,
                                    Admission* admission) const {
  const AccessRow* row = FindAccessRow(incoming.method);
  if (row == nullptr) {
    return Failure(v1::REASON_METHOD_UNKNOWN, "there is no RPC " + incoming.method);
  }
  admission->record = row->record;
  if (auto status = CheckAccess(*row, *admission->caller); !status.ok()) return status;
  const auto sized = CheckMessageSize(incoming.request_bytes.size(), parts_.message_bytes_max);
  if (!sized.ok() || served) return sized;
  return Failure(v1::REASON_METHOD_UNKNOWN, incoming.method + " is not served here");
}

void CallChain::RunUnary(IncomingCall incoming, ReplyDone done) const {
  const absl::Time start = parts_.clock();
  const auto* handler = parts_.handlers->FindUnary(incoming.method);
  Admission admission = Admit(incoming, handler != nullptr);
  if (!admission.verdict.ok()) {
    LogCall(incoming, PointerTo(admission.caller), admission.verdict, parts_.clock() - start);
    return RecordRefusal(incoming, admission, std::move(done));
  }
  Call call{*std::move(admission.caller), incoming.method, incoming.deadline};
  std::string leaf = incoming.leaf_pem;
  std::string chain = incoming.chain_pem;
  auto running = std::make_shared<UnaryCall>(parts_.log, std::move(incoming), std::move(call),
                                             admission.record, start, std::move(done));
  auto holding = std::make_shared<Holding>();
  holding->ticket = std::move(admission.ticket);
  holding->place = parts_.open->Add(
      std::move(leaf), std::move(chain),
      [clock = &parts_.clock, call = std::weak_ptr(running)](const absl::Status& why) {
        const auto open = call.lock();
        return open != nullptr && open->Reply(why, (*clock)());
      });
  (*handler)(running->call(), running->request_bytes(),
             [clock = &parts_.clock, running, holding](absl::StatusOr<std::string> reply) {
               running->Reply(std::move(reply), (*clock)());
             });
}

void CallChain::RunStream(IncomingCall incoming, std::shared_ptr<ReplyStream> sink) const {
  const absl::Time start = parts_.clock();
  const auto* handler = parts_.handlers->FindStream(incoming.method);
  Admission admission = Admit(incoming, handler != nullptr);
  LogCall(incoming, PointerTo(admission.caller), admission.verdict, parts_.clock() - start);
  if (!admission.verdict.ok()) {
    return RecordRefusal(incoming, admission,
                         [sink](absl::Status status) { sink->Finish(status); });
  }
  const Call call{*std::move(admission.caller), incoming.method, incoming.deadline};
  auto open = std::make_shared<OpenStream>(parts_.log, call, admission.record,
                                           incoming.request_bytes, std::move(sink));
  open->holding.ticket = std::move(admission.ticket);
  open->holding.place =
      parts_.open->Add(std::move(incoming.leaf_pem), std::move(incoming.chain_pem),
                       [stream = std::weak_ptr(open)](const absl::Status& why) {
                         const auto open = stream.lock();
                         if (open == nullptr || open->stream.closed()) return false;
                         open->stream.Finish(why);
                         return true;
                       });
  (*handler)(call, std::move(incoming.request_bytes),
             std::shared_ptr<ReplyStream>(open, &open->stream));
}

void CallChain::RunItems(IncomingCall incoming, std::shared_ptr<RequestStream> source,
                         std::shared_ptr<ReplyStream> sink) const {
  const auto* open = parts_.handlers->FindItems(incoming.method);
  Admission admission = Admit(incoming, open != nullptr);
  LogCall(incoming, PointerTo(admission.caller), admission.verdict, absl::ZeroDuration());
  if (!admission.verdict.ok()) {
    return RecordRefusal(incoming, admission,
                         [sink](absl::Status status) { sink->Finish(status); });
  }
  const Call call{*std::move(admission.caller), incoming.method, incoming.deadline};
  auto holding = std::make_shared<ItemsHolding>();
  std::string leaf = std::move(incoming.leaf_pem);
  std::string chain = std::move(incoming.chain_pem);
  auto items =
      std::make_shared<ItemStream>(ItemStream::Parts{.log = parts_.log,
                                                     .limits = parts_.limits,
                                                     .timers = parts_.timers,
                                                     .clock = parts_.clock,
                                                     .message_bytes_max = parts_.message_bytes_max},
                                   std::move(incoming), call, admission.record, (*open)(call),
                                   std::move(source), std::move(sink));
  holding->ticket = std::move(admission.ticket);
  holding->place = parts_.open->Add(std::move(leaf), std::move(chain),
                                    [stream = std::weak_ptr(items)](const absl::Status& why) {
                                      const auto open = stream.lock();
                                      return open != nullptr && open->Cut(why);
                                    });
  holding->drained = item_streams_.Add("", "", [stream = std::weak_ptr(items)](const auto& why) {
    const auto open = stream.lock();
    return open != nullptr && open->Drain(why);
  });
  items->Begin(std::move(holding));
}

void CallChain::Drain() const {
  item_streams_.Recheck([](const std::string&, const std::string&) {
    return Failure(v1::REASON_DRAINING, "the gateway is stopping");
  });
}

absl::Status CallChain::CheckIdentity(const IncomingCall& incoming) const {
  const auto caller = Identify(incoming);
  LogCall(incoming, caller.ok() ? &*caller : nullptr, caller.status(), absl::ZeroDuration());
  return caller.ok() ? absl::OkStatus() : ToldToStranger(caller.status());
}

void CallChain::Refuse(const IncomingCall& incoming, const absl::Status& why,
                       std::function<void(absl::Status)> done) const {
  Admission admission = Enter(incoming);
  if (admission.verdict.ok()) admission.verdict = why;
  LogCall(incoming, PointerTo(admission.caller), admission.verdict, absl::ZeroDuration());
  RecordRefusal(incoming, admission, std::move(done));
}

void CallChain::RecordRefusal(const IncomingCall& incoming, const Admission& admission,
                              std::function<void(absl::Status)> done) const {
  const absl::Status told =
      admission.caller ? admission.verdict : ToldToStranger(admission.verdict);
  if (admission.counted_only) return done(told);
  RefuseRecorded(parts_.log, RefusalOf(incoming, PointerTo(admission.caller), admission.verdict),
                 told, std::move(done));
}

OpenCalls::Believe CallChain::BelievesNow() const {
  return [verifier = parts_.verifier->Now(), now = parts_.clock()](const std::string& leaf_pem,
                                                                   const std::string& chain_pem) {
    const auto caller = verifier->Verify(leaf_pem, chain_pem, now);
    return caller.ok() ? absl::OkStatus() : ToldToStranger(caller.status());
  };
}

int CallChain::RecheckOpenCalls() const { return parts_.open->Recheck(BelievesNow()); }

int CallChain::RecheckConnections() const { return parts_.connections->Recheck(BelievesNow()); }

}  // namespace tracegate
