// Revoked certificates: what a State's CRLs keep out, and how long a late or missing CRL is put up with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/identity/caller_verifier.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kOfficer[] = "spiffe://br.example/policia-federal/registry";

absl::Time At(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilSecond(year, month, day), absl::UTCTimeZone());
}

// A root, an issuing CA in the bundle, and an officer under it.
class RevocationTest : public testing::Test {
 protected:
  absl::StatusOr<std::shared_ptr<const TrustBundles>> Load(const std::string& crl) {
    return TrustBundles::Load({{"BR", "br.example", root_.pem() + issuing_.pem(),
                                RevocationSource{crl, grace_, loaded_at_}}});
  }

  absl::StatusOr<Caller> Verify(const std::string& crl) { return Verify(crl, officer_); }

  absl::StatusOr<Caller> Verify(const std::string& crl, const Minted& leaf,
                                const std::string& chain = "") {
    auto bundles = Load(crl);
    if (!bundles.ok()) return bundles.status();
    return CallerVerifier(*bundles, CallerVerifierOptions{}).Verify(leaf.pem(), chain, now_);
  }

  v1::Reason ReasonOf(const std::string& crl) {
    const auto answer = Verify(crl);
    return answer.ok() ? v1::REASON_UNSPECIFIED : DetailOf(answer.status()).reason();
  }

  std::string RefusalOf(const std::string& crl) {
    const auto bundles = Load(crl);
    if (bundles.ok()) return "accepted";
    EXPECT_EQ(DetailOf(bundles.status()).reason(), v1::REASON_CONFIG_INVALID);
    EXPECT_EQ(DetailOf(bundles.status()).violations(0).field(), "trust_bundles[BR].crl");
    return std::string(bundles.status().message());
  }

  const Minted root_ = Minted::Root("BR");
  const Minted issuing_ = root_.Intermediate("BR issuing");
  const Minted officer_ = issuing_.Leaf(kOfficer);
  absl::Duration grace_;
  absl::Time loaded_at_ = At(2026);
  absl::Time now_ = At(2026);
};

TEST_F(RevocationTest, AcceptsWhereEveryCaHasACurrentCrlAndSaysSo) {
  const auto caller = Verify(root_.Crl() + issuing_.Crl());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->revocation, RevocationStanding::kCurrent);
  EXPECT_EQ(caller->revocation_until, At(2049, 12, 31));
}

TEST_F(RevocationTest, IsNotCheckedOnlyWhereTheOperatorSaidSo) {
  const auto bundles =
      TrustBundles::Load({{"BR", "br.example", root_.pem() + issuing_.pem(), std::nullopt}});
  const auto caller =
      CallerVerifier(*bundles, CallerVerifierOptions{}).Verify(officer_.pem(), "", now_);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->revocation, RevocationStanding::kNotChecked);
  EXPECT_EQ(caller->revocation_until, absl::InfiniteFuture());
}

TEST_F(RevocationTest, RefusesARevokedLeafAndNoOther) {
  const Minted colleague = issuing_.Leaf(kOfficer);
  const std::string crls = root_.Crl() + issuing_.Crl({.revoked = {officer_}});
  const auto refused = Verify(crls);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_CERTIFICATE_REVOKED);
  EXPECT_THAT(std::string(refused.status().message()),
              AllOf(HasSubstr(kOfficer), HasSubstr("by 'BR issuing'"), HasSubstr("2000-01-01")));
  EXPECT_TRUE(Verify(crls, colleague).ok());
}

TEST_F(RevocationTest, RefusesEverybodyBelowARevokedIntermediate) {
  EXPECT_EQ(ReasonOf(root_.Crl({.revoked = {issuing_}}) + issuing_.Crl()),
            v1::REASON_CERTIFICATE_REVOKED);
}

TEST_F(RevocationTest, RevokesForWhateverReason) {
  for (int reason : {0, 1, 2, 3, 4, 5, 6, 9, 10}) {
    EXPECT_EQ(ReasonOf(root_.Crl() + issuing_.Crl({.revoked = {officer_}, .reason = reason})),
              v1::REASON_CERTIFICATE_REVOKED)
        << reason;
  }
}

TEST_F(RevocationTest, NeedsACrlOfEveryCaInThePath) {
  EXPECT_EQ(ReasonOf(root_.Crl()), v1::REASON_REVOCATION_UNKNOWN);
  EXPECT_EQ(ReasonOf(issuing_.Crl()), v1::REASON_REVOCATION_UNKNOWN);
  const auto refused = Verify(root_.Crl());
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("no CRL of 'BR issuing'"));
}

TEST_F(RevocationTest, CoversAnIntermediateThatOnlyThePeerSent) {
  const Minted other = root_.Intermediate("BR other issuing");
  const Minted leaf = other.Leaf(kOfficer);
  EXPECT_TRUE(Verify(root_.Crl() + other.Crl(), leaf, other.pem()).ok());
  EXPECT_FALSE(Verify(root_.Crl() + other.Crl({.revoked = {leaf}}), leaf, other.pem()).ok());
}

TEST_F(RevocationTest, ACrlCountsUntilJustBeforeItsNextUpdate) {
  const std::string crls = root_.Crl() + issuing_.Crl({.next_update = At(2026, 2)});
  now_ = At(2026, 2) - absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(crls), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Verify(crls)->revocation_until, At(2026, 2));
  now_ = At(2026, 2);
  EXPECT_EQ(ReasonOf(crls), v1::REASON_REVOCATION_UNKNOWN);
}

TEST_F(RevocationTest, RefusesACrlBeforeItsTime) {
  EXPECT_EQ(ReasonOf(root_.Crl() + issuing_.Crl({.this_update = At(2026, 2)})),
            v1::REASON_REVOCATION_UNKNOWN);
}

TEST_F(RevocationTest, PutsUpWithAStaleCrlForTheGraceAndSaysSo) {
  grace_ = absl::Hours(24);
  const std::string crls = root_.Crl() + issuing_.Crl({.next_update = At(2026, 2)});
  now_ = At(2026, 2);
  const auto caller = Verify(crls);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->revocation, RevocationStanding::kStaleInGrace);
  EXPECT_EQ(caller->revocation_until, At(2026, 2, 2));
  now_ = At(2026, 2, 2) - absl::Milliseconds(1);
  EXPECT_TRUE(Verify(crls).ok());
  now_ = At(2026, 2, 2);
  EXPECT_EQ(ReasonOf(crls), v1::REASON_REVOCATION_UNKNOWN);
}

TEST_F(RevocationTest, AStaleCrlStillRevokesInItsGrace) {
  grace_ = absl::Hours(24);
  now_ = At(2026, 2);
  EXPECT_EQ(
      ReasonOf(root_.Crl() + issuing_.Crl({.revoked = {officer_}, .next_update = At(2026, 2)})),
      v1::REASON_CERTIFICATE_REVOKED);
}

TEST_F(RevocationTest, PutsUpWithAMissingCrlUntilTheGraceSinceLoadingIsOver) {
  grace_ = absl::Hours(24);
  now_ = loaded_at_ + grace_ - absl::Milliseconds(1);
  const auto caller = Verify(root_.Crl());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->revocation, RevocationStanding::kMissingInGrace);
  EXPECT_EQ(caller->revocation_until, loaded_at_ + grace_);
  now_ = loaded_at_ + grace_;
  EXPECT_EQ(ReasonOf(root_.Crl()), v1::REASON_REVOCATION_UNKNOWN);
}

TEST_F(RevocationTest, TheNewestCrlOfACaDecides) {
  const std::string old_one = issuing_.Crl({.next_update = At(2026, 6)});
  const std::string new_one = issuing_.Crl({.revoked = {officer_}, .this_update = At(2025)});
  EXPECT_EQ(ReasonOf(root_.Crl() + old_one + new_one), v1::REASON_CERTIFICATE_REVOKED);
  EXPECT_EQ(ReasonOf(root_.Crl() + new_one + old_one), v1::REASON_CERTIFICATE_REVOKED);
}

TEST_F(RevocationTest, TheCacheEndsWithTheCrl) {
  auto bundles = Load(root_.Crl() + issuing_.Crl({.next_update = now_ + absl::Minutes(2)}));
  ASSERT_TRUE(bundles.ok()) << bundles.status();
  const CallerVerifier verifier(*bundles, CallerVerifierOptions{});
  ASSERT_TRUE(verifier.Verify(officer_.pem(), "", now_).ok());
  EXPECT_EQ(verifier.cached(), 1u);
  EXPECT_TRUE(verifier.Verify(officer_.pem(), "", now_ + absl::Seconds(119)).ok());
  EXPECT_FALSE(verifier.Verify(officer_.pem(), "", now_ + absl::Minutes(2)).ok());
}

TEST_F(RevocationTest, TheCacheEndsWithTheGraceAndShowsItBeginning) {
  grace_ = absl::Minutes(1);
  auto bundles = Load(root_.Crl() + issuing_.Crl({.next_update = now_ + absl::Minutes(2)}));
  ASSERT_TRUE(bundles.ok()) << bundles.status();
  const CallerVerifier verifier(*bundles, CallerVerifierOptions{});
  const auto standing = [&](absl::Duration later) {
    return verifier.Verify(officer_.pem(), "", now_ + later)->revocation;
  };
  EXPECT_EQ(standing(absl::ZeroDuration()), RevocationStanding::kCurrent);
  EXPECT_EQ(standing(absl::Minutes(2)), RevocationStanding::kStaleInGrace);
  EXPECT_FALSE(verifier.Verify(officer_.pem(), "", now_ + absl::Minutes(3)).ok());
}

TEST_F(RevocationTest, RefusesACrlSignedWithAnotherKeyWhenItIsLoaded) {
  EXPECT_THAT(RefusalOf(root_.Crl() + issuing_.CrlSignedBy(root_)),
              HasSubstr("is not signed by the CA"));
}

TEST_F(RevocationTest, RefusesACrlSignedWithAnotherKeyOfACaThatThePeerSent) {
  const Minted other = root_.Intermediate("BR other issuing");
  const auto refused =
      Verify(root_.Crl() + other.CrlSignedBy(root_), other.Leaf(kOfficer), other.pem());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_REVOCATION_UNKNOWN);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("cannot be used"));
}

TEST_F(RevocationTest, RefusesACrlOfACaThatMayNotSignAny) {
  Mint mint = CaMint("BR careless");
  mint.key_usage = "critical,keyCertSign";
  const Minted careless = root_.Issue(mint);
  const auto refused =
      Verify(root_.Crl() + careless.Crl(), careless.Leaf(kOfficer), careless.pem());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_REVOCATION_UNKNOWN);
}

TEST_F(RevocationTest, OneStatesCrlsDoNotCoverAnother) {
  const Minted pt_root = Minted::Root("PT");
  const auto bundles = TrustBundles::Load(
      {{"BR", "br.example", root_.pem(), RevocationSource{root_.Crl(), grace_, loaded_at_}},
       {"PT", "pt.example", pt_root.pem(), RevocationSource{root_.Crl(), grace_, loaded_at_}}});
  ASSERT_TRUE(bundles.ok()) << bundles.status();
  const CallerVerifier verifier(*bundles, CallerVerifierOptions{});
  EXPECT_TRUE(verifier.Verify(root_.Leaf(kOfficer).pem(), "", now_).ok());
  EXPECT_FALSE(verifier.Verify(pt_root.Leaf("spiffe://pt.example/psp/peer").pem(), "", now_).ok());
}

TEST_F(RevocationTest, ReadsOneCrlInDer) {
  EXPECT_TRUE(Verify(root_.Crl({.der = true}), root_.Leaf(kOfficer)).ok());
  EXPECT_THAT(RefusalOf(root_.Crl({.der = true}) + "x"), HasSubstr("no X.509 CRL"));
}

TEST_F(RevocationTest, RefusesAFileThatHoldsNoSoundCrl) {
  EXPECT_THAT(RefusalOf(""), HasSubstr("no X.509 CRL"));
  EXPECT_THAT(RefusalOf("not a CRL\n"), HasSubstr("no X.509 CRL"));
  EXPECT_THAT(RefusalOf(root_.pem()), HasSubstr("'CERTIFICATE' block"));
  EXPECT_THAT(RefusalOf(root_.Crl() + root_.key_pem()), HasSubstr("'PRIVATE KEY' block"));
  EXPECT_THAT(RefusalOf(root_.Crl().substr(0, 200)), HasSubstr("broken PEM block"));
  EXPECT_THAT(RefusalOf("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"),
              HasSubstr("no X.509 CRL"));
  EXPECT_EQ(RefusalOf("# root\n" + root_.Crl() + "# issuing\n" + issuing_.Crl()), "accepted");
}

TEST_F(RevocationTest, RefusesCrlsOfAnotherKind) {
  EXPECT_THAT(RefusalOf(root_.Crl({.is_delta = true})), HasSubstr("delta CRL"));
  EXPECT_THAT(RefusalOf(root_.Crl({.is_indirect = true})), HasSubstr("is indirect"));
  EXPECT_THAT(RefusalOf(root_.Crl({.next_update = std::nullopt})), HasSubstr("no nextUpdate"));
  EXPECT_THAT(RefusalOf(root_.Crl({.has_number = false})), HasSubstr("no CRL number"));
  EXPECT_THAT(RefusalOf(root_.Crl({.digest = "SHA1"})), HasSubstr("too weak a digest"));
  EXPECT_THAT(RefusalOf(root_.Crl({.unknown_critical_extension = true})),
              HasSubstr("critical extension"));
  EXPECT_THAT(
      RefusalOf(root_.Crl({.revoked = {issuing_}, .unknown_critical_entry_extension = true})),
      HasSubstr("entry with a critical extension"));
  EXPECT_THAT(RefusalOf(root_.Crl({.revoked = {issuing_}, .reason = 8})),
              HasSubstr("removeFromCRL"));
}

TEST_F(RevocationTest, RefusesCrlsOverTheirBounds) {
  EXPECT_THAT(RefusalOf(root_.Crl() + std::string(4 << 20, '#')), HasSubstr("larger than 4194304"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += root_.Crl();
  EXPECT_THAT(RefusalOf(many), HasSubstr("more than 64"));
  EXPECT_EQ(RefusalOf(many.substr(root_.Crl().size())), "accepted");
}

TEST_F(RevocationTest, RefusesANegativeGrace) {
  grace_ = -absl::Seconds(1);
  const auto bundles = Load(root_.Crl());
  ASSERT_FALSE(bundles.ok());
  EXPECT_EQ(DetailOf(bundles.status()).violations(0).field(), "trust_bundles[BR].crl_grace");
}

TEST_F(RevocationTest, NeverAcceptsACrlWithOneByteOfItsBodyChanged) {
  const std::string good = root_.Crl({.revoked = {officer_}, .der = true});
  const std::string issuing_crl = issuing_.Crl();
  for (size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    // A name that changed makes it another CA's CRL, which is no error in itself; it covers nobody of ours.
    const auto answer = Verify(bad, root_.Leaf(kOfficer));
    EXPECT_FALSE(answer.ok()) << "byte " << at;
  }
}

}  // namespace
}  // namespace tracegate
