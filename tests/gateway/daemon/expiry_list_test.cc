#include "gateway/daemon/expiry_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/gateway/identity/minted_pki.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

absl::Time At(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilSecond(year, month, day), absl::UTCTimeZone());
}

// One certificate and one State, each ending when the test says.
class ExpiryListTest : public testing::Test {
 protected:
  ExpiryListTest() {
    identity_.set_certificate_chain(
        Write("chain.pem", root_.Leaf("spiffe://br.example/gateway/peer").pem()));
    auto* trust = identity_.add_trust();
    trust->set_state("BR");
    trust->set_bundle(Write("br.pem", root_.pem()));
    trust->set_crl(Write("br.crl.pem", root_.Crl()));
  }
  std::string Write(const std::string& name, const std::string& text) {
    const std::string file = folder_.File(name);
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  void EndsAt(absl::Time until) {
    Mint mint = LeafMint("spiffe://br.example/gateway/peer");
    mint.not_after = until;
    Write("chain.pem", root_.Issue(mint).pem());
  }

  Expiry Chain() { return ExpiriesOf(identity_, now_).front(); }
  Expiry Crl() { return ExpiriesOf(identity_, now_).back(); }

  // Of its own: tests run beside each other.
  const TempFolder folder_;
  const Minted root_ = Minted::Root("BR");
  config::v1::Identity identity_;
  absl::Time now_ = At(2026, 6);
};

TEST_F(ExpiryListTest, ListsEverythingThatTheConfigurationNames) {
  const auto all = ExpiriesOf(identity_, now_);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].key, "identity.certificate_chain");
  EXPECT_EQ(all[1].key, "identity.trust[0].bundle");
  EXPECT_EQ(all[1].name, "BR root");
  EXPECT_EQ(all[2].key, "identity.trust[0].crl");
  EXPECT_EQ(all[2].name, "CRL of BR root");
  for (const Expiry& expiry : all) EXPECT_EQ(expiry.standing, ExpiryStanding::kGood) << expiry.key;
}

TEST_F(ExpiryListTest, WarnsOfACertificateUnder30DaysFromItsEnd) {
  EndsAt(now_ + absl::Hours(30 * 24));
  EXPECT_EQ(Chain().standing, ExpiryStanding::kGood);
  EXPECT_EQ(Chain().days_left, 30);
  EndsAt(now_ + absl::Hours(30 * 24) - absl::Seconds(1));
  EXPECT_EQ(Chain().standing, ExpiryStanding::kEndsSoon);
  EXPECT_EQ(Chain().days_left, 29);
}

TEST_F(ExpiryListTest, SaysWhatHasEndedOrNotBegun) {
  EndsAt(now_);
  EXPECT_EQ(Chain().standing, ExpiryStanding::kEnded);
  EndsAt(now_ - absl::Seconds(1));
  EXPECT_EQ(Chain().days_left, -1);
  now_ = At(1999);
  EXPECT_EQ(Chain().standing, ExpiryStanding::kEnded);
  EXPECT_THAT(Chain().note, HasSubstr("begins only at 2000-01-01"));
}

TEST_F(ExpiryListTest, WarnsOfACrlUnder7DaysFromItsEnd) {
  Write("br.crl.pem", root_.Crl({.next_update = now_ + absl::Hours(7 * 24)}));
  EXPECT_EQ(Crl().standing, ExpiryStanding::kGood);
  Write("br.crl.pem", root_.Crl({.next_update = now_ + absl::Hours(7 * 24) - absl::Seconds(1)}));
  EXPECT_EQ(Crl().standing, ExpiryStanding::kEndsSoon);
}

TEST_F(ExpiryListTest, AStaleCrlHasEndedUnlessItIsPutUpWith) {
  Write("br.crl.pem", root_.Crl({.next_update = now_ - absl::Hours(1)}));
  EXPECT_EQ(Crl().standing, ExpiryStanding::kEnded);
  identity_.mutable_trust(0)->mutable_crl_grace()->set_seconds(3601);
  EXPECT_EQ(Crl().standing, ExpiryStanding::kEndsSoon);
  EXPECT_THAT(Crl().note, HasSubstr("put up with until 2026-06-01T00:00:01Z"));
  identity_.mutable_trust(0)->mutable_crl_grace()->set_seconds(3600);
  EXPECT_EQ(Crl().standing, ExpiryStanding::kEnded);
}

TEST_F(ExpiryListTest, ListsWhatCannotBeReadOrUsed) {
  Write("br.crl.pem", root_.Crl({.is_delta = true}));
  EXPECT_EQ(Crl().standing, ExpiryStanding::kUnreadable);
  EXPECT_THAT(Crl().note, HasSubstr("delta"));
  Write("br.crl.pem", "x");
  EXPECT_EQ(Crl().standing, ExpiryStanding::kUnreadable);
  identity_.set_certificate_chain(folder_.File("nothing.pem"));
  EXPECT_EQ(Chain().standing, ExpiryStanding::kUnreadable);
}

TEST_F(ExpiryListTest, ShowsWhereNobodyAsks) {
  identity_.mutable_trust(0)->set_no_revocation(true);
  EXPECT_EQ(Crl().standing, ExpiryStanding::kNotChecked);
  EXPECT_EQ(Crl().name, "BR");
  EXPECT_FALSE(Crl().until);
}

}  // namespace
}  // namespace tracegate
