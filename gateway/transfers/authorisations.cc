#include "gateway/transfers/authorisations.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/policy/disclosure.h"
#include "gateway/policy/handling.h"
#include "gateway/tracing/page.h"
#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/asked_authorisation.h"
#include "gateway/transfers/transfer_caller.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TransferService/ListAuthorizations";
constexpr absl::Duration kWaitMax = absl::Seconds(30);

absl::Status CheckAskedFor(const v1::ListAuthorizationsRequest& asked) {
  const bool given = asked.legal_basis() == v1::LEGAL_BASIS_ATT_7_6;
  Violations out;
  out.Require(given || asked.legal_basis() == v1::LEGAL_BASIS_ATT_8_3, "legal_basis",
              "say whether it is asked under ATT 7(6) or ATT 8(3)");
  out.Require(asked.to_state().size() == 2, "to_state",
              "name the exporting State (ISO 3166-1 alpha-2)");
  out.Require(!given || !asked.authorisation().number().empty(), "authorisation.number",
              "ATT 7(6) is about a given authorisation: give its number");
  out.Require(!given || !asked.authorisation().issuing_state().empty(),
              "authorisation.issuing_state", "say which State issued it");
  out.Require(asked.confidentiality() != v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED,
              "confidentiality", "say whether the answer can be kept confidential");
  out.Refuse(!PageSize(asked.page_size()).ok(), "page_size", "must be 1 to 200, or 0 for 50");
  out.Refuse(!IsRealDate(asked.from_date()), "from_date", "is no day of the calendar");
  out.Refuse(!IsRealDate(asked.to_date()), "to_date", "is no day of the calendar");
  return out.status();
}

v1::AuthorisationDisclosure DisclosureOf(const config::v1::Agreement& agreement,
                                         const v1::Transfer& transfer) {
  v1::AuthorisationDisclosure disclosure;
  std::set<std::string> withheld;
  *disclosure.mutable_record() = transfer.record();
  disclosure.mutable_record()->clear_assessment();
  CutToPaths(agreement.transfers().record(), disclosure.mutable_record(), &withheld);
  disclosure.set_revision(transfer.revision().number());
  disclosure.mutable_withheld_fields()->Assign(withheld.begin(), withheld.end());
  return disclosure;
}

}  // namespace

void Authorisations::List(std::shared_ptr<const Request> request,
                          const v1::ListAuthorizationsRequest& asked, AnswerOnce::Reply reply) {
  const Caller& caller = request->caller;
  const bool is_peer = caller.role == Role::kPeer;
  v1::ListAuthorizationsRequest settled = asked;
  absl::Status status = CheckAskedFor(asked);
  if (status.ok()) {
    status = is_peer ? CheckAsked(house_, caller, asked.to_state(), "to_state")
                     : CheckOwn(house_, caller);
  }
  if (status.ok()) {
    status = SettleAgency(caller, "requesting_agency", settled.mutable_requesting_agency());
  }
  if (status.ok() && asked.to_state() == caller.state) {
    status = FieldFailure(v1::REASON_FIELD_INVALID, "to_state",
                          "is the caller's own State; ListTransfers shows its records");
  }
  if (!status.ok()) return reply(status);
  if (!house_.registries->Serves(asked.to_state())) {
    return AskAbroad(request, std::move(settled), std::move(reply));
  }
  const auto told = Tell(caller, settled);
  if (!told.ok()) return reply(told.status());
  Release(request, {}, *told, std::move(reply));
}

absl::StatusOr<Authorisations::Told> Authorisations::Tell(
    const Caller& caller, const v1::ListAuthorizationsRequest& asked) const {
  const auto book = house_.agreements->Now();
  const auto agreement = book->FindForTransfers(caller.state, asked.to_state(), asked.legal_basis(),
                                                asked.confidentiality(), house_.clock());
  if (!agreement.ok()) return agreement.status();
  if (auto metered = house_.Meter(**agreement); !metered.ok()) return metered;
  const auto size = PageSize(asked.page_size());
  if (!size.ok()) return size.status();
  auto behind = PageBeginsBehind(caller, asked);
  if (!behind.ok()) return behind.status();
  Told told;
  told.agreement_id = (*agreement)->id();
  *told.response.mutable_handling() = HandlingOf(**agreement);
  told.response.mutable_responding_agency()->set_state(asked.to_state());
  told.response.mutable_responding_agency()->set_name(kGatewayAgency);
  std::string last;
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, asked.to_state());
  query.newest_first = true;
  query.beyond_id = *std::move(behind);
  if (asked.has_authorisation()) query.key = AuthorisationWord(asked.authorisation().number());
  const auto take = [&](const DocumentRow& row, const v1::Transfer& transfer) {
    const v1::TransferRecord& record = transfer.record();
    const bool other_issuer =
        asked.has_authorisation() &&
        record.authorisation().issuing_state() != asked.authorisation().issuing_state();
    if (other_issuer || !IsAskedFor(record, asked) ||
        !Concerns(record, caller.state, asked.legal_basis())) {
      return true;
    }
    if (told.response.authorisations_size() == *size) {
      told.response.set_next_page_token(PageTokenBehind(caller, asked, last));
      return false;
    }
    last = row.document_id;
    *told.response.add_authorisations() = DisclosureOf(**agreement, transfer);
    return true;
  };
  const absl::Status scanned = ScanAs<v1::Transfer>(house_.store, query, take);
  if (!scanned.ok()) return scanned;
  return told;
}

void Authorisations::Release(const std::shared_ptr<const Request>& request,
                             std::vector<EntryDraft> before, const Told& told,
                             AnswerOnce::Reply reply) {
  RecordDraft draft;
  draft.entries = std::move(before);
  // Whoever asked abroad recorded the request before it left.
  const std::string id =
      draft.entries.empty() ? MakeTraceId(house_.clock()) : draft.entries[0].header.trace_id();
  if (draft.entries.empty()) {
    draft.entries.push_back(
        {HeaderOf(*request, v1::ENTRY_KIND_REQUEST_RECEIVED, id), request->bytes});
    draft.entries[0].header.set_agreement_id(told.agreement_id);
  }
  EntryDraft entry{HeaderOf(*request, v1::ENTRY_KIND_ANSWER_DISCLOSED, id),
                   told.response.SerializeAsString()};
  entry.header.set_to_state(request->caller.state);
  entry.header.set_agreement_id(told.agreement_id);
  draft.reply_entry = static_cast<int>(draft.entries.size());
  draft.entries.push_back(std::move(entry));
  ReplyOnceRecorded(house_.log, std::move(draft), std::move(reply));
}

void Authorisations::AskAbroad(const std::shared_ptr<const Request>& request,
                               v1::ListAuthorizationsRequest question, AnswerOnce::Reply reply) {
  if (PartnerOf(house_, question.to_state()) == nullptr) {
    return reply(FieldFailure(v1::REASON_STATE_NOT_SERVED, "to_state",
                              "this gateway has no peer for " + question.to_state()));
  }
  const auto book = house_.agreements->Now();
  const auto agreement =
      book->FindForTransfers(request->caller.state, question.to_state(), question.legal_basis(),
                             question.confidentiality(), house_.clock());
  if (!agreement.ok()) return reply(agreement.status());
  const PartnerQuestion leaving{MakeTraceId(house_.clock()), question.to_state(),
                                (*agreement)->id(), kMethod, question.SerializeAsString()};
  RecordDraft draft;
  draft.entries.push_back(
      {HeaderOf(*request, v1::ENTRY_KIND_REQUEST_RECEIVED, leaving.document_id), request->bytes});
  draft.entries.push_back(LeavingEntry(house_, leaving));
  house_.log->Append(
      std::move(draft), [this, request, leaving, reply = std::move(reply)](const auto& recorded) {
        if (!recorded.ok()) return reply(recorded.status());
        const absl::Time latest = ReplyTime(house_.clock(), request->deadline, kWaitMax);
        AskPartner(house_, leaving, latest, [this, request, leaving, reply](const auto& heard) {
          std::vector<EntryDraft> before = {HeardEntry(house_, leaving, heard)};
          Told told;
          absl::Status status = heard.status();
          if (status.ok() && !ParseChecked(*heard, &told.response).ok()) {
            status = Failure(v1::REASON_PEER_REFUSED,
                             "the gateway of " + leaving.state + " sent no list of authorisations");
          }
          if (!status.ok()) {
            RecordDraft failed;
            failed.entries = std::move(before);
            return house_.log->Append(std::move(failed),
                                      [reply, status](const auto&) { reply(status); });
          }
          *told.response.mutable_remote_receipt() = told.response.receipt();
          told.response.clear_receipt();
          Release(request, std::move(before), told, reply);
        });
      });
}

}  // namespace tracegate
