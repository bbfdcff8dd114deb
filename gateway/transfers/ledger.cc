#include "gateway/transfers/ledger.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/transfers/destroyed_remarks.h"
#include "gateway/transfers/neighbour_remarks.h"
#include "gateway/transfers/record_check.h"
#include "gateway/transfers/record_remarks.h"
#include "gateway/transfers/transfer_caller.h"
#include "gateway/transfers/transfer_terms.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

// A State records what left it, reached it or passed it; brokering may be of goods that never did.
bool IsOfState(const v1::TransferRecord& record, const std::string& state) {
  const v1::TransferStates& states = record.states();
  switch (record.kind()) {
    case v1::TRANSFER_KIND_EXPORT: return absl::c_linear_search(states.exporting(), state);
    case v1::TRANSFER_KIND_IMPORT:
      return absl::c_linear_search(states.importing(), state) ||
             states.final_destination() == state;
    case v1::TRANSFER_KIND_TRANSIT: return absl::c_linear_search(states.transit(), state);
    case v1::TRANSFER_KIND_TRANS_SHIPMENT:
      return absl::c_linear_search(states.trans_shipment(), state);
    default: return true;
  }
}

// When the goods left, as far as the record says.
const v1::Date& DepartureOf(const v1::TransferRecord& record) {
  return record.has_departure_date() ? record.departure_date() : record.date();
}

absl::Status CheckAmendment(const v1::AmendTransferRequest& asked) {
  Violations out;
  out.Require(asked.amendment() != v1::AMENDMENT_KIND_UNSPECIFIED, "amendment",
              "say whether it corrects, changes or voids the record");
  out.Require(!asked.reason().empty(), "reason", "say why it is amended");
  out.Require(asked.amends_revision() != 0, "amends_revision",
              "name the newest revision, as you read it");
  const bool is_void = asked.amendment() == v1::AMENDMENT_KIND_VOID;
  out.Refuse(is_void && asked.has_record(), "record", "is left out where the record is voided");
  out.Require(is_void || asked.has_record(), "record", "give the whole record as it now is");
  return out.status();
}

// With what the registry said of weapons that were destroyed: the remarks rest on it.
Outcome OutcomeOf(const Request& request, v1::EntryKind kind, v1::Transfer transfer,
                  const std::vector<DestroyedItem>& destroyed) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.document_id = transfer.transfer_id();
  for (const DestroyedItem& item : destroyed) {
    outcome.heard.push_back(
        {HeaderOf(request, v1::ENTRY_KIND_HOP_ANSWERED, outcome.document_id), item.verbatim});
  }
  outcome.documents.push_back(TransferRowOf(transfer));
  outcome.reply = transfer.SerializeAsString();
  return outcome;
}

}  // namespace

void Ledger::Record(std::shared_ptr<const Request> request, const v1::RecordTransferRequest& asked,
                    AnswerOnce::Reply reply) {
  once_->Answer(
      request,
      [this, request, &asked](const auto& done) {
        if (auto status = MayRecord(request->caller, asked.record()); !status.ok()) {
          return done(status);
        }
        FindDestroyed(house_, *request, asked.record(),
                      [this, request, &asked, done](const Destroyed& destroyed) {
                        done(Recorded(*request, asked, destroyed));
                      });
      },
      std::move(reply));
}

void Ledger::RecordOfMany(std::shared_ptr<const Request> request,
                          const v1::RecordTransferRequest& asked, AnswerOnce::Reply reply) {
  once_->Answer(
      request,
      [this, request, &asked](const auto& done) {
        const absl::Status status = MayRecord(request->caller, asked.record());
        done(status.ok() ? Recorded(*request, asked, {}) : status);
      },
      std::move(reply));
}

void Ledger::Amend(std::shared_ptr<const Request> request, const v1::AmendTransferRequest& asked,
                   AnswerOnce::Reply reply) {
  once_->Answer(
      request,
      [this, request, &asked](const auto& done) {
        const auto amend = [this, request, &asked, done](const Destroyed& destroyed) {
          done(Amended(*request, asked, destroyed));
        };
        // What is refused, and a record that is voided, is not looked up.
        if (!MayRecord(request->caller, asked.record()).ok()) return amend({});
        FindDestroyed(house_, *request, asked.record(), amend);
      },
      std::move(reply));
}

absl::Status Ledger::MayRecord(const Caller& caller, const v1::TransferRecord& record) const {
  const absl::Status own = CheckOwn(house_, caller);
  return own.ok() ? CheckRecord(caller, record) : own;
}

absl::Status Ledger::CheckRecord(const Caller& caller, const v1::TransferRecord& record) const {
  if (auto status = CheckTransferRecord(record, house_.today()); !status.ok()) return status;
  if (IsOfState(record, caller.state)) return absl::OkStatus();
  return FieldFailure(v1::REASON_FIELD_INVALID, "record.states",
                      "does not name " + caller.state +
                          " as the kind of transfer has it; a State records its own transfers");
}

absl::Status Ledger::Judge(const std::string& state, const Destroyed& destroyed,
                           v1::Transfer* transfer) const {
  const v1::TransferRecord& record = transfer->record();
  const TransferTerms& terms = TransferTerms::Standard();
  const absl::CivilDay until = terms.KeepUntil(state, record, house_.today());
  // It only ever moves later.
  if (!transfer->has_retain_until_date() || LastDay(transfer->retain_until_date()) < until) {
    *transfer->mutable_retain_until_date() = DateOf(until);
  }
  transfer->clear_delivery_due_date();
  if (record.basis() == v1::TRANSFER_BASIS_ACTUAL && record.date().year() != 0) {
    const auto due = terms.ConfirmBy(state, record, LastDay(DepartureOf(record)));
    if (due) *transfer->mutable_delivery_due_date() = DateOf(*due);
  }
  std::vector<v1::Clearance> answered;
  if (NeedsClearances(record)) {
    auto given = stored_.AnsweredClearances(state, record.authorisation());
    if (!given.ok()) return given.status();
    answered = *std::move(given);
  }
  std::vector<v1::RecordRemark> remarks = RemarksOn(record, answered);
  absl::Status status = RemarkNeighbours(stored_, state, *transfer, &remarks);
  if (status.ok()) RemarkDestroyed(stored_.store(), state, record, destroyed, &remarks);
  if (remarks.size() > kRemarksMax) remarks.resize(kRemarksMax);
  transfer->mutable_remarks()->Assign(remarks.begin(), remarks.end());
  return status;
}

absl::StatusOr<Outcome> Ledger::Recorded(const Request& request,
                                         const v1::RecordTransferRequest& asked,
                                         const Destroyed& destroyed) const {
  const Caller& caller = request.caller;
  v1::Transfer transfer = NewTransfer(AgencyBehind(caller), asked.record(), house_.clock());
  transfer.set_request_id(asked.request_id());
  if (auto status = Judge(caller.state, destroyed, &transfer); !status.ok()) return status;
  return OutcomeOf(request, v1::ENTRY_KIND_TRANSFER_RECORDED, std::move(transfer), destroyed);
}

absl::StatusOr<Outcome> Ledger::Amended(const Request& request,
                                        const v1::AmendTransferRequest& asked,
                                        const Destroyed& destroyed) const {
  const Caller& caller = request.caller;
  if (auto status = CheckAmendment(asked); !status.ok()) return status;
  const auto row =
      stored_.FindOwn(caller, DocumentKind::kTransfer, asked.transfer_id(), "transfer_id");
  if (!row.ok()) return row.status();
  auto transfer = ReadDocument<v1::Transfer>(*row);
  if (!transfer.ok()) return transfer.status();
  const std::string& recorded_by = transfer->recording_agency().name();
  if (recorded_by != caller.agency && recorded_by != kGatewayAgency) {
    return FieldFailure(v1::REASON_STATE_MISMATCH, "transfer_id",
                        "was recorded by " + recorded_by + ", which alone amends it");
  }
  if (!transfer->has_record()) {
    return FieldFailure(v1::REASON_DOCUMENT_STATE, "transfer_id", "was voided");
  }
  if (asked.amends_revision() != row->revision) {
    return FieldFailure(v1::REASON_REVISION_STALE, "amends_revision",
                        "the newest revision is " + std::to_string(row->revision));
  }
  const absl::Time now = house_.clock();
  v1::Revision& revision = *transfer->mutable_revision();
  revision.set_amends(row->revision);
  revision.set_number(row->revision + 1);
  revision.set_newest(row->revision + 1);
  revision.set_kind(asked.amendment());
  revision.set_reason(asked.reason());
  *revision.mutable_agency() = AgencyBehind(caller);
  *revision.mutable_time() = ToTimestamp(now);
  transfer->set_request_id(asked.request_id());
  *transfer->mutable_update_time() = ToTimestamp(now);
  if (asked.amendment() == v1::AMENDMENT_KIND_VOID) {
    transfer->clear_record();
    transfer->clear_remarks();
    transfer->clear_delivery_due_date();
  } else {
    if (auto status = CheckRecord(caller, asked.record()); !status.ok()) return status;
    *transfer->mutable_record() = asked.record();
    if (auto status = Judge(caller.state, destroyed, &*transfer); !status.ok()) return status;
  }
  return OutcomeOf(request, v1::ENTRY_KIND_TRANSFER_AMENDED, *std::move(transfer), destroyed);
}

}  // namespace tracegate
