#include "gateway/transfers/report_caveats.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

v1::GenerateReportRequest AttRequest(v1::TransferBasis exports, v1::TransferBasis imports) {
  v1::GenerateReportRequest request;
  request.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
  request.set_export_basis(exports);
  request.set_import_basis(imports);
  return request;
}

v1::Report AttReport() {
  v1::Report report;
  report.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
  report.mutable_transfers();
  return report;
}

TEST(CaveatsOf, APlainReportOfDeliveriesAreNone) {
  EXPECT_THAT(
      CaveatsOf(AttRequest(v1::TRANSFER_BASIS_ACTUAL, v1::TRANSFER_BASIS_ACTUAL), AttReport(), 0),
      IsEmpty());
}

TEST(CaveatsOf, LicencesSayThatTheyAreNoDeliveries) {
  const auto caveats = CaveatsOf(
      AttRequest(v1::TRANSFER_BASIS_AUTHORISED, v1::TRANSFER_BASIS_ACTUAL), AttReport(), 0);
  EXPECT_THAT(caveats, Contains(HasSubstr("Licences are no deliveries")));
  EXPECT_THAT(caveats, Contains(HasSubstr("different bases")));
}

TEST(CaveatsOf, WhatWasLeftOutAndWhatIsNotExact) {
  v1::Report report = AttReport();
  report.mutable_head()->set_withheld(true);
  *report.mutable_head()->mutable_cut_off_date() = ExampleDate(2025, 5, 1);
  v1::TransferRow* row = report.mutable_transfers()->add_exports();
  row->mutable_quantity()->set_estimated(true);
  *row->mutable_value() = Euros(5);
  row->set_category(v1::ARMS_CATEGORY_OTHER);
  *report.mutable_transfers()->add_imports()->mutable_value() = Euros(5);
  report.mutable_transfers()->mutable_imports(0)->mutable_value()->set_currency("USD");
  report.add_uncounted();
  const auto caveats =
      CaveatsOf(AttRequest(v1::TRANSFER_BASIS_ACTUAL, v1::TRANSFER_BASIS_ACTUAL), report, 3);
  EXPECT_THAT(caveats, Contains(HasSubstr("ATT 13(3)")));
  EXPECT_THAT(caveats, Contains(HasSubstr("2025-05-01")));
  EXPECT_THAT(caveats, Contains(HasSubstr("estimates")));
  EXPECT_THAT(caveats, Contains(HasSubstr("converted")));
  EXPECT_THAT(caveats, Contains(HasSubstr("national categories")));
  EXPECT_THAT(caveats, Contains(HasSubstr("3 records or lines could not be counted; the report "
                                          "says which and why, for the first 1.")));
}

TEST(CaveatsOf, TracingFiguresSayThatTracesAreNoSample) {
  v1::Report report;
  report.set_kind(v1::REPORT_KIND_SDG_16_4_2);
  report.mutable_origin();
  EXPECT_THAT(CaveatsOf({}, report, 0), Contains(HasSubstr("no sample")));
  EXPECT_THAT(CaveatsOf({}, report, 0), Contains(HasSubstr("denominator")));
  report.set_kind(v1::REPORT_KIND_POA_ITI);
  report.mutable_cooperation();
  EXPECT_THAT(CaveatsOf({}, report, 0), Each(Not(HasSubstr("denominator"))));
  EXPECT_THAT(CaveatsOf({}, report, 0), Contains(HasSubstr("Medians")));
}

TEST(CaveatsOf, WassenaarSaysWhichDeliveriesTheseAre) {
  v1::Report report = AttReport();
  report.set_kind(v1::REPORT_KIND_WASSENAAR);
  EXPECT_THAT(CaveatsOf({}, report, 0), Contains(HasSubstr("did not take part")));
}

}  // namespace
}  // namespace tracegate
