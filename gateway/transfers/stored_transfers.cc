#include "gateway/transfers/stored_transfers.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/list_page.h"
#include "gateway/transfers/transfer_page.h"

namespace tracegate {
namespace {

bool IsLater(const google::protobuf::Timestamp& one, const google::protobuf::Timestamp& other) {
  return FromTimestamp(one) > FromTimestamp(other);
}

void DropDocuments(v1::Transfer* transfer) {
  for (v1::EndUse& end_use : *transfer->mutable_end_uses()) {
    if (!end_use.has_answer()) continue;  // to touch it would make one
    for (v1::EndUseDocument& document : *end_use.mutable_answer()->mutable_documents()) {
      document.clear_content();
    }
  }
}

void NoteChange(const google::protobuf::Timestamp& time, v1::Transfer* transfer) {
  if (IsLater(time, transfer->update_time())) *transfer->mutable_update_time() = time;
  // What comes in behind the newest revision, and so behind the assessment in it.
  if (transfer->record().has_assessment() && IsLater(time, transfer->revision().time())) {
    transfer->set_reassess(true);
  }
}

}  // namespace

absl::StatusOr<DocumentRow> StoredTransfers::FindOwn(const Caller& caller, DocumentKind kind,
                                                     const std::string& id,
                                                     const std::string& field) const {
  if (id.empty()) return FieldFailure(v1::REASON_FIELD_REQUIRED, field, "say which");
  auto row = store_->FindDocument(id);
  if (!row.ok()) return row.status();
  if (!*row || (*row)->kind != static_cast<int>(kind) || (*row)->state != caller.state) {
    return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND, field, "there is no " + id);
  }
  return **std::move(row);
}

absl::StatusOr<v1::Transfer> StoredTransfers::Assemble(const DocumentRow& row) const {
  auto kept = ReadDocument<v1::Transfer>(row);
  if (!kept.ok()) return kept;
  return Assemble(*std::move(kept));
}

absl::StatusOr<v1::Transfer> StoredTransfers::Assemble(v1::Transfer transfer) const {
  const std::string id = transfer.transfer_id();
  const auto deliveries = About<v1::Delivery>(DocumentKind::kDelivery, id);
  if (!deliveries.ok()) return deliveries.status();
  transfer.mutable_deliveries()->Assign(deliveries->begin(), deliveries->end());
  for (const v1::Delivery& delivery : *deliveries) {
    if (IsLater(delivery.confirm_time(), transfer.update_time()))
      *transfer.mutable_update_time() = delivery.confirm_time();
  }
  const auto end_uses = About<v1::EndUse>(DocumentKind::kEndUse, id);
  if (!end_uses.ok()) return end_uses.status();
  transfer.mutable_end_uses()->Assign(end_uses->begin(), end_uses->end());
  for (const v1::EndUse& end_use : *end_uses) {
    if (end_use.has_answer_time()) NoteChange(end_use.answer_time(), &transfer);
  }
  const auto alerts = About<v1::DiversionAlert>(DocumentKind::kAlert, id);
  if (!alerts.ok()) return alerts.status();
  transfer.mutable_alerts()->Assign(alerts->begin(), alerts->end());
  for (const v1::DiversionAlert& alert : *alerts) {
    NoteChange(alert.create_time(), &transfer);
    for (const v1::AlertFollowUp& word : alert.follow_ups()) {
      NoteChange(word.create_time(), &transfer);
    }
  }
  return transfer;
}

absl::StatusOr<v1::Transfer> StoredTransfers::Get(const Caller& caller,
                                                  const v1::GetTransferRequest& request) const {
  auto row = FindOwn(caller, DocumentKind::kTransfer, request.transfer_id(), "transfer_id");
  if (!row.ok()) return row.status();
  const int newest = row->revision;
  if (request.revision() < 0 || request.revision() > newest) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "revision",
                        "must be 1 to " + std::to_string(newest) + ", or 0 for the newest");
  }
  if (request.revision() != 0 && request.revision() != newest) {
    auto former = store_->FindRevision(row->document_id, request.revision());
    if (!former.ok()) return former.status();
    if (!*former) return Failure(v1::REASON_LOG_DAMAGED, "a revision is missing");
    row = **std::move(former);
  }
  auto transfer = Assemble(*row);
  if (transfer.ok()) transfer->mutable_revision()->set_newest(newest);
  return transfer;
}

absl::StatusOr<v1::ListTransfersResponse> StoredTransfers::List(
    const Caller& caller, const v1::ListTransfersRequest& request, absl::Time now) const {
  auto page = TransferPage::Of(caller, request, now);
  if (!page.ok()) return page.status();
  v1::ListTransfersResponse response;
  auto next = ListPage<v1::Transfer>(store_, caller, request, page->query(),
                                     [&](v1::Transfer kept) -> absl::StatusOr<size_t> {
                                       if (!page->ShowsRecord(kept.record())) return 0;
                                       auto transfer = Assemble(std::move(kept));
                                       if (!transfer.ok()) return transfer.status();
                                       if (!page->ShowsTransfer(*transfer)) return 0;
                                       DropDocuments(&*transfer);
                                       *response.add_transfers() = *std::move(transfer);
                                       return response.transfers().rbegin()->ByteSizeLong();
                                     });
  if (!next.ok()) return next.status();
  response.set_next_page_token(*std::move(next));
  return response;
}

absl::StatusOr<std::vector<v1::Clearance>> StoredTransfers::AnsweredClearances(
    const std::string& state, const v1::Authorisation& authorisation) const {
  std::vector<v1::Clearance> clearances;
  if (authorisation.number().empty()) return clearances;
  DocumentQuery query = DocumentsOf(DocumentKind::kEndUse, state);
  query.key = EndUseWord(authorisation.number());
  const absl::Status scanned =
      ScanAs<v1::EndUse>(store_, query, [&](const DocumentRow&, const v1::EndUse& end_use) {
        const auto& asked_of = end_use.question().subject().authorisation();
        if (asked_of.issuing_state() != authorisation.issuing_state()) return true;
        const v1::EndUseAnswer& answer = end_use.answer();
        if (answer.has_import_licence()) clearances.push_back(answer.import_licence());
        if (answer.has_no_objection()) clearances.push_back(answer.no_objection());
        return true;
      });
  if (!scanned.ok()) return scanned;
  return clearances;
}

absl::StatusOr<std::vector<v1::Transfer>> StoredTransfers::UnderAuthorisation(
    const std::string& state, const v1::AuthorisationReference& reference) const {
  std::vector<v1::Transfer> transfers;
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, state);
  query.key = AuthorisationWord(reference.number());
  query.newest_first = true;
  const absl::Status scanned =
      ScanAs<v1::Transfer>(store_, query, [&](const DocumentRow&, v1::Transfer transfer) {
        if (transfer.has_record() &&
            transfer.record().authorisation().issuing_state() == reference.issuing_state()) {
          transfers.push_back(std::move(transfer));
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  return transfers;
}

}  // namespace tracegate
