#include "gateway/daemon/live_trust.h"

#include <gtest/gtest.h>

#include <string>

#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

// Brazil and Portugal are trusted, both with CRLs.
class LiveTrustTest : public testing::Test {
 protected:
  LiveTrust::Parts Parts(const std::string& portuguese_crl) {
    const auto revocation = [](const std::string& crl) {
      return RevocationSource{crl, absl::ZeroDuration(), kNow};
    };
    LiveTrust::Parts parts;
    parts.sources = {{"BR", "br.example", brazil_.pem(), revocation(brazil_.Crl())},
                     {"PT", "pt.example", portugal_.pem(), revocation(portuguese_crl)}};
    parts.bundles = *TrustBundles::Load(parts.sources);
    parts.certificate_chain_pem = "own chain";
    parts.private_key_pem = "own key";
    return parts;
  }

  v1::Reason ReasonOf(const Minted& shown, const std::string& state = "PT") {
    return DetailOf(trust_.CheckPeer(state, shown.pem(), "")).reason();
  }

  const Minted brazil_ = Minted::Root("BR");
  const Minted portugal_ = Minted::Root("PT");
  const Minted gateway_ = portugal_.Leaf("spiffe://pt.example/gateway/peer", {"localhost"});
  LiveTrust trust_{Parts(portugal_.Crl()), [] { return kNow; }};
};

TEST_F(LiveTrustTest, BelievesAPeerOnlyAsTheGatewayOfItsOwnState) {
  EXPECT_TRUE(trust_.CheckPeer("PT", gateway_.pem(), "").ok());
  EXPECT_EQ(ReasonOf(gateway_, "BR"), v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(ReasonOf(portugal_.Leaf("spiffe://pt.example/policia/registry")),
            v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(ReasonOf(brazil_.Leaf("spiffe://pt.example/gateway/peer")),
            v1::REASON_CERTIFICATE_UNTRUSTED);
  EXPECT_EQ(DetailOf(trust_.CheckPeer("PT", "", "")).reason(), v1::REASON_CERTIFICATE_MISSING);
}

TEST_F(LiveTrustTest, BelievesNoRevokedPeerOnceTheCrlIsThere) {
  trust_.Replace(Parts(portugal_.Crl({.revoked = {gateway_}})));
  EXPECT_EQ(ReasonOf(gateway_), v1::REASON_CERTIFICATE_REVOKED);
}

TEST_F(LiveTrustTest, GivesEachPeerItsOwnStatesRootsAndNewOnesAfterAChange) {
  const auto before = trust_.Credentials("PT");
  ASSERT_NE(before, nullptr);
  EXPECT_EQ(before->roots, portugal_.pem());
  EXPECT_EQ(before->certificate_chain, "own chain");
  EXPECT_EQ(trust_.Credentials("PT"), before);
  EXPECT_EQ(trust_.Credentials("DE"), nullptr);
  trust_.Replace(Parts(portugal_.Crl()));
  EXPECT_NE(trust_.Credentials("PT"), before);
}

}  // namespace
}  // namespace tracegate
