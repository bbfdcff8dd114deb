#include "gateway/transfers/row_head.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

v1::TransferRow Head(const v1::TransferRecord& record, const RowLayout& layout = {}) {
  v1::TransferRow row;
  const RowHead heads(record, layout);
  EXPECT_EQ(heads.problem(), "");
  EXPECT_EQ(heads.Of(record.lines(0), &row), "");
  return row;
}

TEST(RowHead, IsOfTheFinalDestinationElseOfTheOneImporter) {
  v1::TransferRecord record = ExampleExport();
  EXPECT_EQ(Head(record).partner_state(), "BR");
  record.mutable_states()->set_final_destination("PY");
  EXPECT_EQ(Head(record).partner_state(), "PY");
  record.mutable_states()->add_importing("AR");
  EXPECT_EQ(Head(record).partner_state(), "PY");
}

TEST(RowHead, OfAnImportIsOfTheExporter) {
  v1::TransferRecord record = ExampleExport();
  record.set_kind(v1::TRANSFER_KIND_IMPORT);
  EXPECT_EQ(Head(record).partner_state(), "AT");
}

TEST(RowHead, SaysWhyNoPartnerCanBeTold) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->add_importing("AR");
  EXPECT_EQ(RowHead(record, {}).problem(), "it names 2 importing States and no final destination");
  record.mutable_states()->clear_importing();
  EXPECT_EQ(RowHead(record, {}).problem(), "its recipient is of no State");
  record.set_kind(v1::TRANSFER_KIND_IMPORT);
  record.mutable_states()->add_exporting("DE");
  EXPECT_EQ(RowHead(record, {}).problem(), "it names 2 exporting States");
}

TEST(RowHead, TellsTheOriginWhereItIsNotTheExporter) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->add_origin()->set_iso_code("AT");
  EXPECT_FALSE(Head(record).has_origin());
  record.mutable_states()->mutable_origin(0)->clear_iso_code();
  record.mutable_states()->mutable_origin(0)->set_verbatim("USSR");
  EXPECT_EQ(Head(record).origin().iso_code(), "SUHH");
  record.mutable_states()->add_origin()->set_iso_code("DE");
  EXPECT_EQ(Head(record).origin().verbatim(), "DE; SUHH");
}

TEST(RowHead, HasTheColumnsOfItsLayout) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->add_transit("PT");
  record.mutable_states()->add_trans_shipment("ES");
  record.mutable_lines(0)->mutable_model()->set_verbatim("17");
  *record.mutable_lines(0)->mutable_value() = Euros(5);
  const v1::TransferRow plain = Head(record);
  EXPECT_TRUE(plain.intermediate_states().empty());
  EXPECT_EQ(plain.model(), "");
  EXPECT_FALSE(plain.has_value());
  const v1::TransferRow full =
      Head(record, {.values = true, .intermediate_states = true, .models = true});
  EXPECT_EQ(full.intermediate_states_size(), 2);
  EXPECT_EQ(full.model(), "17");
  EXPECT_EQ(full.value().currency(), "EUR");
  record.mutable_lines(0)->set_category(v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS);
  EXPECT_EQ(Head(record, {.models = true}).model(), "");
}

TEST(RowHead, SaysWhichFigureALineLacks) {
  v1::TransferRecord record = ExampleExport();
  v1::TransferRow row;
  const RowHead values(record, {.quantities = false, .values = true});
  EXPECT_EQ(values.Of(record.lines(0), &row), "it has no value, and values are reported");
  record.mutable_lines(0)->clear_quantity();
  *record.mutable_lines(0)->mutable_value() = Euros(5);
  EXPECT_EQ(values.Of(record.lines(0), &row), "");
  const RowHead quantities(record, {});
  EXPECT_EQ(quantities.Of(record.lines(0), &row),
            "it has no quantity, and quantities are reported");
}

TEST(RowCounts, FindsTheRecordsOfARow) {
  const v1::TransferRecord record = ExampleExport();
  v1::TransferRow row = Head(record);
  row.mutable_quantity()->set_amount(99);
  row.set_comments("as printed");
  row.set_lines(4);
  EXPECT_TRUE(RowCounts(row, record));
  v1::TransferRow other = row;
  other.set_partner_state("AR");
  EXPECT_FALSE(RowCounts(other, record));
  other = row;
  other.set_year(2023);
  EXPECT_FALSE(RowCounts(other, record));
  other = row;
  other.set_basis(v1::TRANSFER_BASIS_AUTHORISED);
  EXPECT_FALSE(RowCounts(other, record));
  other = row;
  other.set_subcategory(v1::ARMS_SUBCATEGORY_ASSAULT_RIFLES);
  EXPECT_FALSE(RowCounts(other, record));
  other = row;
  other.mutable_origin()->set_iso_code("DE");
  EXPECT_FALSE(RowCounts(other, record));
}

TEST(RowCounts, NoneThatIsWithheldOrWasNeverGranted) {
  v1::TransferRecord record = ExampleExport();
  const v1::TransferRow row = Head(record);
  record.set_withheld_from_reports(true);
  EXPECT_FALSE(RowCounts(row, record));
  v1::TransferRecord licence = ExampleLicence();
  const v1::TransferRow permitted = Head(licence);
  EXPECT_TRUE(RowCounts(permitted, licence));
  licence.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_DENIED);
  EXPECT_FALSE(RowCounts(permitted, licence));
}

}  // namespace
}  // namespace tracegate
