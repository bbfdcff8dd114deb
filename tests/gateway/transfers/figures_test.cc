#include "gateway/transfers/figures.h"

#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

TEST(Figures, AddMoneyExactly) {
  v1::Money sum;
  EXPECT_TRUE(AddMoney(Euros(1, 600'000'000), &sum));
  EXPECT_TRUE(AddMoney(Euros(2, 400'000'001), &sum));
  EXPECT_EQ(sum.units(), 4);
  EXPECT_EQ(sum.nanos(), 1);
  EXPECT_EQ(FigureText(sum), "4.000000001 EUR");
  EXPECT_EQ(FigureText(Euros(1234, 500'000'000)), "1234.50 EUR");
}

TEST(Figures, AddNothingWhereTheSumIsTooLarge) {
  v1::Money sum = Euros(INT64_MAX, 999'999'999);
  EXPECT_FALSE(AddMoney(Euros(0, 1), &sum));
  EXPECT_FALSE(AddMoney(Euros(1), &sum));
  EXPECT_EQ(sum.units(), INT64_MAX);
  EXPECT_EQ(sum.nanos(), 999'999'999);
  v1::Quantity quantity;
  quantity.set_amount(INT64_MAX);
  v1::Quantity one;
  one.set_amount(1);
  EXPECT_FALSE(AddQuantity(one, &quantity));
  EXPECT_EQ(quantity.amount(), INT64_MAX);
}

TEST(Figures, AddAllOfALineOrNothing) {
  v1::TransferRow row;
  row.mutable_quantity()->set_amount(5);
  *row.mutable_value() = Euros(INT64_MAX);
  v1::TransferLine line;
  line.mutable_quantity()->set_amount(2);
  *line.mutable_value() = Euros(1);
  EXPECT_FALSE(AddFigures(line, &row));
  EXPECT_EQ(row.quantity().amount(), 5);
  *row.mutable_value() = Euros(3);
  EXPECT_TRUE(AddFigures(line, &row));
  EXPECT_EQ(row.quantity().amount(), 7);
  EXPECT_EQ(row.value().units(), 4);
}

TEST(Figures, CompareMoneyToTheBillionth) {
  EXPECT_LT(CompareMoney(Euros(1, 1), Euros(1, 2)), 0);
  EXPECT_GT(CompareMoney(Euros(2), Euros(1, 999'999'999)), 0);
  EXPECT_EQ(CompareMoney(Euros(2, 5), Euros(2, 5)), 0);
}

}  // namespace
}  // namespace tracegate
