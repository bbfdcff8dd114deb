#include "gateway/transfers/transfer_tables.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

v1::GenerateReportRequest RequestOf(v1::ReportKind kind) {
  v1::GenerateReportRequest request;
  request.set_kind(kind);
  *request.mutable_head()->mutable_from_date() = ExampleDate(2024, 1, 1);
  *request.mutable_head()->mutable_to_date() = ExampleDate(2024, 12, 31);
  request.set_export_basis(v1::TRANSFER_BASIS_ACTUAL);
  request.set_import_basis(v1::TRANSFER_BASIS_ACTUAL);
  request.set_with_quantities(true);
  return request;
}

v1::TransferRecord ExportTo(const std::string& state, int64_t amount) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->set_importing(0, state);
  record.mutable_lines(0)->mutable_quantity()->set_amount(amount);
  return record;
}

class TransferTablesTest : public testing::Test {
 protected:
  void Add(const v1::TransferRecord& record) { records_.push_back(record); }

  v1::TransferTables Tables(const v1::GenerateReportRequest& request) {
    TransferTableBuilder builder(request);
    for (size_t i = 0; i < records_.size(); ++i) builder.Add("T" + std::to_string(i), records_[i]);
    uncounted_ = builder.uncounted();
    withheld_ = builder.withheld();
    const auto tables = builder.Build();
    EXPECT_EQ(tables.status(), absl::OkStatus());
    return tables.value_or(v1::TransferTables());
  }

  std::vector<v1::TransferRecord> records_;
  std::vector<v1::UncountedRecord> uncounted_;
  bool withheld_ = false;
};

TEST_F(TransferTablesTest, AddsUpWhatIsOfOneRow) {
  Add(ExportTo("BR", 12));
  Add(ExportTo("AR", 5));
  Add(ExportTo("BR", 30));
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  ASSERT_EQ(tables.exports_size(), 2);
  EXPECT_EQ(tables.exports(0).partner_state(), "AR");
  EXPECT_EQ(tables.exports(1).partner_state(), "BR");
  EXPECT_EQ(tables.exports(1).quantity().amount(), 42);
  EXPECT_EQ(tables.exports(1).lines(), 2);
  EXPECT_EQ(tables.exports(1).year(), 2024);
  EXPECT_FALSE(tables.exports(1).has_value());
  EXPECT_FALSE(tables.nil_exports());
  EXPECT_TRUE(tables.nil_imports());
  EXPECT_THAT(uncounted_, IsEmpty());
}

TEST_F(TransferTablesTest, AreTheSameInWhateverOrderTheRecordsCome) {
  for (int i = 0; i < 60; ++i) {
    v1::TransferRecord record = ExportTo(i % 2 == 0 ? "BR" : "AR", i + 1);
    record.mutable_lines(0)->set_description("model " + std::to_string(i % 13));
    record.set_remarks("remark " + std::to_string(i % 3));
    *record.mutable_lines(0)->mutable_value() = Euros(i, 999'999'999);
    if (i % 5 == 0) record.mutable_lines(0)->mutable_value()->set_currency("USD");
    Add(record);
  }
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_ATT_ANNUAL);
  request.set_with_values(true);
  const std::string forward = Tables(request).SerializeAsString();
  std::reverse(records_.begin(), records_.end());
  EXPECT_EQ(Tables(request).SerializeAsString(), forward);
}

TEST_F(TransferTablesTest, NeverAddCurrenciesUp) {
  for (const char* currency : {"EUR", "USD", "EUR"}) {
    v1::TransferRecord record = ExportTo("BR", 10);
    *record.mutable_lines(0)->mutable_value() = Euros(1, 600'000'000);
    record.mutable_lines(0)->mutable_value()->set_currency(currency);
    Add(record);
  }
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_ATT_ANNUAL);
  request.set_with_values(true);
  const v1::TransferTables tables = Tables(request);
  ASSERT_EQ(tables.exports_size(), 2);
  EXPECT_EQ(tables.exports(0).value().currency(), "EUR");
  EXPECT_EQ(tables.exports(0).value().units(), 3);
  EXPECT_EQ(tables.exports(0).value().nanos(), 200'000'000);
  EXPECT_EQ(tables.exports(0).quantity().amount(), 20);
  EXPECT_THAT(tables.exports(0).comments(), HasSubstr("not added up"));
  EXPECT_THAT(tables.exports(1).comments(), HasSubstr("not added up"));
}

TEST_F(TransferTablesTest, SayNothingOfSplitRowsWhereThereAreNone) {
  Add(ExportTo("BR", 12));
  EXPECT_EQ(Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL)).exports(0).comments(), "");
}

TEST_F(TransferTablesTest, CountWhatIsInThePeriodAndOfTheBasis) {
  for (const v1::Date& outside :
       {ExampleDate(2023, 12, 31), ExampleDate(2025), ExampleDate(2025, 1)}) {
    v1::TransferRecord record = ExportTo("BR", 1);
    *record.mutable_date() = outside;
    Add(record);
  }
  for (const v1::Date& inside : {ExampleDate(2024, 1, 1), ExampleDate(2024, 12, 31),
                                 ExampleDate(2024), ExampleDate(2024, 2)}) {
    v1::TransferRecord record = ExportTo("BR", 10);
    *record.mutable_date() = inside;
    Add(record);
  }
  Add(ExampleLicence());
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  ASSERT_EQ(tables.exports_size(), 1);
  EXPECT_EQ(tables.exports(0).quantity().amount(), 40);
  EXPECT_THAT(uncounted_, IsEmpty());
}

TEST_F(TransferTablesTest, CountLicencesThatWereGranted) {
  for (const auto status : {v1::AUTHORISATION_STATUS_GRANTED, v1::AUTHORISATION_STATUS_REVOKED,
                            v1::AUTHORISATION_STATUS_PENDING, v1::AUTHORISATION_STATUS_DENIED,
                            v1::AUTHORISATION_STATUS_WITHDRAWN}) {
    v1::TransferRecord record = ExampleLicence(10);
    record.mutable_authorisation()->set_status(status);
    Add(record);
  }
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_ATT_ANNUAL);
  request.set_export_basis(v1::TRANSFER_BASIS_AUTHORISED);
  const v1::TransferTables tables = Tables(request);
  ASSERT_EQ(tables.exports_size(), 1);
  EXPECT_EQ(tables.exports(0).quantity().amount(), 20);
  EXPECT_EQ(tables.exports(0).basis(), v1::TRANSFER_BASIS_AUTHORISED);
}

TEST_F(TransferTablesTest, LeaveATableOutThatWasNotAskedFor) {
  v1::TransferRecord import = ExportTo("AT", 3);
  import.mutable_states()->set_exporting(0, "BR");
  import.set_kind(v1::TRANSFER_KIND_IMPORT);
  Add(import);
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_UNROCA);
  request.set_import_basis(v1::TRANSFER_BASIS_UNSPECIFIED);
  v1::TransferTables tables = Tables(request);
  EXPECT_TRUE(tables.nil_exports());
  EXPECT_FALSE(tables.nil_imports());
  EXPECT_EQ(tables.imports_size(), 0);
  tables = Tables(RequestOf(v1::REPORT_KIND_UNROCA));
  ASSERT_EQ(tables.imports_size(), 1);
  EXPECT_EQ(tables.imports(0).partner_state(), "BR");
}

TEST_F(TransferTablesTest, LeaveOutWhatIsWithheldAndSaySo) {
  v1::TransferRecord record = ExportTo("BR", 12);
  record.set_withheld_from_reports(true);
  Add(record);
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  EXPECT_EQ(tables.exports_size(), 0);
  EXPECT_TRUE(withheld_);
  // There were exports: that form is not nil.
  EXPECT_FALSE(tables.nil_exports());
  EXPECT_TRUE(tables.nil_imports());
}

TEST_F(TransferTablesTest, TellWhatCouldNotBeCountedAndWhy) {
  v1::TransferRecord two = ExportTo("BR", 12);
  two.mutable_states()->add_importing("AR");
  Add(two);
  v1::TransferRecord none = ExportTo("BR", 12);
  none.mutable_states()->clear_importing();
  Add(none);
  v1::TransferRecord value = ExportTo("BR", 12);
  value.mutable_lines(0)->clear_quantity();
  *value.mutable_lines(0)->mutable_value() = Euros(5);
  Add(value);
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  EXPECT_EQ(tables.exports_size(), 0);
  EXPECT_FALSE(tables.nil_exports());
  ASSERT_EQ(uncounted_.size(), 3u);
  EXPECT_EQ(uncounted_[0].transfer_id(), "T0");
  EXPECT_EQ(uncounted_[0].line_number(), 0);
  EXPECT_EQ(uncounted_[2].line_number(), 1);
  EXPECT_THAT(uncounted_[2].why(), HasSubstr("no quantity"));
}

TEST_F(TransferTablesTest, TellOfADateThatMayLieOutsideThePeriod) {
  v1::TransferRecord record = ExportTo("BR", 12);
  *record.mutable_date() = ExampleDate(2024);
  Add(record);
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_ATT_ANNUAL);
  *request.mutable_head()->mutable_to_date() = ExampleDate(2024, 6, 30);
  EXPECT_EQ(Tables(request).exports_size(), 0);
  ASSERT_EQ(uncounted_.size(), 1u);
  EXPECT_THAT(uncounted_[0].why(), HasSubstr("2024"));
}

TEST_F(TransferTablesTest, HaveTheCategoriesOfTheirReport) {
  for (const auto category : {v1::ARMS_CATEGORY_WARSHIPS, v1::ARMS_CATEGORY_AMMUNITION,
                              v1::ARMS_CATEGORY_PARTS_AND_COMPONENTS, v1::ARMS_CATEGORY_OTHER}) {
    v1::TransferRecord record = ExportTo("BR", 1);
    record.mutable_lines(0)->set_category(category);
    record.mutable_lines(0)->clear_subcategory();
    record.mutable_lines(0)->set_national_category("ML1");
    Add(record);
  }
  const v1::TransferTables att = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  ASSERT_EQ(att.exports_size(), 2);
  EXPECT_EQ(att.exports(0).category(), v1::ARMS_CATEGORY_WARSHIPS);
  EXPECT_EQ(att.exports(0).national_category(), "");
  EXPECT_EQ(att.exports(1).national_category(), "ML1");
  EXPECT_EQ(Tables(RequestOf(v1::REPORT_KIND_UNROCA)).exports_size(), 1);
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_ATT_ANNUAL);
  request.add_categories(v1::ARMS_CATEGORY_BATTLE_TANKS);
  EXPECT_TRUE(Tables(request).nil_exports());
}

TEST_F(TransferTablesTest, OfUnrocaHaveTheIntermediateLocations) {
  v1::TransferRecord record = ExportTo("BR", 1);
  record.mutable_states()->add_transit("PT");
  Add(record);
  Add(ExportTo("BR", 2));
  EXPECT_EQ(Tables(RequestOf(v1::REPORT_KIND_UNROCA)).exports_size(), 2);
  EXPECT_EQ(Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL)).exports_size(), 1);
}

TEST_F(TransferTablesTest, OfWassenaarHaveDeliveriesToStatesThatDoNotTakePart) {
  Add(ExportTo("DE", 4));
  v1::TransferRecord glock = ExportTo("BR", 5);
  glock.mutable_lines(0)->mutable_model()->set_verbatim("17");
  Add(glock);
  Add(ExampleLicence());
  v1::GenerateReportRequest request = RequestOf(v1::REPORT_KIND_WASSENAAR);
  request.set_export_basis(v1::TRANSFER_BASIS_UNSPECIFIED);
  const v1::TransferTables tables = Tables(request);
  ASSERT_EQ(tables.exports_size(), 1);
  EXPECT_EQ(tables.exports(0).partner_state(), "BR");
  EXPECT_EQ(tables.exports(0).model(), "17");
  EXPECT_EQ(tables.exports(0).quantity().amount(), 5);
  EXPECT_FALSE(tables.nil_imports());
}

TEST_F(TransferTablesTest, SayWhatAndHowInFewWords) {
  for (int i = 0; i < 20; ++i) {
    v1::TransferRecord record = ExportTo("BR", 1);
    record.mutable_lines(0)->set_description("model " + std::string(1, static_cast<char>('a' + i)));
    record.set_temporary(true);
    record.mutable_lines(0)->mutable_quantity()->set_estimated(i == 3);
    Add(record);
  }
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  ASSERT_EQ(tables.exports_size(), 1);
  EXPECT_THAT(tables.exports(0).description(), testing::StartsWith("model a; model b;"));
  EXPECT_THAT(tables.exports(0).description(), testing::EndsWith("model h; and others"));
  EXPECT_EQ(tables.exports(0).comments(), "temporary");
  EXPECT_TRUE(tables.exports(0).quantity().estimated());
}

TEST_F(TransferTablesTest, EveryRowFindsTheRecordsThatItAddsUp) {
  for (int i = 0; i < 40; ++i) {
    v1::TransferRecord record = ExportTo(i % 3 == 0 ? "BR" : "AR", i + 1);
    if (i % 4 == 0) record.mutable_states()->add_origin()->set_iso_code("DE");
    if (i % 5 == 0) record.mutable_states()->add_transit("PT");
    Add(record);
  }
  const v1::TransferTables tables = Tables(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  for (const v1::TransferRow& row : tables.exports()) {
    int64_t lines = 0;
    int64_t amount = 0;
    for (const v1::TransferRecord& record : records_) {
      if (!RowCounts(row, record)) continue;
      ++lines;
      amount += record.lines(0).quantity().amount();
    }
    EXPECT_EQ(lines, row.lines());
    EXPECT_EQ(amount, row.quantity().amount());
  }
}

TEST(TransferTableBuilder, RefusesMoreRowsThanAMessageHolds) {
  TransferTableBuilder builder(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  v1::TransferRecord record = ExampleExport();
  record.mutable_lines(0)->set_category(v1::ARMS_CATEGORY_OTHER);
  record.mutable_lines(0)->clear_subcategory();
  for (size_t i = 0; i < TransferTableBuilder::kRowsMax; ++i) {
    record.mutable_lines(0)->set_national_category(std::to_string(i));
    builder.Add("T", record);
  }
  ASSERT_TRUE(builder.Build().ok());
  builder.Add("T", record);
  ASSERT_TRUE(builder.Build().ok());
  record.mutable_lines(0)->set_national_category("one more");
  builder.Add("T", record);
  const absl::Status status = builder.Build().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_MESSAGE_TOO_LARGE);
}

TEST(TransferTableBuilder, NamesTheFirstOfManyThatAreNotCounted) {
  TransferTableBuilder builder(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->clear_importing();
  for (int i = 0; i < 300; ++i) builder.Add("T", record);
  EXPECT_EQ(builder.uncounted().size(), TransferTableBuilder::kUncountedMax);
  EXPECT_EQ(builder.uncounted_count(), 300);
}

TEST(TransferTableBuilder, NeverLetsASumOverflow) {
  TransferTableBuilder builder(RequestOf(v1::REPORT_KIND_ATT_ANNUAL));
  v1::TransferRecord record = ExampleExport();
  record.mutable_lines(0)->mutable_quantity()->set_amount(INT64_MAX);
  builder.Add("T0", record);
  record.mutable_lines(0)->mutable_quantity()->set_amount(1);
  builder.Add("T1", record);
  ASSERT_EQ(builder.uncounted_count(), 1);
  EXPECT_EQ(builder.uncounted()[0].transfer_id(), "T1");
  EXPECT_EQ(builder.Build()->exports(0).lines(), 1);
}

}  // namespace
}  // namespace tracegate
