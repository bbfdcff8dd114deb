#include "gateway/identity/spiffe_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

TEST(SpiffeIdTest, ReadsTrustDomainAgencyAndRole) {
  const auto id = ParseSpiffeId("spiffe://br.example/policia-federal/registry");
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(id->trust_domain, "br.example");
  EXPECT_EQ(id->agency, "policia-federal");
  EXPECT_EQ(id->role, Role::kRegistry);
}

TEST(SpiffeIdTest, ReadsEveryRoleByItsOwnName) {
  for (Role role : {Role::kRegistry, Role::kLiaison, Role::kCompliance, Role::kDesk, Role::kPeer,
                    Role::kAdmin}) {
    const auto id = ParseSpiffeId("spiffe://a_b-c.0/Agency_1.x/" + std::string(RoleName(role)));
    ASSERT_TRUE(id.ok()) << id.status();
    EXPECT_EQ(id->role, role);
  }
}

TEST(SpiffeIdTest, AcceptsTheLongestTrustDomainAndNotOneByteMore) {
  const std::string longest(kTrustDomainBytesMax, 'a');
  EXPECT_TRUE(ParseSpiffeId("spiffe://" + longest + "/pf/desk").ok());
  EXPECT_FALSE(ParseSpiffeId("spiffe://" + longest + "a/pf/desk").ok());
}

TEST(SpiffeIdTest, AcceptsTheLongestIdAndNotOneByteMore) {
  const std::string frame = "spiffe://br.example//desk";
  const std::string agency(kSpiffeIdBytesMax - frame.size(), 'a');
  EXPECT_TRUE(ParseSpiffeId("spiffe://br.example/" + agency + "/desk").ok());
  EXPECT_FALSE(ParseSpiffeId("spiffe://br.example/" + agency + "a/desk").ok());
}

class BadSpiffeIdTest : public testing::TestWithParam<std::string> {};

TEST_P(BadSpiffeIdTest, IsUnsuitableAndShownInPrintableAscii) {
  const auto id = ParseSpiffeId(GetParam());
  ASSERT_FALSE(id.ok());
  EXPECT_EQ(DetailOf(id.status()).reason(), v1::REASON_CERTIFICATE_UNSUITABLE);
  EXPECT_LT(id.status().message().size(), 500u);
  for (char c : id.status().message()) EXPECT_TRUE(c >= 0x20 && c <= 0x7e);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadSpiffeIdTest,
    testing::Values(
        "", "spiffe://", "spiffe:", "br.example/pf/registry", "https://br.example/pf/registry",
        "SPIFFE://br.example/pf/registry", "spiffe:/br.example/pf/registry",
        " spiffe://br.example/pf/registry", "spiffe://br.example/pf/registry ",
        // trust domain
        "spiffe:///pf/registry", "spiffe://BR.example/pf/registry",
        "spiffe://br.exampl\xc3\xa9/pf/registry", "spiffe://br.example:8443/pf/registry",
        "spiffe://user@br.example/pf/registry", "spiffe://br%2eexample/pf/registry",
        "spiffe://[::1]/pf/registry",
        // path
        "spiffe://br.example", "spiffe://br.example/", "spiffe://br.example/pf",
        "spiffe://br.example/pf/", "spiffe://br.example//registry",
        "spiffe://br.example/pf//registry", "spiffe://br.example/pf/registry/",
        "spiffe://br.example/pf/registry/x", "spiffe://br.example/./registry",
        "spiffe://br.example/../registry", "spiffe://br.example/p%66/registry",
        "spiffe://br.example/p f/registry", "spiffe://br.example/pf;x/registry",
        "spiffe://br.example/pf\\/registry", std::string("spiffe://br.example/p\0f/registry", 32),
        std::string("spiffe://br.example/pf/registry\0", 32), "spiffe://br.example/pf/registry\n",
        // role, query, fragment
        "spiffe://br.example/pf/Registry", "spiffe://br.example/pf/root",
        "spiffe://br.example/pf/registry?a=b", "spiffe://br.example/pf/registry?",
        "spiffe://br.example/pf/registry#a", "spiffe://br.example/pf/registry#",
        std::string(100000, 'a')));

}  // namespace
}  // namespace tracegate
