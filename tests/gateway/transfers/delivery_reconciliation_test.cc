#include "gateway/transfers/delivery_reconciliation.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

const absl::CivilDay kBefore(2024, 6, 19);
const absl::CivilDay kAfter(2024, 6, 21);

ConsignmentFinding Compare(const std::vector<v1::Delivery>& deliveries, absl::CivilDay today,
                           const v1::TransferRecord& record = ExampleExport()) {
  return CompareWithDeliveries(record, {deliveries.begin(), deliveries.end()},
                               ExampleDate(2024, 6, 20), today);
}

v1::DiscrepancyKind KindOf(const ConsignmentFinding& finding) {
  EXPECT_EQ(finding.course, Course::kDiffers);
  EXPECT_EQ(finding.discrepancies.size(), 1u);
  return finding.discrepancies.empty() ? v1::DISCREPANCY_KIND_UNSPECIFIED
                                       : finding.discrepancies[0].kind();
}

TEST(CompareWithDeliveries, ArrivedAsItLeftAtOnceOrInParts) {
  v1::Delivery all = ExampleDelivery(0);
  all.clear_lines();
  EXPECT_EQ(Compare({all}, kBefore).course, Course::kArrived);
  EXPECT_EQ(Compare({ExampleDelivery(12)}, kAfter).course, Course::kArrived);
  EXPECT_EQ(Compare({ExampleDelivery(5), ExampleDelivery(7)}, kAfter).course, Course::kArrived);
}

TEST(CompareWithDeliveries, NeverArrivedOnlyOnceItIsPastDue) {
  EXPECT_EQ(Compare({}, kBefore).course, Course::kUnderWay);
  EXPECT_EQ(Compare({}, absl::CivilDay(2024, 6, 20)).course, Course::kUnderWay);
  const ConsignmentFinding late = Compare({}, kAfter);
  EXPECT_EQ(KindOf(late), v1::DISCREPANCY_KIND_NEVER_ARRIVED);
  EXPECT_EQ(late.discrepancies[0].consignment(), "AWB 1");
  EXPECT_THAT(late.discrepancies[0].text(), HasSubstr("2024-06-20"));
  EXPECT_EQ(CompareWithDeliveries(ExampleExport(), {}, v1::Date(), kAfter).course,
            Course::kUnderWay);
}

TEST(CompareWithDeliveries, ShortOnceSomebodySaysSoOrItIsPastDue) {
  EXPECT_EQ(Compare({ExampleDelivery(10)}, kBefore).course, Course::kUnderWay);
  const ConsignmentFinding late = Compare({ExampleDelivery(10)}, kAfter);
  EXPECT_EQ(KindOf(late), v1::DISCREPANCY_KIND_QUANTITY_SHORT);
  EXPECT_EQ(late.discrepancies[0].ours().quantity().amount(), 12);
  EXPECT_EQ(late.discrepancies[0].theirs().quantity().amount(), 10);
  EXPECT_THAT(late.discrepancies[0].text(), HasSubstr("12 items"));
  v1::Delivery missing = ExampleDelivery(10, 2);
  *missing.mutable_lines(0)->add_missing_items() = ExamplePistol("A1001");
  const ConsignmentFinding told = Compare({missing}, kBefore);
  EXPECT_EQ(KindOf(told), v1::DISCREPANCY_KIND_QUANTITY_SHORT);
  EXPECT_EQ(told.discrepancies[0].missing_items_size(), 1);
}

TEST(CompareWithDeliveries, MoreThanLeft) {
  EXPECT_EQ(KindOf(Compare({ExampleDelivery(12), ExampleDelivery(12)}, kBefore)),
            v1::DISCREPANCY_KIND_QUANTITY);
}

TEST(CompareWithDeliveries, OtherWeaponsInTheirPlace) {
  v1::Delivery delivery = ExampleDelivery(12);
  *delivery.mutable_lines(0)->add_missing_items() = ExamplePistol("A1001");
  *delivery.mutable_lines(0)->add_unexpected_items() = ExamplePistol("A9999");
  const ConsignmentFinding finding = Compare({delivery}, kBefore);
  EXPECT_EQ(KindOf(finding), v1::DISCREPANCY_KIND_MARKS);
  EXPECT_EQ(finding.discrepancies[0].missing_items_size(), 1);
  EXPECT_EQ(finding.discrepancies[0].unexpected_items_size(), 1);
}

TEST(CompareWithDeliveries, ALineByItsValueArrivesWhenItIsToldOf) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_lines(0)->clear_quantity();
  *record.mutable_lines(0)->mutable_value() = Euros(500);
  EXPECT_EQ(Compare({ExampleDelivery(0)}, kBefore, record).course, Course::kArrived);
  EXPECT_EQ(KindOf(Compare({ExampleDelivery(0, 3)}, kBefore, record)),
            v1::DISCREPANCY_KIND_QUANTITY_SHORT);
}

TEST(CompareWithDeliveries, ALineThatNoDeliveryTellsOfIsUnderWay) {
  v1::TransferRecord record = ExampleExport();
  *record.add_lines() = v1::TransferLine(record.lines(0));
  record.mutable_lines(1)->set_number(2);
  EXPECT_EQ(Compare({ExampleDelivery(12)}, kBefore, record).course, Course::kUnderWay);
  EXPECT_EQ(KindOf(Compare({ExampleDelivery(12)}, kAfter, record)),
            v1::DISCREPANCY_KIND_QUANTITY_SHORT);
}

}  // namespace
}  // namespace tracegate
