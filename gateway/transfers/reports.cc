#include "gateway/transfers/reports.h"

#include <utility>

#include "gateway/tracing/request_check.h"
#include "gateway/tracing/stored_traces.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/cooperation_tally.h"
#include "gateway/transfers/recovery_figures.h"
#include "gateway/transfers/report_caveats.h"
#include "gateway/transfers/report_corrections.h"
#include "gateway/transfers/transfer_caller.h"
#include "gateway/transfers/transfer_tables.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

bool IsOfTransfers(v1::ReportKind kind) {
  return kind == v1::REPORT_KIND_ATT_ANNUAL || kind == v1::REPORT_KIND_UNROCA ||
         kind == v1::REPORT_KIND_WASSENAAR;
}

absl::Status CheckReport(const v1::GenerateReportRequest& asked) {
  const v1::ReportHead& head = asked.head();
  const bool att = asked.kind() == v1::REPORT_KIND_ATT_ANNUAL;
  const bool tables = att || asked.kind() == v1::REPORT_KIND_UNROCA;
  Violations out;
  out.Require(asked.kind() != v1::REPORT_KIND_UNSPECIFIED, "kind", "say which report");
  for (const auto& [field, date] :
       {std::pair{"head.from_date", &head.from_date()}, std::pair{"head.to_date", &head.to_date()},
        std::pair{"head.cut_off_date", &head.cut_off_date()}}) {
    out.Refuse(!IsRealDate(*date), field, "is no day of the calendar");
  }
  out.Require(head.from_date().year() != 0, "head.from_date", "give the first day reported on");
  out.Require(head.to_date().year() != 0, "head.to_date", "give the last day reported on");
  out.Refuse(IsLater(head.from_date(), head.to_date()), "head.to_date", "is before the first day");
  out.Require(!head.authority().name().empty(), "head.authority.name",
              "name the authority that files it");
  out.Require(!tables || asked.export_basis() != v1::TRANSFER_BASIS_UNSPECIFIED ||
                  asked.import_basis() != v1::TRANSFER_BASIS_UNSPECIFIED,
              "export_basis", "say whether authorised or actual transfers are counted");
  out.Require(!att || asked.with_quantities() || asked.with_values(), "with_quantities",
              "an ATT annual report gives quantities, values or both");
  out.Require(!att || head.export_definition() != v1::CROSSING_DEFINITION_UNSPECIFIED,
              "head.export_definition", "say what counts as an export by national law");
  out.Require(!att || head.import_definition() != v1::CROSSING_DEFINITION_UNSPECIFIED,
              "head.import_definition", "say what counts as an import by national law");
  out.Require(!att || head.availability() != v1::REPORT_AVAILABILITY_UNSPECIFIED,
              "head.availability", "say whether the report is public");
  return out.status();
}

// The end of the cut-off day; without one, the report holds what there is.
absl::Time CutOffOf(const v1::ReportHead& head) {
  if (head.cut_off_date().year() == 0) return absl::InfiniteFuture();
  return absl::FromCivil(LastDay(head.cut_off_date()) + 1, absl::UTCTimeZone());
}

// The newest revision that was made by then; nothing where there was none yet, or it was voided.
absl::StatusOr<std::optional<v1::Transfer>> AsOf(RecordStore* store, const DocumentRow& newest,
                                                 absl::Time cut_off) {
  for (int revision = newest.revision; revision >= 1; --revision) {
    std::optional<DocumentRow> row = newest;
    if (revision != newest.revision) {
      auto former = store->FindRevision(newest.document_id, revision);
      if (!former.ok()) return former.status();
      row = *std::move(former);
    }
    if (!row || row->body.empty()) return std::nullopt;  // erased
    auto transfer = ReadDocument<v1::Transfer>(*row);
    if (!transfer.ok()) return transfer.status();
    if (FromTimestamp(transfer->revision().time()) >= cut_off) continue;
    if (!transfer->has_record()) return std::nullopt;
    return *std::move(transfer);
  }
  return std::nullopt;
}

}  // namespace

void Reports::Generate(std::shared_ptr<const Request> request,
                       const v1::GenerateReportRequest& asked, AnswerOnce::Reply reply) {
  once_->Answer(
      request,
      [this, request, &asked](const AnswerOnce::Done& done) { done(DrawnUp(*request, asked)); },
      std::move(reply));
}

absl::StatusOr<Outcome> Reports::DrawnUp(const Request& request,
                                         const v1::GenerateReportRequest& asked) const {
  const Caller& caller = request.caller;
  absl::Status status = CheckOwn(house_, caller);
  if (status.ok()) status = CheckReport(asked);
  if (!status.ok()) return status;
  const absl::Time now = house_.clock();
  v1::Report report;
  report.set_report_id(MakeTraceId(now));
  report.set_request_id(asked.request_id());
  report.set_kind(asked.kind());
  *report.mutable_head() = asked.head();
  v1::ReportHead& head = *report.mutable_head();
  if (head.state().empty()) head.set_state(caller.state);
  if (head.authority().state().empty()) head.mutable_authority()->set_state(head.state());
  if (head.state() != caller.state) {
    return FieldFailure(v1::REASON_STATE_MISMATCH, "head.state",
                        "the certificate speaks for " + caller.state + " only");
  }
  *report.mutable_create_time() = ToTimestamp(now);
  report.set_log_size(house_.log->size());
  status =
      IsOfTransfers(asked.kind()) ? AddTables(asked, &report) : AddTraceFigures(asked, &report);
  if (status.ok()) status = AddCorrections(caller, asked, &report);
  if (!status.ok()) return status;
  Outcome outcome;
  outcome.document_id = report.report_id();
  outcome.documents.push_back(
      NewRow(DocumentKind::kReport, report.report_id(), caller.state, "", report));
  outcome.reply = report.SerializeAsString();
  return outcome;
}

absl::Status Reports::AddTables(const v1::GenerateReportRequest& asked, v1::Report* report) const {
  v1::GenerateReportRequest settled = asked;
  *settled.mutable_head() = report->head();
  TransferTableBuilder builder(settled);
  const absl::Time cut_off = CutOffOf(report->head());
  absl::Status status;
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, report->head().state());
  const absl::Status scanned = house_.store->ScanDocuments(query, [&](const DocumentRow& row) {
    const auto transfer = AsOf(house_.store, row, cut_off);
    status = transfer.status();
    if (status.ok() && *transfer) builder.Add(row.document_id, (*transfer)->record());
    return status.ok();
  });
  if (!scanned.ok()) return scanned;
  if (!status.ok()) return status;
  auto tables = builder.Build();
  if (!tables.ok()) return tables.status();
  *report->mutable_transfers() = *std::move(tables);
  report->mutable_head()->set_withheld(builder.withheld());
  report->mutable_uncounted()->Assign(builder.uncounted().begin(), builder.uncounted().end());
  const auto caveats = CaveatsOf(settled, *report, builder.uncounted_count());
  report->mutable_caveats()->Assign(caveats.begin(), caveats.end());
  return absl::OkStatus();
}

absl::Status Reports::AddTraceFigures(const v1::GenerateReportRequest& asked,
                                      v1::Report* report) const {
  const v1::ReportHead& head = report->head();
  const absl::CivilDay from = FirstDay(head.from_date());
  const absl::CivilDay to = LastDay(head.to_date());
  RecoveryFigures recovered(head.state(), from, to);
  CooperationTally cooperation(head.state(), from, to);
  const StoredTraces traces(house_.store);
  TraceQuery query;
  query.visible_to_state = head.state();
  query.limit = 200;
  while (true) {
    const auto rows = house_.store->ListTraces(query);
    if (!rows.ok()) return rows.status();
    if (rows->empty()) break;
    for (const TraceRow& row : *rows) {
      const auto trace = traces.Read(row);
      // What was erased when its retention ended is counted nowhere any more.
      if (DetailOf(trace.status()).reason() == v1::REASON_TRACE_ERASED) continue;
      if (!trace.ok()) return trace.status();
      if (asked.kind() == v1::REPORT_KIND_POA_ITI) {
        cooperation.Add(*trace);
      } else {
        recovered.Add(*trace);
      }
    }
    query.before_trace_id = rows->back().trace_id;
  }
  if (asked.kind() == v1::REPORT_KIND_ARMS_FLOWS) {
    auto figures = recovered.ArmsFlows();
    if (!figures.ok()) return figures.status();
    *report->mutable_arms_flows() = *std::move(figures);
  } else if (asked.kind() == v1::REPORT_KIND_SDG_16_4_2) {
    *report->mutable_origin() = recovered.Origins();
  } else {
    *report->mutable_cooperation() = cooperation.Figures();
    AddPractice(head.state(), report->mutable_cooperation());
  }
  const auto caveats = CaveatsOf(asked, *report, 0);
  report->mutable_caveats()->Assign(caveats.begin(), caveats.end());
  return absl::OkStatus();
}

void Reports::AddPractice(const std::string& state, v1::CooperationFigures* figures) const {
  if (!house_.directory_of) return;
  const config::v1::DirectoryState written = house_.directory_of(state);
  *figures->mutable_contacts() = written.contacts();
  *figures->mutable_marking_practices() = written.marking_practices();
}

absl::Status Reports::AddCorrections(const Caller& caller, const v1::GenerateReportRequest& asked,
                                     v1::Report* report) const {
  if (asked.corrects_report_id().empty()) return absl::OkStatus();
  const auto row = stored_.FindOwn(caller, DocumentKind::kReport, asked.corrects_report_id(),
                                   "corrects_report_id");
  if (!row.ok()) return row.status();
  const auto before = ReadDocument<v1::Report>(*row);
  if (!before.ok()) return before.status();
  if (before->kind() != report->kind()) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "corrects_report_id",
                        "is a report of another kind");
  }
  const auto corrections = CorrectionsOf(*before, *report);
  if (!corrections.ok()) return corrections.status();
  report->set_corrects_report_id(before->report_id());
  report->mutable_corrections()->Assign(corrections->begin(), corrections->end());
  return absl::OkStatus();
}

}  // namespace tracegate
