#include "gateway/transfers/end_uses.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/tracing/trace_view.h"
#include "gateway/transfers/transfer_caller.h"
#include "gateway/transfers/transfer_terms.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr absl::Duration kAskedWaitMax = absl::Seconds(30);

bool IsImporter(const v1::TransferRecord& record, const std::string& state) {
  return record.states().final_destination() == state ||
         absl::c_linear_search(record.states().importing(), state);
}

bool IsOnTheWay(const v1::TransferRecord& record, const std::string& state) {
  const v1::TransferStates& states = record.states();
  return absl::c_linear_search(states.transit(), state) ||
         absl::c_linear_search(states.trans_shipment(), state);
}

// The question as the caller put it: what the gateway adds is left out.
v1::EndUseQuestion AsPut(v1::EndUseQuestion question) {
  question.clear_subject();
  return question;
}

// The day on the row while an answer is owed: the one that was asked for, else when the gateway gives up.
std::string DueOf(const TransferHouse& house, const v1::EndUseQuestion& question) {
  const std::string due = DateText(question.due_date());
  if (!due.empty()) return due;
  return absl::FormatCivilTime(absl::ToCivilDay(house.clock() + house.expiry, absl::UTCTimeZone()));
}

v1::TransferKind KindAt(const v1::EndUseQuestion& question) {
  if (!question.transit()) return v1::TRANSFER_KIND_IMPORT;
  const bool reloaded =
      absl::c_linear_search(question.subject().states().trans_shipment(), question.to_state());
  return reloaded ? v1::TRANSFER_KIND_TRANS_SHIPMENT : v1::TRANSFER_KIND_TRANSIT;
}

// The record that the State asked keeps of what it is asked about.
v1::TransferRecord PendingRecord(const v1::EndUseQuestion& question) {
  v1::TransferRecord record = question.subject();
  record.set_basis(v1::TRANSFER_BASIS_AUTHORISED);
  record.set_kind(KindAt(question));
  v1::Authorisation& licence = *record.mutable_authorisation();
  if (licence.number().empty()) licence.set_number(question.authorisation().number());
  licence.set_issuing_state(question.authorisation().issuing_state());
  licence.set_status(v1::AUTHORISATION_STATUS_PENDING);
  return record;
}

}  // namespace

struct EndUses::Opening {
  std::string id;  // of the side that asked here
  config::v1::Agreement agreement;
  v1::EndUseQuestion as_put;
  std::vector<DocumentRow> documents;
};

EndUses::EndUses(TransferHouse house, AnswerOnce* once, Errands* errands)
    : house_(std::move(house)),
      stored_(house_.store),
      errand_(house_),
      once_(once),
      errands_(errands) {
  errands_->Know(DocumentKind::kEndUse, &errand_);
}

void EndUses::Ask(std::shared_ptr<const Request> request, const v1::RequestEndUseRequest& asked,
                  AnswerOnce::Reply reply) {
  absl::Status status = CheckRequestId(asked.request_id());
  if (status.ok()) status = CheckQuestion(asked.question());
  if (!status.ok()) return reply(status);
  const std::string turn = RequestWord(AgencyOf(request->caller), asked.request_id());
  turns_.Enter(turn, [this, turn, request = std::move(request), &asked, reply = std::move(reply)] {
    Begin(request, asked, [this, turn, reply](absl::StatusOr<std::string> bytes) {
      turns_.Leave(turn);
      reply(std::move(bytes));
    });
  });
}

absl::StatusOr<std::optional<DocumentRow>> EndUses::FindAsked(const Request& request) const {
  std::optional<DocumentRow> found;
  DocumentQuery query;
  query.kind = static_cast<int>(DocumentKind::kEndUse);
  query.key = RequestWord(AgencyOf(request.caller), request.request_id);
  const absl::Status scanned = house_.store->ScanDocuments(query, [&](const DocumentRow& row) {
    found = row;
    return false;
  });
  if (!scanned.ok()) return scanned;
  return found;
}

void EndUses::Begin(const std::shared_ptr<const Request>& request,
                    const v1::RequestEndUseRequest& asked, AnswerOnce::Reply reply) {
  const bool is_peer = request->caller.role == Role::kPeer;
  auto opening =
      is_peer ? OpenPeers(*request, asked.question()) : OpenOwn(*request, asked.question());
  if (!opening.ok()) return reply(opening.status());
  const auto found = FindAsked(*request);
  if (!found.ok()) return reply(found.status());
  if (*found) {
    const auto known = ReadDocument<v1::EndUse>(**found);
    if (!known.ok()) return reply(known.status());
    if (!MessageDifferencer::Equals(AsPut(known->question()), opening->as_put)) {
      return reply(FieldFailure(v1::REASON_REQUEST_ID_REUSED, "request_id",
                                "was used for another question; choose a new one"));
    }
    return VisitAndTell(request, (*found)->document_id, std::move(reply));
  }
  if (house_.registries->Serves(asked.question().to_state())) {
    if (auto metered = house_.Meter(opening->agreement); !metered.ok()) return reply(metered);
  }
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header = HeaderOf(*request, v1::ENTRY_KIND_REQUEST_RECEIVED, opening->id);
  entry.header.set_agreement_id(opening->agreement.id());
  entry.content = request->bytes;
  draft.documents = std::move(opening->documents);
  for (DocumentRow& row : draft.documents) row.entry = 0;
  house_.log->Append(std::move(draft), [this, request, id = opening->id,
                                        reply = std::move(reply)](const auto& recorded) {
    if (!recorded.ok()) return reply(recorded.status());
    VisitAndTell(request, id, reply);
  });
}

absl::StatusOr<v1::Transfer> EndUses::ExportOf(const Caller& caller,
                                               const v1::EndUseQuestion& question) const {
  v1::Transfer transfer;
  if (question.has_authorisation()) {
    const auto under = stored_.UnderAuthorisation(caller.state, question.authorisation());
    if (!under.ok()) return under.status();
    if (under->empty()) {
      return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND, "question.authorisation",
                          "no transfer of " + caller.state + " is under it");
    }
    transfer = under->front();
  } else {
    const auto row = stored_.FindOwn(caller, DocumentKind::kTransfer, question.transfer_id(),
                                     "question.transfer_id");
    if (!row.ok()) return row.status();
    auto read = ReadDocument<v1::Transfer>(*row);
    if (!read.ok()) return read.status();
    transfer = *std::move(read);
  }
  const v1::TransferRecord& record = transfer.record();
  if (record.kind() != v1::TRANSFER_KIND_EXPORT || record.authorisation().number().empty()) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "question.transfer_id",
                        "is no export with an authorisation; its number tells the other State "
                        "which transfer is meant");
  }
  if (!IsImporter(record, question.to_state()) && !IsOnTheWay(record, question.to_state())) {
    return FieldFailure(
        v1::REASON_FIELD_INVALID, "question.to_state",
        question.to_state() + " is no importing, transit or trans-shipment State of that transfer");
  }
  return transfer;
}

absl::StatusOr<EndUses::Opening> EndUses::OpenOwn(const Request& request,
                                                  const v1::EndUseQuestion& question) const {
  const Caller& caller = request.caller;
  if (auto status = CheckOwn(house_, caller); !status.ok()) return status;
  v1::EndUse end_use;
  *end_use.mutable_question() = AsPut(question);
  v1::EndUseQuestion& settled = *end_use.mutable_question();
  absl::Status status =
      SettleAgency(caller, "question.requesting_agency", settled.mutable_requesting_agency());
  if (!status.ok()) return status;
  const auto transfer = ExportOf(caller, question);
  if (!transfer.ok()) return transfer.status();
  const bool served = house_.registries->Serves(question.to_state());
  if (!served && PartnerOf(house_, question.to_state()) == nullptr) {
    return FieldFailure(v1::REASON_STATE_NOT_SERVED, "question.to_state",
                        "this gateway has no peer for " + question.to_state());
  }
  settled.set_transit(!IsImporter(transfer->record(), question.to_state()));
  const auto book = house_.agreements->Now();
  const auto agreement = book->FindForTransfers(caller.state, question.to_state(), BasisOf(settled),
                                                question.confidentiality(), house_.clock());
  if (!agreement.ok()) return agreement.status();
  Opening opening;
  opening.as_put = AsPut(settled);
  opening.agreement = **agreement;
  const absl::Time now = house_.clock();
  opening.id = MakeTraceId(now);
  end_use.set_end_use_id(opening.id);
  end_use.set_request_id(request.request_id);
  end_use.set_state(served ? v1::END_USE_STATE_ASKED : v1::END_USE_STATE_WAITING);
  end_use.set_transfer_id(transfer->transfer_id());
  *end_use.mutable_create_time() = ToTimestamp(now);
  *settled.mutable_subject() = SubjectOf(**agreement, transfer->record());
  // Which transfer is meant is told whatever else is not.
  v1::Authorisation& licence = *settled.mutable_subject()->mutable_authorisation();
  licence.set_issuing_state(transfer->record().authorisation().issuing_state());
  licence.set_number(transfer->record().authorisation().number());
  DocumentRow row =
      NewRow(DocumentKind::kEndUse, opening.id, caller.state, transfer->transfer_id(), end_use);
  row.due = DueOf(house_, question);
  row.keys = {RequestWord(AgencyOf(caller), request.request_id), EndUseWord(licence.number())};
  opening.documents.push_back(std::move(row));
  if (served) {
    v1::EndUseQuestion told = settled;
    told.mutable_authorisation()->set_issuing_state(licence.issuing_state());
    told.mutable_authorisation()->set_number(licence.number());
    AddAskedSide(opening.id, "", told, &opening);
  }
  return opening;
}

absl::StatusOr<EndUses::Opening> EndUses::OpenPeers(const Request& request,
                                                    v1::EndUseQuestion question) const {
  const Caller& peer = request.caller;
  absl::Status status = CheckAsked(house_, peer, question.to_state(), "question.to_state");
  if (status.ok()) {
    status = SettleAgency(peer, "question.requesting_agency", question.mutable_requesting_agency());
  }
  if (!status.ok()) return status;
  if (!question.has_authorisation()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "question.authorisation",
                        "a gateway names the transfer by its authorisation");
  }
  const auto book = house_.agreements->Now();
  const auto agreement = book->FindForTransfers(peer.state, question.to_state(), BasisOf(question),
                                                question.confidentiality(), house_.clock());
  if (!agreement.ok()) return agreement.status();
  Opening opening;
  opening.as_put = AsPut(question);
  opening.agreement = **agreement;
  AddAskedSide(request.request_id, RequestWord(AgencyOf(peer), request.request_id), question,
               &opening);
  opening.id = opening.documents.back().document_id;
  return opening;
}

void EndUses::AddAskedSide(const std::string& request_id, const std::string& word,
                           const v1::EndUseQuestion& question, Opening* opening) const {
  const absl::Time now = house_.clock();
  v1::Agency gateway;
  gateway.set_state(question.to_state());
  gateway.set_name(kGatewayAgency);
  v1::Transfer pending = NewTransfer(gateway, PendingRecord(question), now);
  *pending.mutable_retain_until_date() = DateOf(
      TransferTerms::Standard().KeepUntil(question.to_state(), pending.record(), house_.today()));
  v1::EndUse end_use;
  end_use.set_end_use_id(MakeTraceId(now));
  end_use.set_request_id(request_id);
  end_use.set_state(v1::END_USE_STATE_ASKED);
  end_use.set_transfer_id(pending.transfer_id());
  *end_use.mutable_create_time() = ToTimestamp(now);
  *end_use.mutable_question() = question;
  opening->documents.push_back(TransferRowOf(pending));
  DocumentRow row = NewRow(DocumentKind::kEndUse, end_use.end_use_id(), question.to_state(),
                           pending.transfer_id(), end_use);
  row.due = DueOf(house_, question);
  if (!word.empty()) row.keys = {{word}};
  opening->documents.push_back(std::move(row));
}

void EndUses::VisitAndTell(const std::shared_ptr<const Request>& request, const std::string& id,
                           AnswerOnce::Reply reply) {
  const absl::Time latest = ReplyTime(house_.clock(), request->deadline, kAskedWaitMax);
  errands_->Visit(id, latest, [this, request, id, reply = std::move(reply)](const auto& status) {
    if (!status.ok()) return reply(status);
    Tell(request, id, reply);
  });
}

void EndUses::Tell(const std::shared_ptr<const Request>& request, const std::string& id,
                   AnswerOnce::Reply reply) {
  const auto row = house_.store->FindDocument(id);
  if (!row.ok()) return reply(row.status());
  if (!*row) return reply(Failure(v1::REASON_LOG_DAMAGED, "the exchange " + id + " is missing"));
  auto end_use = ReadDocument<v1::EndUse>(**row);
  if (!end_use.ok()) return reply(end_use.status());
  std::string agreement_id;
  if (request->caller.role == Role::kPeer) {
    const auto book = house_.agreements->Now();
    const auto agreement =
        book->FindForTransfers(request->caller.state, (*row)->state, BasisOf(end_use->question()),
                               end_use->question().confidentiality(), house_.clock());
    if (!agreement.ok()) return reply(agreement.status());
    agreement_id = (*agreement)->id();
    end_use->clear_transfer_id();
    if (end_use->has_answer()) {
      *end_use->mutable_answer() = AnswerUnder(**agreement, end_use->answer());
    }
  }
  RecordDraft draft;
  EntryDraft& entry = draft.entries.emplace_back();
  entry.header = HeaderOf(*request, v1::ENTRY_KIND_ANSWER_DISCLOSED, id);
  entry.header.set_to_state(request->caller.state);
  entry.header.set_agreement_id(agreement_id);
  entry.content = end_use->SerializeAsString();
  draft.reply_entry = 0;
  ReplyOnceRecorded(house_.log, std::move(draft), std::move(reply));
}

void EndUses::Answer(std::shared_ptr<const Request> request, const v1::AnswerEndUseRequest& asked,
                     AnswerOnce::Reply reply) {
  once_->Answer(
      request, [this, request, &asked](const auto& done) { done(Answered(*request, asked)); },
      std::move(reply));
}

absl::StatusOr<Outcome> EndUses::Answered(const Request& request,
                                          const v1::AnswerEndUseRequest& asked) {
  const auto row =
      stored_.FindOwn(request.caller, DocumentKind::kEndUse, asked.end_use_id(), "end_use_id");
  if (!row.ok()) return row.status();
  auto end_use = ReadDocument<v1::EndUse>(*row);
  if (!end_use.ok()) return end_use.status();
  if (end_use->question().to_state() != request.caller.state) {
    return FieldFailure(v1::REASON_DOCUMENT_STATE, "end_use_id",
                        "is asked of " + end_use->question().to_state() + ", which answers it");
  }
  if (!IsUnanswered(*end_use)) {
    return FieldFailure(v1::REASON_DOCUMENT_STATE, "end_use_id", "was answered already");
  }
  v1::EndUseAnswer answer = asked.answer();
  absl::Status status = SettleAnswer(end_use->question(), &answer);
  if (status.ok()) {
    status = SettleAgency(request.caller, "answer.responding_agency",
                          answer.mutable_responding_agency());
  }
  if (!status.ok()) return status;
  answer.clear_withheld_fields();
  TakeAnswer(answer, house_.clock(), &*end_use);
  Outcome outcome;
  outcome.document_id = row->document_id;
  outcome.reply = end_use->SerializeAsString();
  outcome.documents.push_back(NextRevision(*row, *end_use));
  outcome.documents.back().due.clear();
  if (status = AddToAsker(*end_use, &outcome); !status.ok()) return status;
  return outcome;
}

absl::Status EndUses::AddToAsker(const v1::EndUse& answered, Outcome* outcome) const {
  const std::string& asking = answered.question().requesting_agency().state();
  if (!house_.registries->Serves(asking)) return absl::OkStatus();
  const auto row = house_.store->FindDocument(answered.request_id());
  if (!row.ok()) return row.status();
  if (!*row || (*row)->kind != static_cast<int>(DocumentKind::kEndUse)) return absl::OkStatus();
  auto end_use = ReadDocument<v1::EndUse>(**row);
  if (!end_use.ok()) return end_use.status();
  const auto book = house_.agreements->Now();
  const auto agreement =
      book->FindForTransfers(asking, answered.question().to_state(), BasisOf(answered.question()),
                             answered.question().confidentiality(), house_.clock());
  if (!agreement.ok()) return agreement.status();
  TakeAnswer(AnswerUnder(**agreement, answered.answer()), house_.clock(), &*end_use);
  outcome->agreement_id = (*agreement)->id();
  outcome->documents.push_back(NextRevision(**row, *end_use));
  outcome->documents.back().due.clear();
  return absl::OkStatus();
}

}  // namespace tracegate
