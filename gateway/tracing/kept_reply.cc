#include "gateway/tracing/kept_reply.h"

#include <memory>
#include <utility>

#include "gateway/evidence/reply_receipt.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsSame(const google::protobuf::Message& asked, const std::string& kept_bytes) {
  const std::unique_ptr<google::protobuf::Message> kept(asked.New());
  return kept->ParseFromString(kept_bytes) &&
         google::protobuf::util::MessageDifferencer::Equals(asked, *kept);
}

}  // namespace

void TellAgain(RecordStore* store, EvidenceLog* log, const Caller& caller,
               const std::string& method, const google::protobuf::Message& request,
               const AnsweredRow& answered,
               std::function<void(absl::StatusOr<std::string>)> reply) {
  const auto asked = store->ReadEntry(answered.request_entry);
  if (!asked.ok()) return reply(asked.status());
  const auto told = store->ReadEntry(answered.reply_entry);
  if (!told.ok()) return reply(told.status());
  if (IsErased(*asked) || IsErased(*told)) {
    return reply(Failure(v1::REASON_DOCUMENT_NOT_FOUND,
                         "the reply to that request was erased when its retention ended; the log "
                         "says under which rule"));
  }
  if (answered.method != method || !IsSame(request, asked->content)) {
    return reply(FieldFailure(v1::REASON_REQUEST_ID_REUSED, "request_id",
                              "was used for another request; choose a new one"));
  }
  v1::EntryHeader first;
  if (!first.ParseFromString(told->header)) {
    return reply(Failure(v1::REASON_LOG_DAMAGED, "the header of a kept reply cannot be read"));
  }
  RecordDraft draft;
  EntryDraft& again = draft.entries.emplace_back();
  again.header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  again.header.set_actor(caller.spiffe_id);
  again.header.set_state(caller.state);
  again.header.set_method(method);
  again.header.set_trace_id(first.trace_id());
  again.header.set_to_state(caller.state);
  again.header.set_agreement_id(first.agreement_id());
  again.content = ReplyWithReceipt(told->content, answered.reply_receipt);
  std::string bytes = again.content;
  log->Append(std::move(draft), [bytes = std::move(bytes), reply = std::move(reply)](
                                    const absl::StatusOr<Recorded>& recorded) {
    if (!recorded.ok()) return reply(recorded.status());
    reply(bytes);
  });
}

}  // namespace tracegate
