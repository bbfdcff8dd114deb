#include "gateway/transfers/consignment_reconciliation.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

v1::TransferRecord Record(const std::vector<std::string>& serials) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_lines(0)->mutable_quantity()->set_amount(static_cast<int64_t>(serials.size()));
  for (const std::string& serial : serials) {
    *record.mutable_lines(0)->add_items() = ExamplePistol(serial);
  }
  return record;
}

std::vector<v1::Discrepancy> Compare(const v1::TransferRecord& exported,
                                     const v1::TransferRecord& imported) {
  ConsignmentReconciliation reconciliation;
  reconciliation.AddExport(exported);
  reconciliation.AddImport(imported);
  return reconciliation.Finish();
}

TEST(ConsignmentReconciliation, AgreesOnTheSameWeaponsInOtherRecords) {
  const v1::TransferRecord exported = Record({"A1001", "A1002", "A1003"});
  const v1::TransferRecord one = Record({"A-1003"});
  const v1::TransferRecord two = Record({"a1002", "A 1001"});
  ConsignmentReconciliation reconciliation;
  reconciliation.AddExport(exported);
  reconciliation.AddImport(one);
  reconciliation.AddImport(two);
  EXPECT_THAT(reconciliation.Finish(), IsEmpty());
}

TEST(ConsignmentReconciliation, TellsHowManyAndWhichAreMissing) {
  const v1::TransferRecord exported = Record({"A1001", "A1002", "A1003"});
  const v1::TransferRecord imported = Record({"A1001", "A1003"});
  const auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_QUANTITY_SHORT);
  EXPECT_EQ(found[0].ours().quantity().amount(), 3);
  EXPECT_EQ(found[0].theirs().quantity().amount(), 2);
  EXPECT_THAT(found[0].text(), HasSubstr("3 items left, 2 arrived"));
  EXPECT_EQ(found[1].kind(), v1::DISCREPANCY_KIND_MARKS);
  ASSERT_EQ(found[1].missing_items_size(), 1);
  EXPECT_EQ(found[1].missing_items(0).weapon().serial_number(), "A1002");
  EXPECT_EQ(found[1].unexpected_items_size(), 0);
}

TEST(ConsignmentReconciliation, SeesWeaponsThatWereExchanged) {
  const v1::TransferRecord exported = Record({"A1001", "A1002"});
  const v1::TransferRecord imported = Record({"A1001", "B7"});
  const auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_MARKS);
  EXPECT_EQ(found[0].missing_items(0).weapon().serial_number(), "A1002");
  EXPECT_EQ(found[0].unexpected_items(0).weapon().serial_number(), "B7");
}

TEST(ConsignmentReconciliation, SaysNothingOfMarksThatOneSideDoesNotList) {
  v1::TransferRecord unlisted = Record({"A1001", "A1002"});
  unlisted.mutable_lines(0)->clear_items();
  const v1::TransferRecord exported = Record({"A1001", "A1002"});
  EXPECT_THAT(Compare(exported, unlisted), IsEmpty());
}

TEST(ConsignmentReconciliation, SeesAnotherCategory) {
  const v1::TransferRecord exported = Record({"A1001"});
  v1::TransferRecord imported = exported;
  imported.mutable_lines(0)->set_subcategory(v1::ARMS_SUBCATEGORY_OTHER_SMALL_ARMS);
  const auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_CATEGORY);
  EXPECT_THAT(found[0].text(), HasSubstr("arrived as other small arms"));
}

TEST(ConsignmentReconciliation, SeesMoreThanLeft) {
  v1::TransferRecord imported = ExampleExport();
  imported.mutable_lines(0)->mutable_quantity()->set_amount(13);
  const v1::TransferRecord exported = ExampleExport();
  const auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_QUANTITY);
}

TEST(ConsignmentReconciliation, ToleratesWhatCannotBeComparedWithTheReason) {
  const v1::TransferRecord exported = ExampleExport();
  v1::TransferRecord imported = ExampleExport();
  imported.mutable_lines(0)->mutable_quantity()->set_unit(v1::QUANTITY_UNIT_GRAMS);
  auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].expected());
  EXPECT_THAT(found[0].text(), HasSubstr("different units"));
  imported.mutable_lines(0)->clear_quantity();
  *imported.mutable_lines(0)->mutable_value() = Euros(500);
  found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].expected());
  EXPECT_THAT(found[0].text(), HasSubstr("value alone"));
  // With no such line at all, none arrived.
  imported.clear_lines();
  found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_QUANTITY_SHORT);
  EXPECT_FALSE(found[0].expected());
}

TEST(ConsignmentReconciliation, NamesTheFirstOfManyMissing) {
  std::vector<std::string> serials;
  for (int i = 0; i < 300; ++i) serials.push_back("A" + std::to_string(1000 + i));
  const v1::TransferRecord exported = Record(serials);
  const v1::TransferRecord imported = Record({"A1000"});
  const auto found = Compare(exported, imported);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].missing_items_size(), 200);
  EXPECT_THAT(found[1].text(), HasSubstr("299 are missing"));
}

}  // namespace
}  // namespace tracegate
