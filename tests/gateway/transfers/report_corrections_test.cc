#include "gateway/transfers/report_corrections.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::IsEmpty;

v1::TransferRow RowTo(const std::string& state, int64_t amount) {
  v1::TransferRow row;
  row.set_category(v1::ARMS_CATEGORY_BATTLE_TANKS);
  row.set_partner_state(state);
  row.mutable_quantity()->set_amount(amount);
  row.mutable_quantity()->set_unit(v1::QUANTITY_UNIT_ITEMS);
  row.set_lines(1);
  return row;
}

v1::Report ReportOf(const std::vector<v1::TransferRow>& exports) {
  v1::Report report;
  for (const v1::TransferRow& row : exports) *report.mutable_transfers()->add_exports() = row;
  return report;
}

TEST(CorrectionsOf, AreNoneBetweenReportsThatSayTheSame) {
  v1::TransferRow of_more_lines = RowTo("BR", 5);
  of_more_lines.set_lines(3);
  EXPECT_THAT(*CorrectionsOf(ReportOf({RowTo("AR", 1), RowTo("BR", 5)}),
                             ReportOf({of_more_lines, RowTo("AR", 1)})),
              IsEmpty());
}

TEST(CorrectionsOf, TellWhatChangedCameAndWent) {
  const auto corrections =
      *CorrectionsOf(ReportOf({RowTo("AR", 1), RowTo("BR", 5), RowTo("CL", 2)}),
                     ReportOf({RowTo("BR", 6), RowTo("CL", 2), RowTo("PE", 9)}));
  ASSERT_EQ(corrections.size(), 3u);
  EXPECT_EQ(corrections[0].before().quantity().amount(), 5);
  EXPECT_EQ(corrections[0].after().quantity().amount(), 6);
  EXPECT_FALSE(corrections[1].has_before());
  EXPECT_EQ(corrections[1].after().partner_state(), "PE");
  EXPECT_EQ(corrections[2].before().partner_state(), "AR");
  EXPECT_FALSE(corrections[2].has_after());
}

TEST(CorrectionsOf, TellOfWordsToo) {
  v1::TransferRow commented = RowTo("BR", 5);
  commented.set_comments("temporary");
  EXPECT_EQ(CorrectionsOf(ReportOf({RowTo("BR", 5)}), ReportOf({commented}))->size(), 1u);
}

TEST(CorrectionsOf, KeepImportsApartFromExports) {
  v1::Report imported;
  *imported.mutable_transfers()->add_imports() = RowTo("BR", 5);
  EXPECT_EQ(CorrectionsOf(ReportOf({RowTo("BR", 5)}), imported)->size(), 2u);
}

TEST(CorrectionsOf, AreRefusedWhereAMessageCannotHoldThem) {
  std::vector<v1::TransferRow> rows;
  for (size_t i = 0; i <= kCorrectionsMax; ++i) {
    rows.push_back(RowTo("BR", 1));
    rows.back().set_national_category(std::to_string(i));
  }
  EXPECT_EQ(DetailOf(CorrectionsOf(ReportOf({}), ReportOf(rows)).status()).reason(),
            v1::REASON_MESSAGE_TOO_LARGE);
  rows.pop_back();
  EXPECT_TRUE(CorrectionsOf(ReportOf({}), ReportOf(rows)).ok());
}

}  // namespace
}  // namespace tracegate
