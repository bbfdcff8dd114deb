#include "gateway/identity/trust_bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Minted& BrRoot() {
  static const Minted root = Minted::Root("BR");
  return root;
}

std::string RefusalOf(const std::vector<TrustBundleSource>& sources) {
  const auto bundles = TrustBundles::Load(sources);
  if (bundles.ok()) return "accepted";
  EXPECT_EQ(DetailOf(bundles.status()).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(DetailOf(bundles.status()).violations_size(), 1);
  return std::string(bundles.status().message());
}

std::string RefusalOfPem(const std::string& pem) {
  return RefusalOf({{"BR", "br.example", pem, std::nullopt}});
}

TEST(TrustBundlesTest, BindsEachTrustDomainToItsState) {
  const auto bundles =
      TrustBundles::Load({{"PT", "pt.example", Minted::Root("PT").pem(), std::nullopt},
                          {"BR", "br.example", BrRoot().pem(), std::nullopt}});
  ASSERT_TRUE(bundles.ok()) << bundles.status();
  EXPECT_THAT((*bundles)->States(), ElementsAre("BR", "PT"));
  EXPECT_EQ((*bundles)->ForTrustDomain("br.example")->state, "BR");
  EXPECT_EQ((*bundles)->ForTrustDomain("br.exampl"), nullptr);
  EXPECT_EQ((*bundles)->ForTrustDomain(""), nullptr);
}

TEST(TrustBundlesTest, AcceptsSeveralRootsIntermediatesAndCommentsInOneBundle) {
  EXPECT_EQ(RefusalOfPem("# old root\n" + BrRoot().pem() + "# new root\n" +
                         Minted::Root("BR").pem() + BrRoot().Intermediate("BR issuing").pem()),
            "accepted");
}

TEST(TrustBundlesTest, AcceptsNoStatesAtAll) { EXPECT_EQ(RefusalOf({}), "accepted"); }

TEST(TrustBundlesTest, RefusesPemWithoutCertificates) {
  EXPECT_THAT(RefusalOfPem(""), HasSubstr("trust_bundles[BR].pem"));
  EXPECT_THAT(RefusalOfPem("not PEM\n"), HasSubstr("no self-signed CA"));
}

TEST(TrustBundlesTest, RefusesDamagedPem) {
  std::string flipped = BrRoot().pem();
  flipped[60] = '!';
  EXPECT_THAT(RefusalOfPem(flipped), HasSubstr("broken PEM block"));
  const std::string truncated = BrRoot().pem().substr(0, BrRoot().pem().size() - 40);
  EXPECT_THAT(RefusalOfPem(truncated), HasSubstr("broken PEM block"));
  // A sound root does not make up for what follows it.
  EXPECT_THAT(RefusalOfPem(BrRoot().pem() + truncated), HasSubstr("broken PEM block"));
  EXPECT_THAT(RefusalOfPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
              HasSubstr("no X.509 certificate"));
}

TEST(TrustBundlesTest, RefusesPrivateKeyInBundle) {
  EXPECT_THAT(RefusalOfPem(BrRoot().pem() + BrRoot().key_pem()), HasSubstr("'PRIVATE KEY' block"));
}

TEST(TrustBundlesTest, RefusesBundleOfIntermediatesOnly) {
  EXPECT_THAT(RefusalOfPem(BrRoot().Intermediate("BR issuing").pem()),
              HasSubstr("no self-signed CA"));
}

TEST(TrustBundlesTest, RefusesCertificateThatIsNoCa) {
  EXPECT_THAT(RefusalOfPem(BrRoot().pem() + BrRoot().Leaf("spiffe://br.example/pf/registry").pem()),
              HasSubstr("is not a CA certificate"));
  EXPECT_THAT(RefusalOfPem(Minted::SelfSigned(LeafMint("spiffe://br.example/pf/registry")).pem()),
              HasSubstr("is not a CA certificate"));
  Mint no_constraints = CaMint("BR root");
  no_constraints.basic_constraints = "";
  EXPECT_THAT(RefusalOfPem(Minted::SelfSigned(no_constraints).pem()),
              HasSubstr("is not a CA certificate"));
  Mint may_not_sign = CaMint("BR root");
  may_not_sign.key_usage = "critical,cRLSign";
  EXPECT_THAT(RefusalOfPem(Minted::SelfSigned(may_not_sign).pem()),
              HasSubstr("is not a CA certificate"));
}

TEST(TrustBundlesTest, RefusesSameStateTwice) {
  EXPECT_THAT(RefusalOf({{"BR", "br.example", BrRoot().pem(), std::nullopt},
                         {"BR", "br2.example", BrRoot().pem(), std::nullopt}}),
              HasSubstr("trust_bundles[BR].state"));
}

TEST(TrustBundlesTest, RefusesTrustDomainClaimedByTwoStates) {
  EXPECT_THAT(RefusalOf({{"BR", "br.example", BrRoot().pem(), std::nullopt},
                         {"PT", "br.example", Minted::Root("PT").pem(), std::nullopt}}),
              HasSubstr("trust_bundles[PT].trust_domain: 'br.example' already belongs to BR"));
}

TEST(TrustBundlesTest, RefusesRootOfAnotherState) {
  EXPECT_THAT(
      RefusalOf({{"BR", "br.example", BrRoot().pem(), std::nullopt},
                 {"PT", "pt.example", Minted::Root("PT").pem() + BrRoot().pem(), std::nullopt}}),
      HasSubstr("is also a root of BR"));
}

TEST(TrustBundlesTest, RefusesMalformedStateOrTrustDomain) {
  for (const char* state : {"", "B", "br", "BRA", "B1", "B\n"}) {
    EXPECT_THAT(RefusalOf({{state, "br.example", BrRoot().pem(), std::nullopt}}),
                HasSubstr("two capital letters"));
  }
  for (const char* domain : {"", "BR.example", "br.example/x", "br example"}) {
    EXPECT_THAT(RefusalOf({{"BR", domain, BrRoot().pem(), std::nullopt}}),
                HasSubstr("trust_bundles[BR].trust_domain"));
  }
}

TEST(TrustBundlesTest, RefusesBundleOverItsBounds) {
  EXPECT_THAT(RefusalOfPem(BrRoot().pem() + std::string(1 << 20, '#')), HasSubstr("larger than"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += BrRoot().pem();
  EXPECT_THAT(RefusalOfPem(many), HasSubstr("more than 64"));
  EXPECT_EQ(RefusalOfPem(many.substr(BrRoot().pem().size())), "accepted");
}

}  // namespace
}  // namespace tracegate
