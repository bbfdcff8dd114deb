#include "gateway/transfers/reconciliations.h"
#include "gateway/transfers/reports.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/exchange/transfer_world.h"

namespace tracegate {
namespace {

// What the records of a State add up to, and what another State's do.
class StateFiguresTest : public TransferFixture {
 protected:
  StateFiguresTest() {
    world_.Agree(TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_11));
    world_.Start();
  }

  static v1::GenerateReportRequest Annual(const std::string& id) {
    v1::GenerateReportRequest request;
    request.set_request_id(id);
    request.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
    v1::ReportHead& head = *request.mutable_head();
    head.mutable_authority()->set_name("rechnungshof");
    *head.mutable_from_date() = ExampleDate(2024, 1, 1);
    *head.mutable_to_date() = ExampleDate(2024, 12, 31);
    head.set_export_definition(v1::CROSSING_DEFINITION_BORDER_CROSSED);
    head.set_import_definition(v1::CROSSING_DEFINITION_BORDER_CROSSED);
    head.set_availability(v1::REPORT_AVAILABILITY_PUBLIC);
    request.set_export_basis(v1::TRANSFER_BASIS_ACTUAL);
    request.set_import_basis(v1::TRANSFER_BASIS_ACTUAL);
    request.set_with_quantities(true);
    return request;
  }

  static v1::ReconcileRequest Year(const std::string& id) {
    v1::ReconcileRequest request;
    request.set_request_id(id);
    request.set_partner_state("BR");
    *request.mutable_from_date() = ExampleDate(2024, 1, 1);
    *request.mutable_to_date() = ExampleDate(2024, 12, 31);
    return request;
  }

  std::vector<v1::Discrepancy> Discrepancies(const std::string& reconciliation_id) {
    v1::ListDiscrepanciesRequest request;
    request.set_reconciliation_id(reconciliation_id);
    const auto list = austria_.transfers_->reconciliations().List(auditor_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    return {list->discrepancies().begin(), list->discrepancies().end()};
  }

  v1::TransferRecord Import(int64_t amount) const {
    v1::TransferRecord record = ExampleExport();
    record.set_kind(v1::TRANSFER_KIND_IMPORT);
    record.mutable_lines(0)->mutable_quantity()->set_amount(amount);
    return record;
  }
};

TEST_F(StateFiguresTest, DrawsUpTheAnnualReport) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::TransferRecord later = ExampleExport();
  *later.mutable_date() = ExampleDate(2025, 1, 3);
  Record(austria_, exporter_, later, "export-0002");
  const auto report = Told<v1::Report>(austria_, auditor_, "GenerateReport", Annual("report-0001"));
  ASSERT_EQ(report.transfers().exports_size(), 1);
  EXPECT_EQ(report.transfers().exports(0).quantity().amount(), 12);
  EXPECT_EQ(report.transfers().exports(0).partner_state(), "BR");
  EXPECT_TRUE(report.transfers().nil_imports());
  v1::ListTransfersRequest behind;
  *behind.mutable_row() = report.transfers().exports(0);
  EXPECT_EQ(
      austria_.transfers_->stored().List(auditor_, behind, world_.timers_.Now())->transfers_size(),
      1);
}

TEST_F(StateFiguresTest, CountsRecordsAsTheyStoodOnTheCutOffDay) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  world_.Pass(absl::Hours(48));
  v1::AmendTransferRequest amendment;
  amendment.set_request_id("amend-0001");
  amendment.set_transfer_id(sent.transfer_id());
  amendment.set_amends_revision(1);
  amendment.set_amendment(v1::AMENDMENT_KIND_CORRECTION);
  amendment.set_reason("counted again");
  *amendment.mutable_record() = sent.record();
  amendment.mutable_record()->mutable_lines(0)->mutable_quantity()->set_amount(11);
  Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", amendment);
  v1::GenerateReportRequest before = Annual("report-0001");
  *before.mutable_head()->mutable_cut_off_date() = ExampleDate(2026, 5, 29);
  const auto first = Told<v1::Report>(austria_, auditor_, "GenerateReport", before);
  EXPECT_EQ(first.transfers().exports(0).quantity().amount(), 12);
  v1::GenerateReportRequest now = Annual("report-0002");
  now.set_corrects_report_id(first.report_id());
  const auto second = Told<v1::Report>(austria_, auditor_, "GenerateReport", now);
  EXPECT_EQ(second.transfers().exports(0).quantity().amount(), 11);
  ASSERT_EQ(second.corrections_size(), 1);
  EXPECT_EQ(second.corrections(0).before().quantity().amount(), 12);
  EXPECT_EQ(second.corrections(0).after().quantity().amount(), 11);
}

TEST_F(StateFiguresTest, LeavesOutWhatWasVoided) {
  const v1::Transfer sent = Record(austria_, exporter_, ExampleExport(), "export-0001");
  v1::AmendTransferRequest voiding;
  voiding.set_request_id("amend-0001");
  voiding.set_transfer_id(sent.transfer_id());
  voiding.set_amends_revision(1);
  voiding.set_amendment(v1::AMENDMENT_KIND_VOID);
  voiding.set_reason("recorded twice");
  world_.Pass(absl::Seconds(1));
  Told<v1::Transfer>(austria_, exporter_, "AmendTransfer", voiding);
  world_.Pass(absl::Seconds(1));
  const auto report = Told<v1::Report>(austria_, auditor_, "GenerateReport", Annual("report-0001"));
  EXPECT_TRUE(report.transfers().exports().empty());
  EXPECT_TRUE(report.transfers().nil_exports());
}

TEST_F(StateFiguresTest, TellsContactsAndMarksInTheTracingReport) {
  config::v1::DirectoryState& written = austria_.directory_["AT"];
  written.add_contacts()->mutable_agency()->set_name("bundeskriminalamt");
  written.add_marking_practices();
  v1::GenerateReportRequest request = Annual("report-0001");
  request.set_kind(v1::REPORT_KIND_POA_ITI);
  const auto report = Told<v1::Report>(austria_, auditor_, "GenerateReport", request);
  ASSERT_EQ(report.cooperation().contacts_size(), 1);
  EXPECT_EQ(report.cooperation().contacts(0).agency().name(), "bundeskriminalamt");
  EXPECT_EQ(report.cooperation().marking_practices_size(), 1);
}

TEST_F(StateFiguresTest, AsksForFiguresOnlyUnderAnAgreement) {
  world_.AgreeNoMore();
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "Reconcile", Year("reconcile-0001"))),
            v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(austria_.Entries(v1::ENTRY_KIND_HOP_ASKED).empty());
}

TEST_F(StateFiguresTest, RefusesAReportWithoutItsHead) {
  v1::GenerateReportRequest request = Annual("report-0001");
  request.mutable_head()->clear_export_definition();
  request.set_with_quantities(false);
  const absl::Status status = Refused(austria_, auditor_, "GenerateReport", request);
  EXPECT_EQ(DetailOf(status).violations_size(), 2);
  request = Annual("report-0001");
  *request.mutable_head()->mutable_to_date() = ExampleDate(2023);
  EXPECT_EQ(DetailOf(Refused(austria_, auditor_, "GenerateReport", request)).violations(0).field(),
            "head.to_date");
  request = Annual("report-0001");
  request.set_corrects_report_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "GenerateReport", request)),
            v1::REASON_DOCUMENT_NOT_FOUND);
}

TEST_F(StateFiguresTest, HoldsItsFiguresAgainstThePartners) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  Record(brazil_, importer_, Import(10), "import-0001");
  const auto found = Told<v1::Reconciliation>(austria_, auditor_, "Reconcile", Year("recon-0001"));
  EXPECT_EQ(found.partner_source(), "gateway");
  const auto discrepancies = Discrepancies(found.reconciliation_id());
  ASSERT_EQ(static_cast<int>(discrepancies.size()), found.discrepancies());
  const auto quantity =
      std::find_if(discrepancies.begin(), discrepancies.end(),
                   [](const auto& one) { return one.kind() == v1::DISCREPANCY_KIND_QUANTITY; });
  ASSERT_NE(quantity, discrepancies.end());
  EXPECT_EQ(quantity->ours().quantity().amount(), 12);
  EXPECT_EQ(quantity->theirs().quantity().amount(), 10);
  // Past its day, and nobody confirmed it.
  EXPECT_TRUE(std::any_of(discrepancies.begin(), discrepancies.end(), [](const auto& one) {
    return one.kind() == v1::DISCREPANCY_KIND_NEVER_ARRIVED && one.transfer_ids_size() == 1;
  }));
}

TEST_F(StateFiguresTest, CountsRecordsOfWhichOnlyTheYearIsKnown) {
  v1::TransferRecord sent = ExampleExport();
  *sent.mutable_date() = ExampleDate(2024);
  Record(austria_, exporter_, sent, "export-0001");
  v1::TransferRecord came = Import(12);
  *came.mutable_date() = ExampleDate(2024);
  Record(brazil_, importer_, came, "import-0001");
  const auto found = Told<v1::Reconciliation>(austria_, auditor_, "Reconcile", Year("recon-0001"));
  EXPECT_EQ(found.rows_agreeing(), 1);
}

TEST_F(StateFiguresTest, TellsItsFiguresOnlyWhereThatIsAgreed) {
  Record(brazil_, importer_, Import(10), "import-0001");
  world_.AgreeNoMore();
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "Reconcile", Year("recon-0001"))),
            v1::REASON_NO_AGREEMENT);
  config::v1::Agreement silent = TransferAgreement("AT", "BR", v1::LEGAL_BASIS_ATT_11);
  silent.mutable_transfers()->set_figures(false);
  world_.Agree(silent);
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "Reconcile", Year("recon-0002"))),
            v1::REASON_NO_AGREEMENT);
  // Figures that were published need no agreement.
  v1::ReconcileRequest published = Year("recon-0003");
  v1::TransferRow& row = *published.add_partner_rows();
  row.set_category(v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS);
  row.set_kind(v1::TRANSFER_KIND_IMPORT);
  row.set_basis(v1::TRANSFER_BASIS_ACTUAL);
  row.set_partner_state("AT");
  row.set_year(2024);
  row.mutable_quantity()->set_amount(3);
  row.mutable_quantity()->set_unit(v1::QUANTITY_UNIT_ITEMS);
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "Reconcile", published)),
            v1::REASON_FIELD_REQUIRED);
  published.set_partner_source("UNROCA 2024");
  const auto found = Told<v1::Reconciliation>(austria_, auditor_, "Reconcile", published);
  EXPECT_EQ(found.discrepancies(), 1);
}

TEST_F(StateFiguresTest, KeepsWhyTheyPart) {
  Record(austria_, exporter_, ExampleExport(), "export-0001");
  const auto found = Told<v1::Reconciliation>(austria_, auditor_, "Reconcile", Year("recon-0001"));
  const std::string id = Discrepancies(found.reconciliation_id()).at(0).discrepancy_id();
  v1::ResolveDiscrepancyRequest request;
  request.set_request_id("resolve-0001");
  request.set_discrepancy_id(id);
  request.mutable_resolution()->set_kind(v1::RESOLUTION_KIND_OUR_ERROR);
  request.mutable_resolution()->set_explanation("licences there");
  EXPECT_EQ(ReasonOf(Refused(austria_, auditor_, "ResolveDiscrepancy", request)),
            v1::REASON_FIELD_REQUIRED);
  request.mutable_resolution()->set_kind(v1::RESOLUTION_KIND_DIFFERENT_BASIS);
  const auto resolved = Told<v1::Discrepancy>(austria_, auditor_, "ResolveDiscrepancy", request);
  EXPECT_EQ(resolved.resolutions(0).resolving_agency().name(), "rechnungshof");
  v1::ListDiscrepanciesRequest open;
  open.set_reconciliation_id(found.reconciliation_id());
  open.set_open_only(true);
  const auto left = austria_.transfers_->reconciliations().List(auditor_, open);
  EXPECT_EQ(left->discrepancies_size(), found.discrepancies() - 1);
  v1::RaiseDiversionAlertRequest alert;
  alert.set_request_id("alert-0001");
  alert.mutable_diversion()->set_kind(v1::DIVERSION_KIND_SUSPECTED);
  alert.mutable_diversion()->set_circumstances("the figures part");
  alert.mutable_diversion()->set_discrepancy_id(id);
  alert.add_to_states("BR");
  const auto raised = Told<v1::DiversionAlert>(austria_, exporter_, "RaiseDiversionAlert", alert);
  EXPECT_THAT(Discrepancies(found.reconciliation_id()).at(0).alert_ids(),
              testing::ElementsAre(raised.alert_id()));
}

TEST_F(StateFiguresTest, HoldsConsignmentsAgainstTheImportersInOneHouse) {
  world_.gateways_.clear();
  TransferGateway& hub = world_.Add("hub", {"AT", "BR"});
  world_.Start();
  v1::TransferRecord sent = ExampleExport();
  v1::TransferRecord came = Import(12);
  for (int i = 0; i < 12; ++i) {
    *sent.mutable_lines(0)->add_items() = ExamplePistol("BKE " + std::to_string(100 + i));
    *came.mutable_lines(0)->add_items() = ExamplePistol("BKE " + std::to_string(101 + i));
  }
  Record(hub, exporter_, sent, "export-0001");
  Record(hub, importer_, came, "import-0001");
  const auto found = Told<v1::Reconciliation>(hub, auditor_, "Reconcile", Year("recon-0001"));
  v1::ListDiscrepanciesRequest marks;
  marks.set_reconciliation_id(found.reconciliation_id());
  marks.add_kinds(v1::DISCREPANCY_KIND_MARKS);
  const auto list = hub.transfers_->reconciliations().List(auditor_, marks);
  ASSERT_EQ(list->discrepancies_size(), 1);
  EXPECT_EQ(list->discrepancies(0).missing_items(0).weapon().serial_number(), "BKE 100");
  EXPECT_EQ(list->discrepancies(0).unexpected_items(0).weapon().serial_number(), "BKE 112");
}

}  // namespace
}  // namespace tracegate
