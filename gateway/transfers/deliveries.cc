#include "gateway/transfers/deliveries.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/asked_authorisation.h"
#include "gateway/transfers/delivery_check.h"
#include "gateway/transfers/record_remarks.h"
#include "gateway/transfers/transfer_caller.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TransferService/ConfirmReceipt";
constexpr absl::Duration kWaitMax = absl::Seconds(30);

absl::Status NoSuch(const std::string& field) {
  return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND, field,
                      "names no transfer that concerns the caller's State");
}

// What a peer hears: what it said, and nothing else of the record.
v1::Transfer ForPeer(const v1::Transfer& transfer) {
  v1::Transfer told;
  told.set_request_id(transfer.request_id());
  *told.mutable_deliveries() = transfer.deliveries();
  return told;
}

}  // namespace

void Deliveries::Confirm(std::shared_ptr<const Request> request,
                         const v1::ConfirmReceiptRequest& asked, AnswerOnce::Reply reply) {
  once_->Answer(
      request, [this, request, &asked](const Done& done) { Work(request, asked, done); },
      std::move(reply));
}

void Deliveries::Work(const std::shared_ptr<const Request>& request,
                      const v1::ConfirmReceiptRequest& asked, const Done& done) const {
  const Caller& caller = request->caller;
  const bool is_peer = caller.role == Role::kPeer;
  if (asked.transfer_case() == v1::ConfirmReceiptRequest::TRANSFER_NOT_SET) {
    return done(FieldFailure(v1::REASON_FIELD_REQUIRED, "transfer_id",
                             "name the transfer, or the exporter's authorisation"));
  }
  if (is_peer && !asked.has_authorisation()) {
    return done(FieldFailure(v1::REASON_FIELD_REQUIRED, "authorisation",
                             "a gateway names the transfer by its authorisation"));
  }
  const std::string& issuer = asked.authorisation().issuing_state();
  absl::Status status = is_peer ? CheckAsked(house_, caller, issuer, "authorisation.issuing_state")
                                : CheckOwn(house_, caller);
  if (!status.ok()) return done(status);
  if (asked.has_authorisation() && !house_.registries->Serves(issuer)) {
    return TellExporter(request, asked, done);
  }
  const auto row = Find(caller, asked);
  if (!row.ok()) return done(row.status());
  done(Added(*request, *row, asked.delivery()));
}

absl::StatusOr<DocumentRow> Deliveries::Find(const Caller& caller,
                                             const v1::ConfirmReceiptRequest& asked) const {
  if (!asked.has_authorisation()) {
    return stored_.FindOwn(caller, DocumentKind::kTransfer, asked.transfer_id(), "transfer_id");
  }
  const std::string& exporter = asked.authorisation().issuing_state();
  auto row = FindByAuthorisation(exporter, asked);
  if (!row.ok() || exporter == caller.state) return row;
  const auto transfer = ReadDocument<v1::Transfer>(*row);
  if (!transfer.ok()) return transfer.status();
  if (!Concerns(transfer->record(), caller.state, v1::LEGAL_BASIS_ATT_7_6)) {
    return NoSuch("authorisation");
  }
  return row;
}

absl::StatusOr<DocumentRow> Deliveries::FindByAuthorisation(
    const std::string& state, const v1::ConfirmReceiptRequest& asked) const {
  auto under = stored_.UnderAuthorisation(state, asked.authorisation());
  if (!under.ok()) return under.status();
  std::erase_if(*under, [&](const v1::Transfer& transfer) {
    return !asked.consignment().empty() && transfer.record().consignment() != asked.consignment();
  });
  // What left is what arrives; the licence stands for it where no movement is on record.
  const auto moved = [](const v1::Transfer& transfer) {
    return transfer.record().basis() == v1::TRANSFER_BASIS_ACTUAL;
  };
  const auto movements = std::count_if(under->begin(), under->end(), moved);
  if (under->empty()) return NoSuch("authorisation");
  if (movements > 1) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "consignment",
                        "several consignments left under that authorisation; name the one");
  }
  const v1::Transfer& meant =
      movements == 1 ? *std::find_if(under->begin(), under->end(), moved) : under->front();
  auto row = house_.store->FindDocument(meant.transfer_id());
  if (!row.ok()) return row.status();
  if (!*row) return Failure(v1::REASON_LOG_DAMAGED, "a transfer is missing");
  return **std::move(row);
}

absl::StatusOr<Outcome> Deliveries::Added(const Request& request, const DocumentRow& row,
                                          const v1::Delivery& given) const {
  auto transfer = stored_.Assemble(row);
  if (!transfer.ok()) return transfer.status();
  if (!transfer->has_record()) {
    return FieldFailure(v1::REASON_DOCUMENT_STATE, "transfer_id", "was voided");
  }
  v1::Delivery delivery = given;
  absl::Status status = CheckDelivery(delivery, transfer->record(), house_.today());
  if (status.ok()) {
    status = SettleAgency(request.caller, "delivery.confirming_agency",
                          delivery.mutable_confirming_agency());
  }
  if (!status.ok()) return status;
  const absl::Time now = house_.clock();
  *delivery.mutable_confirm_time() = ToTimestamp(now);
  Outcome outcome;
  outcome.document_id = row.document_id;
  outcome.documents.push_back(
      NewRow(DocumentKind::kDelivery, MakeTraceId(now), row.state, row.document_id, delivery));
  for (const v1::RecordRemark& remark :
       RemarksOnDelivery(transfer->deliveries(), delivery, transfer->record())) {
    if (transfer->remarks_size() < static_cast<int>(kRemarksMax)) *transfer->add_remarks() = remark;
  }
  *transfer->add_deliveries() = std::move(delivery);
  *transfer->mutable_update_time() = ToTimestamp(now);
  transfer->set_request_id(request.request_id);
  const bool told_abroad = request.caller.state != row.state;
  outcome.reply = (told_abroad ? ForPeer(*transfer) : *transfer).SerializeAsString();
  return outcome;
}

void Deliveries::TellExporter(const std::shared_ptr<const Request>& request,
                              const v1::ConfirmReceiptRequest& asked, const Done& done) const {
  const std::string& exporter = asked.authorisation().issuing_state();
  if (PartnerOf(house_, exporter) == nullptr) {
    return done(FieldFailure(v1::REASON_STATE_NOT_SERVED, "authorisation.issuing_state",
                             "this gateway has no peer for " + exporter));
  }
  v1::ConfirmReceiptRequest telling = asked;
  v1::Agency* agency = telling.mutable_delivery()->mutable_confirming_agency();
  const absl::Status settled = SettleAgency(request->caller, "delivery.confirming_agency", agency);
  if (!settled.ok()) return done(settled);
  // The State's own record of it, where it keeps one: its import, under the exporter's licence.
  auto own = FindByAuthorisation(request->caller.state, asked);
  if (!own.ok() && !absl::IsNotFound(own.status())) return done(own.status());
  const PartnerQuestion leaving{own.ok() ? own->document_id : MakeTraceId(house_.clock()), exporter,
                                "", kMethod, telling.SerializeAsString()};
  RecordDraft draft;
  draft.entries.push_back(LeavingEntry(house_, leaving));
  house_.log->Append(
      std::move(draft), [this, request, own, leaving, telling, done](const auto& recorded) {
        if (!recorded.ok()) return done(recorded.status());
        const absl::Time latest = ReplyTime(house_.clock(), request->deadline, kWaitMax);
        AskPartner(
            house_, leaving, latest,
            [this, request, own, leaving, telling, done](const absl::StatusOr<std::string>& heard) {
              // Not told is not confirmed: the officer asks again.
              if (!heard.ok()) return done(heard.status());
              v1::Transfer told;
              if (!ParseChecked(*heard, &told).ok()) {
                return done(Failure(v1::REASON_PEER_REFUSED,
                                    "the gateway of " + leaving.state + " sent no transfer"));
              }
              told.clear_receipt();
              absl::StatusOr<Outcome> outcome = Outcome{.document_id = leaving.document_id,
                                                        .agreement_id = "",
                                                        .reply = told.SerializeAsString(),
                                                        .documents = {}};
              if (own.ok()) outcome = Added(*request, *own, telling.delivery());
              if (outcome.ok()) outcome->heard.push_back(HeardEntry(house_, leaving, heard));
              done(std::move(outcome));
            });
      });
}

}  // namespace tracegate
