#include "gateway/transfers/record_check.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const absl::CivilDay kToday(2024, 6, 1);

std::vector<std::string> Fields(const v1::TransferRecord& record) {
  std::vector<std::string> fields;
  const v1::FailureDetail detail = DetailOf(CheckTransferRecord(record, kToday));
  for (const v1::FieldViolation& violation : detail.violations()) {
    fields.push_back(violation.field());
  }
  return fields;
}

using Change = std::function<void(v1::TransferRecord*)>;

struct Case {
  const char* field;
  v1::Reason reason;
  Change change;
};

constexpr v1::Reason kMissing = v1::REASON_FIELD_REQUIRED;
constexpr v1::Reason kWrong = v1::REASON_FIELD_INVALID;

// Each changes one thing of what passes, so that one thing is wrong.
const Case kCases[] = {
    {"record.basis", kMissing, [](auto* r) { r->clear_basis(); }},
    {"record.kind", kMissing, [](auto* r) { r->clear_kind(); }},
    {"record.date", kMissing, [](auto* r) { r->clear_date(); }},
    {"record.date", kWrong, [](auto* r) { *r->mutable_date() = ExampleDate(2024, 2, 30); }},
    {"record.date", kWrong, [](auto* r) { *r->mutable_date() = ExampleDate(2024, 6, 3); }},
    {"record.date", kWrong, [](auto* r) { *r->mutable_date() = ExampleDate(24); }},
    {"record.departure_date", kWrong,
     [](auto* r) { *r->mutable_departure_date() = ExampleDate(2025); }},
    {"record.states.exporting", kMissing, [](auto* r) { r->mutable_states()->clear_exporting(); }},
    {"record.states.exporting[0]", kWrong,
     [](auto* r) { r->mutable_states()->set_exporting(0, "XX"); }},
    {"record.states.importing[0]", kWrong,
     [](auto* r) { r->mutable_states()->set_importing(0, "SUHH"); }},
    {"record.states.importing[1]", kWrong,
     [](auto* r) { r->mutable_states()->add_importing("BR"); }},
    {"record.states.transit[0]", kWrong, [](auto* r) { r->mutable_states()->add_transit("pt"); }},
    {"record.states.trans_shipment[0]", kWrong,
     [](auto* r) { r->mutable_states()->add_trans_shipment("PRT"); }},
    {"record.states.final_destination", kWrong,
     [](auto* r) { r->mutable_states()->set_final_destination("YUCS"); }},
    {"record.states.origin[0].iso_code", kWrong,
     [](auto* r) { r->mutable_states()->add_origin()->set_iso_code("ZZ"); }},
    {"record.states.origin[0].iso_code", kMissing,
     [](auto* r) { r->mutable_states()->add_origin(); }},
    {"record.states.importing", kMissing,
     [](auto* r) {
       r->set_kind(v1::TRANSFER_KIND_IMPORT);
       r->mutable_states()->clear_importing();
     }},
    {"record.states.transit", kMissing, [](auto* r) { r->set_kind(v1::TRANSFER_KIND_TRANSIT); }},
    {"record.states.trans_shipment", kMissing,
     [](auto* r) { r->set_kind(v1::TRANSFER_KIND_TRANS_SHIPMENT); }},
    {"record.lines", kMissing, [](auto* r) { r->clear_lines(); }},
    {"record.lines[0].number", kMissing, [](auto* r) { r->mutable_lines(0)->clear_number(); }},
    {"record.lines[0].number", kWrong, [](auto* r) { r->mutable_lines(0)->set_number(-1); }},
    {"record.lines[1].number", kWrong,
     [](auto* r) { *r->add_lines() = v1::TransferLine(r->lines(0)); }},
    {"record.lines[0].category", kMissing, [](auto* r) { r->mutable_lines(0)->clear_category(); }},
    {"record.lines[0].subcategory", kMissing,
     [](auto* r) { r->mutable_lines(0)->clear_subcategory(); }},
    {"record.lines[0].subcategory", kWrong,
     [](auto* r) { r->mutable_lines(0)->set_subcategory(v1::ARMS_SUBCATEGORY_MISSILES); }},
    {"record.lines[0].subcategory", kWrong,
     [](auto* r) { r->mutable_lines(0)->set_category(v1::ARMS_CATEGORY_WARSHIPS); }},
    {"record.lines[0].hs_code", kWrong,
     [](auto* r) { r->mutable_lines(0)->set_hs_code("9302.00"); }},
    {"record.lines[0].hs_code", kWrong, [](auto* r) { r->mutable_lines(0)->set_hs_code("930"); }},
    {"record.lines[0].manufacturer.verbatim", kMissing,
     [](auto* r) { r->mutable_lines(0)->mutable_manufacturer()->set_canonical("Glock"); }},
    {"record.lines[0].quantity", kMissing, [](auto* r) { r->mutable_lines(0)->clear_quantity(); }},
    {"record.lines[0].quantity.amount", kWrong,
     [](auto* r) { r->mutable_lines(0)->mutable_quantity()->set_amount(0); }},
    {"record.lines[0].quantity.amount", kWrong,
     [](auto* r) { r->mutable_lines(0)->mutable_quantity()->set_amount(-12); }},
    {"record.lines[0].quantity.amount", kWrong,
     [](auto* r) { r->mutable_lines(0)->mutable_quantity()->set_amount(1'000'000'000'001); }},
    {"record.lines[0].quantity.unit", kMissing,
     [](auto* r) { r->mutable_lines(0)->mutable_quantity()->clear_unit(); }},
    {"record.lines[0].quantity.unit", kWrong,
     [](auto* r) {
       r->mutable_lines(0)->mutable_quantity()->set_unit(v1::QUANTITY_UNIT_CARTRIDGES);
     }},
    {"record.lines[0].value.currency", kMissing,
     [](auto* r) { r->mutable_lines(0)->mutable_value()->set_units(5); }},
    {"record.lines[0].value.currency", kWrong,
     [](auto* r) { r->mutable_lines(0)->mutable_value()->set_currency("eur"); }},
    {"record.lines[0].value.units", kWrong,
     [](auto* r) { *r->mutable_lines(0)->mutable_value() = Euros(-1); }},
    {"record.lines[0].value.nanos", kWrong,
     [](auto* r) { *r->mutable_lines(0)->mutable_value() = Euros(1, 1'000'000'000); }},
    {"record.lines[0].items[0]", kMissing, [](auto* r) { r->mutable_lines(0)->add_items(); }},
    {"record.lines[0].items[0].ammunition_lot.quantity", kWrong,
     [](auto* r) { r->mutable_lines(0)->add_items()->mutable_ammunition_lot()->set_quantity(-5); }},
    {"record.lines", kWrong,
     [](auto* r) {
       for (int i = 0; i < 1001; ++i) *r->mutable_lines(0)->add_items() = ExamplePistol("A1");
     }},
    {"record.authorisation", kMissing,
     [](auto* r) {
       r->set_basis(v1::TRANSFER_BASIS_AUTHORISED);
       r->clear_authorisation();
     }},
    {"record.authorisation.number", kMissing,
     [](auto* r) { r->mutable_authorisation()->clear_number(); }},
    {"record.authorisation.issuing_state", kMissing,
     [](auto* r) { r->mutable_authorisation()->clear_issuing_state(); }},
    {"record.authorisation.issuing_state", kWrong,
     [](auto* r) { r->mutable_authorisation()->set_issuing_state("XX"); }},
    {"record.authorisation.issuing_agency.state", kWrong,
     [](auto* r) { r->mutable_authorisation()->mutable_issuing_agency()->set_state("DE"); }},
    {"record.authorisation.status", kMissing,
     [](auto* r) { r->mutable_authorisation()->clear_status(); }},
    {"record.authorisation.status", kWrong,
     [](auto* r) { r->mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_PENDING); }},
    {"record.authorisation.status", kWrong,
     [](auto* r) { r->mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_DENIED); }},
    {"record.authorisation.issue_date", kMissing,
     [](auto* r) { r->mutable_authorisation()->clear_issue_date(); }},
    {"record.authorisation.issue_date", kWrong,
     [](auto* r) { *r->mutable_authorisation()->mutable_issue_date() = ExampleDate(2024, 7); }},
    {"record.authorisation.expiry_date", kWrong,
     [](auto* r) {
       *r->mutable_authorisation()->mutable_expiry_date() = ExampleDate(2024, 1, 14);
     }},
    {"record.authorisation.expiry_date", kWrong,
     [](auto* r) { *r->mutable_authorisation()->mutable_expiry_date() = ExampleDate(2204); }},
    {"record.clearances[0].kind", kMissing,
     [](auto* r) { r->mutable_clearances(0)->clear_kind(); }},
    {"record.clearances[0].state", kMissing,
     [](auto* r) { r->mutable_clearances(0)->clear_state(); }},
    {"record.clearances[0].reference", kMissing,
     [](auto* r) { r->mutable_clearances(0)->clear_reference(); }},
    {"record.clearances[0].issue_date", kWrong,
     [](auto* r) { *r->mutable_clearances(0)->mutable_issue_date() = ExampleDate(2024, 13); }},
    {"record.exporter.state", kWrong, [](auto* r) { r->mutable_exporter()->set_state("XX"); }},
    {"record.end_users[0].state", kWrong, [](auto* r) { r->add_end_users()->set_state("XX"); }},
};

TEST(CheckTransferRecord, TakesACompleteOne) {
  EXPECT_EQ(CheckTransferRecord(ExampleExport(), kToday), absl::OkStatus());
  EXPECT_EQ(CheckTransferRecord(ExampleLicence(), kToday), absl::OkStatus());
}

TEST(CheckTransferRecord, NamesTheOneFieldThatIsWrong) {
  for (size_t i = 0; i < std::size(kCases); ++i) {
    v1::TransferRecord record = ExampleExport();
    kCases[i].change(&record);
    const absl::Status status = CheckTransferRecord(record, kToday);
    EXPECT_EQ(DetailOf(status).reason(), kCases[i].reason) << kCases[i].field << ": " << status;
    EXPECT_THAT(Fields(record), ElementsAre(kCases[i].field)) << "case " << i << ": " << status;
  }
}

TEST(CheckTransferRecord, TellsOfEverythingAtOnce) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->set_exporting(0, "XX");
  record.mutable_lines(0)->mutable_quantity()->set_amount(-1);
  record.mutable_clearances(0)->set_state("YY");
  EXPECT_THAT(Fields(record),
              UnorderedElementsAre("record.states.exporting[0]", "record.lines[0].quantity.amount",
                                   "record.clearances[0].state"));
}

TEST(CheckTransferRecord, TakesWhatIsOneStepFromTheLimit) {
  const Change changes[] = {
      [](auto* r) { *r->mutable_date() = ExampleDate(2024, 6, 2); },
      [](auto* r) { *r->mutable_date() = ExampleDate(1900); },
      [](auto* r) { r->mutable_states()->clear_importing(); },
      [](auto* r) { r->mutable_states()->add_origin()->set_iso_code("SUHH"); },
      [](auto* r) { r->mutable_states()->add_origin()->set_verbatim("USSR"); },
      [](auto* r) { r->mutable_lines(0)->set_hs_code("9302"); },
      [](auto* r) { r->mutable_lines(0)->set_hs_code("9302000000"); },
      [](auto* r) { r->mutable_lines(0)->mutable_quantity()->set_amount(1'000'000'000'000); },
      [](auto* r) { *r->mutable_lines(0)->mutable_value() = Euros(0, 999'999'999); },
      [](auto* r) {
        r->mutable_lines(0)->clear_quantity();
        *r->mutable_lines(0)->mutable_value() = Euros(5);
      },
      [](auto* r) {
        for (int i = 0; i < 1000; ++i) *r->mutable_lines(0)->add_items() = ExamplePistol("A1");
      },
      [](auto* r) { r->clear_authorisation(); },
      [](auto* r) { r->mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_REVOKED); },
      [](auto* r) {
        *r->mutable_authorisation()->mutable_expiry_date() = ExampleDate(2024, 1, 15);
      },
      [](auto* r) {
        r->mutable_clearances(0)->clear_reference();
        r->mutable_clearances(0)->set_tacit(true);
      },
      [](auto* r) {
        r->mutable_lines(0)->set_category(v1::ARMS_CATEGORY_AMMUNITION);
        r->mutable_lines(0)->clear_subcategory();
        r->mutable_lines(0)->mutable_quantity()->set_unit(v1::QUANTITY_UNIT_GRAMS);
      },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    v1::TransferRecord record = ExampleExport();
    changes[i](&record);
    EXPECT_EQ(CheckTransferRecord(record, kToday), absl::OkStatus()) << "change " << i;
  }
}

TEST(CheckTransferRecord, TakesAnApplicationWithoutADateOfIssue) {
  v1::TransferRecord record = ExampleLicence();
  record.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_PENDING);
  record.mutable_authorisation()->clear_issue_date();
  *record.mutable_departure_date() = ExampleDate(2025);
  EXPECT_EQ(CheckTransferRecord(record, kToday), absl::OkStatus());
}

TEST(CheckTransferRecord, HoldsAnAssessmentToArticleSeven) {
  v1::TransferRecord record = ExampleLicence();
  v1::ExportAssessment* assessment = record.mutable_assessment();
  assessment->set_conclusion(v1::ASSESSMENT_CONCLUSION_MAY_GO);
  *assessment->mutable_date() = ExampleDate(2024, 1, 10);
  v1::AssessedRisk* risk = assessment->add_risks();
  risk->set_risk(v1::ASSESSMENT_RISK_DIVERSION);
  risk->set_level(v1::RISK_LEVEL_LOW);
  EXPECT_EQ(CheckTransferRecord(record, kToday), absl::OkStatus());
  *assessment->add_risks() = v1::AssessedRisk(assessment->risks(0));
  assessment->add_risks();
  assessment->clear_date();
  assessment->clear_conclusion();
  record.set_kind(v1::TRANSFER_KIND_IMPORT);
  EXPECT_THAT(
      Fields(record),
      UnorderedElementsAre("record.assessment", "record.assessment.conclusion",
                           "record.assessment.date", "record.assessment.risks[1].risk",
                           "record.assessment.risks[2].risk", "record.assessment.risks[2].level"));
}

}  // namespace
}  // namespace tracegate
