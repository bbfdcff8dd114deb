#include "gateway/transfers/row_reconciliation.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr v1::ArmsSubcategory kPistols = v1::ARMS_SUBCATEGORY_REVOLVERS_AND_SELF_LOADING_PISTOLS;

v1::TransferRow Row(v1::TransferKind kind, const std::string& partner, int64_t amount,
                    int year = 2024) {
  v1::TransferRow row;
  row.set_kind(kind);
  row.set_basis(v1::TRANSFER_BASIS_ACTUAL);
  row.set_category(v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS);
  row.set_subcategory(kPistols);
  row.set_partner_state(partner);
  row.set_year(year);
  row.mutable_quantity()->set_amount(amount);
  row.mutable_quantity()->set_unit(v1::QUANTITY_UNIT_ITEMS);
  return row;
}

// Austria's exports to Brazil, and Brazil's imports from Austria.
v1::TransferRow Ours(int64_t amount, int year = 2024) {
  return Row(v1::TRANSFER_KIND_EXPORT, "BR", amount, year);
}
v1::TransferRow Theirs(int64_t amount, int year = 2024) {
  return Row(v1::TRANSFER_KIND_IMPORT, "AT", amount, year);
}

RowReconciliation Reconcile(const std::vector<v1::TransferRow>& ours,
                            const std::vector<v1::TransferRow>& theirs) {
  return ReconcileRows("AT", "BR", {ours.begin(), ours.end()}, {theirs.begin(), theirs.end()});
}

// The only one.
v1::Discrepancy Found(const std::vector<v1::TransferRow>& ours,
                      const std::vector<v1::TransferRow>& theirs) {
  const RowReconciliation reconciliation = Reconcile(ours, theirs);
  EXPECT_EQ(reconciliation.discrepancies.size(), 1u);
  return reconciliation.discrepancies.empty() ? v1::Discrepancy() : reconciliation.discrepancies[0];
}

TEST(ReconcileRows, AgreesWhereBothSaySo) {
  const RowReconciliation both = Reconcile({Ours(12), Row(v1::TRANSFER_KIND_IMPORT, "BR", 3)},
                                           {Theirs(12), Row(v1::TRANSFER_KIND_EXPORT, "AT", 3)});
  EXPECT_EQ(both.agreeing, 2);
  EXPECT_THAT(both.discrepancies, IsEmpty());
}

TEST(ReconcileRows, PassesOverOtherPartners) {
  const RowReconciliation both = Reconcile({Ours(12), Row(v1::TRANSFER_KIND_EXPORT, "AR", 5)},
                                           {Theirs(12), Row(v1::TRANSFER_KIND_IMPORT, "DE", 7)});
  EXPECT_EQ(both.agreeing, 1);
  EXPECT_THAT(both.discrepancies, IsEmpty());
}

TEST(ReconcileRows, AddsUpSeveralRowsOfOneSide) {
  EXPECT_EQ(Reconcile({Ours(5), Ours(7)}, {Theirs(12)}).agreeing, 1);
  const v1::Discrepancy one = Found({Ours(5), Ours(8)}, {Theirs(12)});
  EXPECT_EQ(one.ours().quantity().amount(), 13);
}

TEST(ReconcileRows, TellsADifferentQuantity) {
  const v1::Discrepancy one = Found({Ours(12)}, {Theirs(10)});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_QUANTITY);
  EXPECT_FALSE(one.expected());
  EXPECT_EQ(one.ours().quantity().amount(), 12);
  EXPECT_EQ(one.theirs().quantity().amount(), 10);
  EXPECT_THAT(one.text(), HasSubstr("12 items here, 10 items there"));
}

TEST(ReconcileRows, ExpectsADifferenceBetweenLicencesAndDeliveries) {
  v1::TransferRow licences = Ours(12);
  licences.set_basis(v1::TRANSFER_BASIS_AUTHORISED);
  const v1::Discrepancy one = Found({licences}, {Theirs(10)});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_QUANTITY);
  EXPECT_TRUE(one.expected());
  EXPECT_THAT(one.text(), HasSubstr("licences here, deliveries there"));
  // Where there are deliveries on both sides, they are what is compared.
  EXPECT_EQ(Reconcile({licences, Ours(10)}, {Theirs(10)}).agreeing, 1);
}

TEST(ReconcileRows, TellsADifferentValueOnlyInOneCurrency) {
  v1::TransferRow ours = Ours(12);
  *ours.mutable_value() = Euros(100);
  v1::TransferRow theirs = Theirs(12);
  *theirs.mutable_value() = Euros(90);
  EXPECT_EQ(Found({ours}, {theirs}).kind(), v1::DISCREPANCY_KIND_VALUE);
  theirs.mutable_value()->set_currency("USD");
  EXPECT_EQ(Reconcile({ours}, {theirs}).agreeing, 1);
}

TEST(ReconcileRows, ToleratesUnitsAndCurrenciesThatCannotBeComparedWithTheReason) {
  v1::TransferRow grams = Theirs(9000);
  grams.mutable_quantity()->set_unit(v1::QUANTITY_UNIT_GRAMS);
  v1::Discrepancy one = Found({Ours(12)}, {grams});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_QUANTITY);
  EXPECT_TRUE(one.expected());
  EXPECT_THAT(one.text(), HasSubstr("different units"));
  v1::TransferRow euros = Ours(0);
  euros.clear_quantity();
  *euros.mutable_value() = Euros(100);
  v1::TransferRow dollars = Theirs(0);
  dollars.clear_quantity();
  *dollars.mutable_value() = Euros(100);
  dollars.mutable_value()->set_currency("USD");
  one = Found({euros}, {dollars});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_VALUE);
  EXPECT_TRUE(one.expected());
  EXPECT_THAT(one.text(), HasSubstr("different currencies"));
  one = Found({euros}, {Theirs(12)});
  EXPECT_TRUE(one.expected());
  EXPECT_THAT(one.text(), HasSubstr("quantities alone"));
}

TEST(ReconcileRows, TellsWhatOnlyOneSideHas) {
  EXPECT_EQ(Found({Ours(12)}, {}).kind(), v1::DISCREPANCY_KIND_ONLY_OURS);
  EXPECT_FALSE(Found({Ours(12)}, {}).expected());
  EXPECT_FALSE(Found({Ours(12)}, {}).has_theirs());
  EXPECT_EQ(Found({}, {Theirs(12)}).kind(), v1::DISCREPANCY_KIND_ONLY_THEIRS);
  v1::TransferRow licence = Ours(12);
  licence.set_basis(v1::TRANSFER_BASIS_AUTHORISED);
  EXPECT_TRUE(Found({licence}, {}).expected());
}

TEST(ReconcileRows, SeesGoodsUnderWayAtTheEndOfTheYear) {
  const v1::Discrepancy one = Found({Ours(12, 2023)}, {Theirs(12, 2024)});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_YEAR);
  EXPECT_TRUE(one.expected());
  EXPECT_EQ(one.ours().year(), 2023);
  EXPECT_EQ(one.theirs().year(), 2024);
  const RowReconciliation part =
      Reconcile({Ours(12, 2023), Ours(5, 2024)}, {Theirs(10, 2023), Theirs(7, 2024)});
  ASSERT_EQ(part.discrepancies.size(), 2u);
  for (const v1::Discrepancy& year : part.discrepancies) {
    EXPECT_EQ(year.kind(), v1::DISCREPANCY_KIND_YEAR);
    EXPECT_TRUE(year.expected());
  }
  // Two years apart is no goods under way; nor is another amount.
  EXPECT_EQ(Reconcile({Ours(12, 2022)}, {Theirs(12, 2024)}).discrepancies.size(), 2u);
  EXPECT_EQ(Reconcile({Ours(12, 2023)}, {Theirs(11, 2024)}).discrepancies.size(), 2u);
}

TEST(ReconcileRows, SeesAnotherOrigin) {
  v1::TransferRow german = Theirs(12);
  german.mutable_origin()->set_iso_code("DE");
  const v1::Discrepancy one = Found({Ours(12)}, {german});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_ORIGIN);
  EXPECT_THAT(one.text(), HasSubstr("the exporter here and DE there"));
  v1::TransferRow austrian = Theirs(12);
  austrian.mutable_origin()->set_iso_code("AT");
  EXPECT_EQ(Reconcile({Ours(12)}, {austrian}).agreeing, 1);
}

TEST(ReconcileRows, SeesAnotherCategory) {
  v1::TransferRow rifles = Theirs(12);
  rifles.set_subcategory(v1::ARMS_SUBCATEGORY_RIFLES_AND_CARBINES);
  const v1::Discrepancy one = Found({Ours(12)}, {rifles});
  EXPECT_EQ(one.kind(), v1::DISCREPANCY_KIND_CATEGORY);
  EXPECT_THAT(one.text(), HasSubstr("there as rifles and carbines"));
  rifles.mutable_quantity()->set_amount(11);
  EXPECT_EQ(Reconcile({Ours(12)}, {rifles}).discrepancies.size(), 2u);
}

TEST(ReconcileRows, TakesNationalWordsForWhatTheyAre) {
  v1::TransferRow ours = Ours(12);
  ours.set_national_category("ML1.a");
  EXPECT_EQ(Reconcile({ours}, {Theirs(12)}).agreeing, 1);
  ours.set_category(v1::ARMS_CATEGORY_OTHER);
  ours.clear_subcategory();
  const v1::Discrepancy one = Found({ours}, {});
  EXPECT_TRUE(one.expected());
  EXPECT_THAT(one.text(), HasSubstr("ML1.a"));
}

TEST(ReconcileRows, IsTheSameInWhateverOrder) {
  std::vector<v1::TransferRow> ours;
  std::vector<v1::TransferRow> theirs;
  for (int year = 2010; year < 2024; ++year) {
    ours.push_back(Ours(year % 5 + 1, year));
    theirs.push_back(Theirs(year % 4 + 1, year));
  }
  const RowReconciliation forward = Reconcile(ours, theirs);
  const RowReconciliation backward =
      Reconcile({ours.rbegin(), ours.rend()}, {theirs.rbegin(), theirs.rend()});
  ASSERT_EQ(forward.discrepancies.size(), backward.discrepancies.size());
  EXPECT_EQ(forward.agreeing, backward.agreeing);
  for (size_t i = 0; i < forward.discrepancies.size(); ++i) {
    EXPECT_EQ(forward.discrepancies[i].SerializeAsString(),
              backward.discrepancies[i].SerializeAsString());
  }
}

}  // namespace
}  // namespace tracegate
