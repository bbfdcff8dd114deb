#include "gateway/transfers/reconciliations.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/list_page.h"
#include "gateway/transfers/own_comparison.h"
#include "gateway/transfers/row_reconciliation.h"
#include "gateway/transfers/transfer_caller.h"
#include "gateway/transfers/transfer_tables.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr char kMethod[] = "/tracegate.v1.TransferService/Reconcile";
constexpr absl::Duration kWaitMax = absl::Seconds(30);
constexpr size_t kDiscrepanciesMax = 5000;

absl::Status CheckReconcile(const v1::ReconcileRequest& asked) {
  Violations out;
  out.Require(asked.partner_state().size() == 2, "partner_state",
              "name the partner (ISO 3166-1 alpha-2)");
  out.Require(asked.from_date().year() != 0, "from_date", "give the first day");
  out.Require(asked.to_date().year() != 0, "to_date", "give the last day");
  out.Refuse(!IsRealDate(asked.from_date()), "from_date", "is no day of the calendar");
  out.Refuse(!IsRealDate(asked.to_date()), "to_date", "is no day of the calendar");
  out.Refuse(IsLater(asked.from_date(), asked.to_date()), "to_date", "is before the first day");
  out.Require(asked.partner_rows().empty() || !asked.partner_source().empty(), "partner_source",
              "say where the partner's figures are from");
  return out.status();
}

// The tables that figures are held against: whatever the partner counts, both quantities and values.
v1::GenerateReportRequest TablesFor(const std::string& state, const v1::ReconcileRequest& asked,
                                    v1::TransferBasis basis) {
  v1::GenerateReportRequest tables;
  tables.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
  tables.mutable_head()->set_state(state);
  *tables.mutable_head()->mutable_from_date() = asked.from_date();
  *tables.mutable_head()->mutable_to_date() = asked.to_date();
  tables.set_export_basis(basis);
  tables.set_import_basis(basis);
  tables.set_with_quantities(true);
  tables.set_with_values(true);
  *tables.mutable_categories() = asked.categories();
  return tables;
}

// The agreement under which one State tells another its figures. NO_AGREEMENT.
absl::StatusOr<config::v1::Agreement> AgreedFigures(const TransferHouse& house,
                                                    const std::string& asking,
                                                    const std::string& answering) {
  const auto book = house.agreements->Now();
  const auto agreement = book->FindForTransfers(asking, answering, v1::LEGAL_BASIS_ATT_11,
                                                v1::CONFIDENTIALITY_GUARANTEE_GIVEN, house.clock());
  if (!agreement.ok()) return agreement.status();
  if ((*agreement)->transfers().figures()) return **agreement;
  return Failure(v1::REASON_NO_AGREEMENT, (*agreement)->id() + " tells no figures");
}

bool Shows(const v1::ListDiscrepanciesRequest& request, const v1::Discrepancy& discrepancy) {
  if (request.open_only() && !discrepancy.resolutions().empty()) return false;
  return request.kinds().empty() || std::find(request.kinds().begin(), request.kinds().end(),
                                              discrepancy.kind()) != request.kinds().end();
}

}  // namespace

void Reconciliations::Reconcile(std::shared_ptr<const Request> request,
                                const v1::ReconcileRequest& asked, AnswerOnce::Reply reply) {
  once_->Answer(
      request, [this, request, &asked](const Done& done) { Work(request, asked, done); },
      std::move(reply));
}

void Reconciliations::Work(const std::shared_ptr<const Request>& request,
                           const v1::ReconcileRequest& asked, const Done& done) const {
  const Caller& caller = request->caller;
  absl::Status status = CheckReconcile(asked);
  if (!status.ok()) return done(status);
  if (caller.role == Role::kPeer) return done(TellPeer(*request, asked));
  status = CheckOwn(house_, caller);
  if (status.ok() && !asked.state().empty() && asked.state() != caller.state) {
    status = FieldFailure(v1::REASON_STATE_MISMATCH, "state",
                          "the certificate speaks for " + caller.state + " only");
  }
  if (!status.ok()) return done(status);
  if (!asked.partner_rows().empty()) {
    return done(Compared(*request, asked,
                         {asked.partner_rows().begin(), asked.partner_rows().end()},
                         asked.partner_source()));
  }
  if (!house_.registries->Serves(asked.partner_state())) {
    return AskPartnersRows(request, asked, done);
  }
  // Both States' records are kept here; what one tells the other is agreed all the same.
  const auto theirs = FiguresFor(caller.state, asked);
  if (!theirs.ok()) return done(theirs.status());
  done(Compared(*request, asked, theirs->rows, "gateway"));
}

absl::StatusOr<std::vector<v1::TransferRow>> Reconciliations::RowsOf(
    const std::string& state, const v1::ReconcileRequest& asked) const {
  TransferTableBuilder builders[] = {
      TransferTableBuilder(TablesFor(state, asked, v1::TRANSFER_BASIS_AUTHORISED)),
      TransferTableBuilder(TablesFor(state, asked, v1::TRANSFER_BASIS_ACTUAL))};
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, state);
  query.from_date = DateText(YearOf(asked.from_date()));
  query.until_date = DateText(asked.to_date());
  const absl::Status scanned = ScanAs<v1::Transfer>(
      house_.store, query, [&](const DocumentRow& row, const v1::Transfer& transfer) {
        for (TransferTableBuilder& builder : builders) {
          if (transfer.has_record()) builder.Add(row.document_id, transfer.record());
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  std::vector<v1::TransferRow> rows;
  for (const TransferTableBuilder& builder : builders) {
    const auto tables = builder.Build();
    if (!tables.ok()) return tables.status();
    for (const auto* table : {&tables->exports(), &tables->imports()}) {
      for (const v1::TransferRow& row : *table) {
        if (row.partner_state() == asked.partner_state()) rows.push_back(row);
      }
    }
  }
  return rows;
}

absl::StatusOr<Reconciliations::Figures> Reconciliations::FiguresFor(
    const std::string& asking, const v1::ReconcileRequest& asked) const {
  const std::string& state = asked.partner_state();
  const auto agreement = AgreedFigures(house_, asking, state);
  if (!agreement.ok()) return agreement.status();
  if (auto metered = house_.Meter(*agreement); !metered.ok()) return metered;
  v1::ReconcileRequest mirrored = asked;
  mirrored.set_partner_state(asking);
  auto rows = RowsOf(state, mirrored);
  if (!rows.ok()) return rows.status();
  return Figures{*std::move(rows), agreement->id()};
}

absl::StatusOr<Outcome> Reconciliations::TellPeer(const Request& request,
                                                  const v1::ReconcileRequest& asked) const {
  const Caller& peer = request.caller;
  // The peer asks for the figures of `partner_state`, which is served here, with its own State.
  const std::string& state = asked.partner_state();
  if (auto status = CheckAsked(house_, peer, state, "partner_state"); !status.ok()) return status;
  const auto figures = FiguresFor(peer.state, asked);
  if (!figures.ok()) return figures.status();
  v1::Reconciliation told;
  told.set_request_id(asked.request_id());
  told.set_state(state);
  told.set_partner_state(peer.state);
  *told.mutable_from_date() = asked.from_date();
  *told.mutable_to_date() = asked.to_date();
  *told.mutable_create_time() = ToTimestamp(house_.clock());
  told.mutable_own_rows()->Assign(figures->rows.begin(), figures->rows.end());
  Outcome outcome;
  outcome.document_id = MakeTraceId(house_.clock());
  outcome.agreement_id = figures->agreement_id;
  outcome.reply = told.SerializeAsString();
  return outcome;
}

void Reconciliations::AskPartnersRows(const std::shared_ptr<const Request>& request,
                                      const v1::ReconcileRequest& asked, const Done& done) const {
  if (PartnerOf(house_, asked.partner_state()) == nullptr) {
    return done(FieldFailure(v1::REASON_STATE_NOT_SERVED, "partner_state",
                             "this gateway has no peer for " + asked.partner_state() +
                                 "; give the partner's figures as partner_rows"));
  }
  const auto agreement = AgreedFigures(house_, request->caller.state, asked.partner_state());
  if (!agreement.ok()) return done(agreement.status());
  const std::string id = MakeTraceId(house_.clock());
  v1::ReconcileRequest question = asked;
  question.set_request_id(id);
  question.set_state(request->caller.state);
  const PartnerQuestion leaving{id, asked.partner_state(), agreement->id(), kMethod,
                                question.SerializeAsString()};
  RecordDraft draft;
  draft.entries.push_back(LeavingEntry(house_, leaving));
  house_.log->Append(std::move(draft), [this, request, &asked, leaving,
                                        done](const auto& recorded) {
    if (!recorded.ok()) return done(recorded.status());
    const absl::Time latest = ReplyTime(house_.clock(), request->deadline, kWaitMax);
    AskPartner(house_, leaving, latest,
               [this, request, &asked, leaving, done](const absl::StatusOr<std::string>& heard) {
                 if (!heard.ok()) return done(heard.status());
                 v1::Reconciliation told;
                 if (!ParseChecked(*heard, &told).ok() || told.state() != leaving.state) {
                   return done(Failure(v1::REASON_PEER_REFUSED, "the gateway of " + leaving.state +
                                                                    " sent no figures of its own"));
                 }
                 auto outcome = Compared(
                     *request, asked, {told.own_rows().begin(), told.own_rows().end()}, "gateway");
                 if (outcome.ok()) outcome->heard.push_back(HeardEntry(house_, leaving, heard));
                 done(std::move(outcome));
               });
  });
}

absl::StatusOr<Outcome> Reconciliations::Compared(const Request& request,
                                                  const v1::ReconcileRequest& asked,
                                                  const std::vector<v1::TransferRow>& theirs,
                                                  const std::string& source) const {
  const std::string& state = request.caller.state;
  const auto ours = RowsOf(state, asked);
  if (!ours.ok()) return ours.status();
  const google::protobuf::RepeatedPtrField<v1::TransferRow> our_rows(ours->begin(), ours->end());
  const google::protobuf::RepeatedPtrField<v1::TransferRow> their_rows(theirs.begin(),
                                                                       theirs.end());
  RowReconciliation rows = ReconcileRows(state, asked.partner_state(), our_rows, their_rows);
  auto own = CompareOwn(stored_, state, asked, house_.registries->Serves(asked.partner_state()),
                        house_.today());
  if (!own.ok()) return own.status();
  std::vector<v1::Discrepancy> all = std::move(rows.discrepancies);
  all.insert(all.end(), own->discrepancies.begin(), own->discrepancies.end());
  if (all.size() > kDiscrepanciesMax) {
    return Failure(v1::REASON_MESSAGE_TOO_LARGE,
                   "more than 5,000 discrepancies; take fewer categories or a shorter period");
  }
  const absl::Time now = house_.clock();
  v1::Reconciliation reconciliation;
  reconciliation.set_reconciliation_id(MakeTraceId(now));
  reconciliation.set_request_id(asked.request_id());
  reconciliation.set_state(state);
  reconciliation.set_partner_state(asked.partner_state());
  *reconciliation.mutable_from_date() = asked.from_date();
  *reconciliation.mutable_to_date() = asked.to_date();
  reconciliation.set_partner_source(source);
  reconciliation.set_rows_agreeing(rows.agreeing);
  reconciliation.set_consignments_agreeing(own->agreeing);
  reconciliation.set_discrepancies(static_cast<int32_t>(all.size()));
  reconciliation.set_discrepancies_expected(static_cast<int32_t>(
      std::count_if(all.begin(), all.end(), [](const auto& one) { return one.expected(); })));
  *reconciliation.mutable_create_time() = ToTimestamp(now);
  Outcome outcome;
  outcome.document_id = reconciliation.reconciliation_id();
  outcome.reply = reconciliation.SerializeAsString();
  outcome.documents.push_back(
      NewRow(DocumentKind::kReconciliation, outcome.document_id, state, "", reconciliation));
  for (v1::Discrepancy& one : all) {
    one.set_discrepancy_id(MakeTraceId(now));
    one.set_reconciliation_id(outcome.document_id);
    outcome.documents.push_back(
        NewRow(DocumentKind::kDiscrepancy, one.discrepancy_id(), state, outcome.document_id, one));
  }
  return outcome;
}

absl::StatusOr<v1::ListDiscrepanciesResponse> Reconciliations::List(
    const Caller& caller, const v1::ListDiscrepanciesRequest& request) const {
  const auto of = stored_.FindOwn(caller, DocumentKind::kReconciliation,
                                  request.reconciliation_id(), "reconciliation_id");
  if (!of.ok()) return of.status();
  DocumentQuery query = DocumentsOf(DocumentKind::kDiscrepancy, caller.state);
  query.about = request.reconciliation_id();
  v1::ListDiscrepanciesResponse response;
  auto next = ListPage<v1::Discrepancy>(house_.store, caller, request, query,
                                        [&](v1::Discrepancy discrepancy) -> absl::StatusOr<size_t> {
                                          if (!Shows(request, discrepancy)) return 0;
                                          *response.add_discrepancies() = std::move(discrepancy);
                                          return response.discrepancies().rbegin()->ByteSizeLong();
                                        });
  if (!next.ok()) return next.status();
  response.set_next_page_token(*std::move(next));
  return response;
}

void Reconciliations::Resolve(std::shared_ptr<const Request> request,
                              const v1::ResolveDiscrepancyRequest& asked, AnswerOnce::Reply reply) {
  once_->Answer(
      request, [this, request, &asked](const Done& done) { done(Resolved(*request, asked)); },
      std::move(reply));
}

absl::StatusOr<Outcome> Reconciliations::Resolved(
    const Request& request, const v1::ResolveDiscrepancyRequest& asked) const {
  const Caller& caller = request.caller;
  const v1::DiscrepancyResolution& given = asked.resolution();
  Violations out("resolution.");
  out.Require(given.kind() != v1::RESOLUTION_KIND_UNSPECIFIED, "kind", "say why the two part");
  out.Require(!given.explanation().empty(), "explanation", "say what was found");
  out.Require(
      given.kind() != v1::RESOLUTION_KIND_OUR_ERROR || !given.amended_transfer_ids().empty(),
      "amended_transfer_ids", "name the records that were amended for it");
  if (auto status = out.status(); !status.ok()) return status;
  for (int i = 0; i < given.amended_transfer_ids_size(); ++i) {
    const auto amended =
        stored_.FindOwn(caller, DocumentKind::kTransfer, given.amended_transfer_ids(i),
                        "resolution.amended_transfer_ids[" + std::to_string(i) + "]");
    if (!amended.ok()) return amended.status();
  }
  const auto row =
      stored_.FindOwn(caller, DocumentKind::kDiscrepancy, asked.discrepancy_id(), "discrepancy_id");
  if (!row.ok()) return row.status();
  auto discrepancy = ReadDocument<v1::Discrepancy>(*row);
  if (!discrepancy.ok()) return discrepancy.status();
  v1::DiscrepancyResolution& resolution = *discrepancy->add_resolutions();
  resolution = given;
  *resolution.mutable_resolving_agency() = AgencyBehind(caller);
  *resolution.mutable_resolve_time() = ToTimestamp(house_.clock());
  Outcome outcome;
  outcome.document_id = row->document_id;
  outcome.reply = discrepancy->SerializeAsString();
  outcome.documents.push_back(NextRevision(*row, *discrepancy));
  return outcome;
}

}  // namespace tracegate
