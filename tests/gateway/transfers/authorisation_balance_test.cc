#include "gateway/transfers/authorisation_balance.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(AuthorisationBalance, AgreesWhereNoMoreLeftThanWasPermitted) {
  AuthorisationBalance balance;
  balance.Add("L", ExampleLicence(24));
  balance.Add("T1", ExampleExport());
  EXPECT_THAT(balance.Finish(), IsEmpty());
  EXPECT_EQ(balance.agreeing(), 1);
  balance.Add("T2", ExampleExport());
  EXPECT_THAT(balance.Finish(), IsEmpty());
}

TEST(AuthorisationBalance, TellsWhatIsOverWithTheTransfers) {
  AuthorisationBalance balance;
  balance.Add("T1", ExampleExport());
  balance.Add("L", ExampleLicence(23));
  balance.Add("T2", ExampleExport());
  const auto found = balance.Finish();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind(), v1::DISCREPANCY_KIND_OVER_AUTHORISED);
  EXPECT_EQ(found[0].ours().quantity().amount(), 23);
  EXPECT_EQ(found[0].theirs().quantity().amount(), 24);
  EXPECT_THAT(found[0].transfer_ids(), ElementsAre("L", "T1", "T2"));
  EXPECT_THAT(found[0].text(), HasSubstr("AT/AT-77"));
  EXPECT_EQ(balance.agreeing(), 0);
}

TEST(AuthorisationBalance, SaysNothingOfALicenceThatIsNotOnRecord) {
  AuthorisationBalance balance;
  balance.Add("T1", ExampleExport());
  v1::TransferRecord none = ExampleExport();
  none.clear_authorisation();
  balance.Add("T2", none);
  EXPECT_THAT(balance.Finish(), IsEmpty());
  EXPECT_EQ(balance.agreeing(), 0);
}

TEST(AuthorisationBalance, ALicenceThatWasDeniedPermitsNothing) {
  AuthorisationBalance balance;
  v1::TransferRecord denied = ExampleLicence();
  denied.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_DENIED);
  balance.Add("L", denied);
  balance.Add("T1", ExampleExport());
  const auto found = balance.Finish();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].has_ours());
  EXPECT_THAT(found[0].text(), HasSubstr("none permitted"));
}

TEST(AuthorisationBalance, EachCategoryIsPermittedByItself) {
  AuthorisationBalance balance;
  balance.Add("L", ExampleLicence(100));
  v1::TransferRecord rifles = ExampleExport();
  rifles.mutable_lines(0)->set_subcategory(v1::ARMS_SUBCATEGORY_RIFLES_AND_CARBINES);
  balance.Add("T1", rifles);
  ASSERT_EQ(balance.Finish().size(), 1u);
  EXPECT_THAT(balance.Finish()[0].text(), HasSubstr("rifles and carbines"));
}

TEST(AuthorisationBalance, NeitherAgreesNorIsOverWhereNothingCanBeCompared) {
  v1::TransferRecord licence = ExampleLicence();
  licence.mutable_lines(0)->clear_quantity();
  *licence.mutable_lines(0)->mutable_value() = Euros(100);
  AuthorisationBalance balance;
  balance.Add("L", licence);
  balance.Add("T1", ExampleExport());
  EXPECT_THAT(balance.Finish(), IsEmpty());
  EXPECT_EQ(balance.agreeing(), 0);
}

TEST(AuthorisationBalance, IsByValueWhereNoQuantityIsTold) {
  v1::TransferRecord licence = ExampleLicence();
  licence.mutable_lines(0)->clear_quantity();
  *licence.mutable_lines(0)->mutable_value() = Euros(100);
  v1::TransferRecord sent = ExampleExport();
  *sent.mutable_lines(0)->mutable_value() = Euros(100);
  AuthorisationBalance balance;
  balance.Add("L", licence);
  balance.Add("T1", sent);
  EXPECT_THAT(balance.Finish(), IsEmpty());
  *sent.mutable_lines(0)->mutable_value() = Euros(0, 1);
  balance.Add("T2", sent);
  EXPECT_EQ(balance.Finish().size(), 1u);
}

}  // namespace
}  // namespace tracegate
