#include "gateway/transfers/answer_once.h"

#include <utility>

#include "gateway/tracing/kept_reply.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/trace_view.h"

namespace tracegate {

v1::EntryHeader HeaderOf(const Request& request, v1::EntryKind kind,
                         const std::string& document_id) {
  v1::EntryHeader header;
  header.set_kind(kind);
  header.set_actor(request.caller.spiffe_id);
  header.set_state(request.caller.state);
  header.set_method(request.method);
  header.set_trace_id(document_id);
  return header;
}

void ReplyOnceRecorded(EvidenceLog* log, RecordDraft draft, AnswerOnce::Reply reply) {
  log->Append(std::move(draft), [reply = std::move(reply)](absl::StatusOr<Recorded> recorded) {
    if (!recorded.ok()) return reply(recorded.status());
    reply(std::move(recorded->reply));
  });
}

void AnswerOnce::Answer(std::shared_ptr<const Request> request, Work work, Reply reply) {
  if (auto status = CheckRequestId(request->request_id); !status.ok()) return reply(status);
  const std::string turn = AgencyOf(request->caller) + " " + request->request_id;
  turns_.Enter(turn, [this, turn, request = std::move(request), work = std::move(work),
                      reply = std::move(reply)] {
    Begin(request, work, [this, turn, reply](absl::StatusOr<std::string> bytes) {
      turns_.Leave(turn);
      reply(std::move(bytes));
    });
  });
}

void AnswerOnce::Begin(const std::shared_ptr<const Request>& request, const Work& work,
                       Reply reply) {
  const auto answered = store_->FindAnswered(AgencyOf(request->caller), request->request_id);
  if (!answered.ok()) return reply(answered.status());
  if (*answered) {
    return TellAgain(store_, log_, request->caller, request->method, *request->message, **answered,
                     std::move(reply));
  }
  work([this, request, reply = std::move(reply)](absl::StatusOr<Outcome> outcome) {
    if (!outcome.ok()) return reply(outcome.status());
    Record(request, *std::move(outcome), reply);
  });
}

void AnswerOnce::Record(const std::shared_ptr<const Request>& request, Outcome outcome,
                        Reply reply) {
  RecordDraft draft;
  draft.entries.push_back(
      {HeaderOf(*request, v1::ENTRY_KIND_REQUEST_RECEIVED, outcome.document_id), request->bytes});
  draft.entries[0].header.set_agreement_id(outcome.agreement_id);
  for (EntryDraft& heard : outcome.heard) draft.entries.push_back(std::move(heard));
  EntryDraft told{HeaderOf(*request, outcome.kind, outcome.document_id), std::move(outcome.reply)};
  told.header.set_to_state(request->caller.state);
  told.header.set_agreement_id(outcome.agreement_id);
  draft.reply_entry = static_cast<int>(draft.entries.size());
  draft.entries.push_back(std::move(told));
  draft.documents = std::move(outcome.documents);
  for (DocumentRow& row : draft.documents) row.entry = draft.reply_entry;
  draft.answered = AnsweredRow{.agency = AgencyOf(request->caller),
                               .request_id = request->request_id,
                               .method = request->method,
                               .reply_receipt = {}};
  ReplyOnceRecorded(log_, std::move(draft), std::move(reply));
}

}  // namespace tracegate
