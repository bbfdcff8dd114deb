#include "gateway/identity/caller_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr char kOfficer[] = "spiffe://br.example/policia-federal/registry";

absl::Time At(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilSecond(year, month, day), absl::UTCTimeZone());
}

MATCHER_P(RefusedFor, reason, "is refused for " + ReasonName(reason)) {
  if (arg.ok()) {
    *result_listener << "was accepted";
    return false;
  }
  *result_listener << arg.status();
  return DetailOf(arg.status()).reason() == reason;
}

// Two States, each with a root and an issuing CA. PT's bundle holds its issuing CA; BR's does not.
class CallerVerifierTest : public testing::Test {
 protected:
  CallerVerifierTest()
      : bundles_(*TrustBundles::Load(
            {{"BR", "br.example", br_root_.pem(), std::nullopt},
             {"PT", "pt.example", pt_root_.pem() + pt_issuing_.pem(), std::nullopt}})),
        verifier_(bundles_, CallerVerifierOptions{}) {}

  absl::StatusOr<Caller> Verify(const Minted& leaf, const std::string& chain = "") {
    return verifier_.Verify(leaf.pem(), chain, now_);
  }

  absl::StatusOr<Caller> VerifyMint(const Mint& mint) { return Verify(br_root_.Issue(mint)); }

  const Minted br_root_ = Minted::Root("BR");
  const Minted br_issuing_ = br_root_.Intermediate("BR issuing");
  const Minted pt_root_ = Minted::Root("PT");
  const Minted pt_issuing_ = pt_root_.Intermediate("PT issuing");
  absl::Time now_ = At(2026);
  std::shared_ptr<const TrustBundles> bundles_;
  CallerVerifier verifier_;
};

TEST_F(CallerVerifierTest, TellsTheCallerOfALeafIssuedByTheRoot) {
  const auto caller = Verify(br_root_.Leaf(kOfficer));
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->state, "BR");
  EXPECT_EQ(caller->agency, "policia-federal");
  EXPECT_EQ(caller->role, Role::kRegistry);
  EXPECT_EQ(caller->spiffe_id, kOfficer);
  EXPECT_THAT(caller->certificate_fingerprint, MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(caller->certificate_fingerprint.size(), 64u);
  EXPECT_EQ(caller->not_after, At(2049, 12, 31));
}

TEST_F(CallerVerifierTest, AcceptsEd25519AndRsa2048) {
  for (KeyType type : {KeyType::kEd25519, KeyType::kRsa2048}) {
    Mint mint = LeafMint(kOfficer);
    mint.key_type = type;
    EXPECT_TRUE(VerifyMint(mint).ok());
  }
}

TEST_F(CallerVerifierTest, FindsThePathThroughAnIntermediateThePeerSent) {
  EXPECT_TRUE(Verify(br_issuing_.Leaf(kOfficer), br_issuing_.pem()).ok());
  EXPECT_THAT(Verify(br_issuing_.Leaf(kOfficer)), RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, FindsThePathThroughTheBundleWhenThePeerSentNone) {
  const auto caller = Verify(pt_issuing_.Leaf("spiffe://pt.example/psp/peer"));
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->state, "PT");
  EXPECT_EQ(caller->role, Role::kPeer);
}

TEST_F(CallerVerifierTest, KnowsTheCallerOfAResumedSessionFromItsFirstHandshake) {
  const Minted leaf = br_issuing_.Leaf(kOfficer);
  ASSERT_TRUE(Verify(leaf, br_issuing_.pem()).ok());
  EXPECT_TRUE(Verify(leaf, "").ok());
}

TEST_F(CallerVerifierTest, RefusesOneStatesCaNamingAnotherStateThoughBothAreTrusted) {
  EXPECT_THAT(Verify(pt_root_.Leaf(kOfficer)), RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
  EXPECT_THAT(Verify(pt_issuing_.Leaf(kOfficer), pt_issuing_.pem() + pt_root_.pem()),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
  EXPECT_THAT(Verify(br_root_.Leaf("spiffe://pt.example/psp/peer")),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesARootThatOnlyLooksLikeTheStates) {
  const Minted impostor = Minted::Root("BR");
  EXPECT_THAT(Verify(impostor.Leaf(kOfficer), impostor.pem()),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesALeafThatVouchesForItself) {
  EXPECT_THAT(Verify(Minted::SelfSigned(LeafMint(kOfficer))),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesAnIssuerThatIsNoCa) {
  const Minted officer = br_root_.Leaf(kOfficer);
  EXPECT_THAT(Verify(officer.Leaf("spiffe://br.example/pf/admin"), officer.pem()),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesATrustDomainOfNoState) {
  EXPECT_THAT(Verify(br_root_.Leaf("spiffe://xx.example/pf/registry")),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesAPathLongerThanItsBound) {
  CallerVerifierOptions options;
  options.intermediates_max = 1;
  const CallerVerifier shallow(bundles_, options);
  const Minted second = br_issuing_.Intermediate("BR second");
  const std::string chain = second.pem() + br_issuing_.pem();
  EXPECT_TRUE(shallow.Verify(br_issuing_.Leaf(kOfficer).pem(), chain, now_).ok());
  EXPECT_THAT(shallow.Verify(second.Leaf(kOfficer).pem(), chain, now_),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, RefusesANameOutsideTheIssuersConstraint) {
  Mint constrained = CaMint("BR constrained");
  constrained.name_constraints = "critical,permitted;URI:br.example";
  const Minted inside = br_root_.Issue(constrained);
  EXPECT_TRUE(Verify(inside.Leaf(kOfficer), inside.pem()).ok());
  constrained.name_constraints = "critical,permitted;URI:other.example";
  const Minted outside = br_root_.Issue(constrained);
  EXPECT_THAT(Verify(outside.Leaf(kOfficer), outside.pem()),
              RefusedFor(v1::REASON_CERTIFICATE_UNTRUSTED));
}

TEST_F(CallerVerifierTest, HoldsFromTheFirstSecondUntilJustBeforeTheLast) {
  Mint mint = LeafMint(kOfficer);
  mint.not_before = At(2026, 2);
  mint.not_after = At(2026, 3);
  const Minted leaf = br_root_.Issue(mint);
  const auto at = [&](absl::Time now) { return verifier_.Verify(leaf.pem(), "", now); };
  EXPECT_THAT(at(At(2026, 2) - absl::Seconds(1)), RefusedFor(v1::REASON_CERTIFICATE_EXPIRED));
  EXPECT_TRUE(at(At(2026, 2)).ok());
  EXPECT_TRUE(at(At(2026, 3) - absl::Milliseconds(1)).ok());
  EXPECT_THAT(at(At(2026, 3)), RefusedFor(v1::REASON_CERTIFICATE_EXPIRED));
}

TEST_F(CallerVerifierTest, RefusesAnExpiredIntermediateAndNamesIt) {
  Mint mint = CaMint("BR old issuing");
  mint.not_after = At(2025);
  const Minted expired = br_root_.Issue(mint);
  const auto refused = Verify(expired.Leaf(kOfficer), expired.pem());
  EXPECT_THAT(refused, RefusedFor(v1::REASON_CERTIFICATE_EXPIRED));
  EXPECT_THAT(std::string(refused.status().message()),
              AllOf(HasSubstr("'BR old issuing'"), HasSubstr("2025-01-01T00:00:00Z")));
}

TEST_F(CallerVerifierTest, ProofEndsWithTheFirstCertificateOfThePath) {
  Mint mint = CaMint("BR short issuing");
  mint.not_after = At(2026, 6);
  const Minted issuing = br_root_.Issue(mint);
  const auto caller = Verify(issuing.Leaf(kOfficer), issuing.pem());
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->not_after, At(2026, 6));
}

TEST_F(CallerVerifierTest, RefusesNoCertificate) {
  EXPECT_THAT(verifier_.Verify("", "", now_), RefusedFor(v1::REASON_CERTIFICATE_MISSING));
  EXPECT_THAT(verifier_.Verify("", br_root_.Leaf(kOfficer).pem(), now_),
              RefusedFor(v1::REASON_CERTIFICATE_MISSING));
}

TEST_F(CallerVerifierTest, RefusesAnythingButExactlyOneUri) {
  Mint mint = LeafMint(kOfficer, {"localhost"});
  EXPECT_TRUE(VerifyMint(mint).ok());
  mint.uris = {};
  EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  mint.uris = {kOfficer, "https://br.example/about"};
  EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  mint.uris = {kOfficer, kOfficer};
  EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
}

TEST_F(CallerVerifierTest, RefusesAUriThatIsNoSpiffeIdOfOurs) {
  for (const std::string& uri :
       {std::string("https://br.example/pf/registry"), std::string("spiffe://br.example/pf"),
        std::string("spiffe://br.example/pf/emperor"),
        std::string("spiffe://br.example\0.evil/pf/registry", 37)}) {
    EXPECT_THAT(VerifyMint(LeafMint(uri)), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  }
}

TEST_F(CallerVerifierTest, RefusesACertificateNotMeantForClients) {
  for (const char* usage : {"serverAuth", "anyExtendedKeyUsage", "codeSigning", ""}) {
    Mint mint = LeafMint(kOfficer);
    mint.extended_key_usage = usage;
    EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE)) << usage;
  }
}

TEST_F(CallerVerifierTest, RefusesAKeyThatMayNotSignOrMaySignCertificates) {
  for (const char* usage : {"critical,keyEncipherment", "", "critical,digitalSignature,keyCertSign",
                            "critical,digitalSignature,cRLSign"}) {
    Mint mint = LeafMint(kOfficer);
    mint.key_usage = usage;
    EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE)) << usage;
  }
}

TEST_F(CallerVerifierTest, RefusesACaAsCaller) {
  Mint mint = CaMint("BR CA with a name");
  mint.uris = {kOfficer};
  mint.key_usage = "critical,digitalSignature,keyCertSign";
  mint.extended_key_usage = "clientAuth";
  EXPECT_THAT(VerifyMint(mint), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
}

TEST_F(CallerVerifierTest, RefusesKeysUnder112BitsAnywhereInThePath) {
  Mint leaf = LeafMint(kOfficer);
  leaf.key_type = KeyType::kRsa1024;
  EXPECT_THAT(VerifyMint(leaf), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  Mint issuing = CaMint("BR weak issuing");
  issuing.key_type = KeyType::kRsa1024;
  const Minted weak = br_root_.Issue(issuing);
  EXPECT_THAT(Verify(weak.Leaf(kOfficer), weak.pem()),
              RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
}

TEST_F(CallerVerifierTest, RefusesDamagedPem) {
  const std::string good = br_root_.Leaf(kOfficer).pem();
  for (const std::string& bad : {std::string("garbage"), good.substr(0, good.size() / 2),
                                 good + good, good + br_root_.key_pem(), br_root_.key_pem()}) {
    EXPECT_THAT(verifier_.Verify(bad, "", now_), RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  }
  EXPECT_THAT(verifier_.Verify(good, good.substr(0, good.size() / 2), now_),
              RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
  EXPECT_THAT(verifier_.Verify(good + std::string(64 << 10, ' '), "", now_),
              RefusedFor(v1::REASON_CERTIFICATE_UNSUITABLE));
}

TEST_F(CallerVerifierTest, NeverAcceptsALeafWithOneByteOfItsBodyChanged) {
  const std::string good = br_root_.Leaf(kOfficer).pem();
  const size_t begin = good.find('\n') + 1;
  const size_t end = good.find("-----END") - 1;
  for (size_t at = begin; at < end; ++at) {
    std::string bad = good;
    if (bad[at] == '\n') continue;
    bad[at] = bad[at] == 'A' ? 'B' : 'A';
    const auto answer = verifier_.Verify(bad, "", now_);
    // The last base64 digits may hold bits that decode to nothing.
    if (at + 4 < end) {
      EXPECT_FALSE(answer.ok()) << "byte " << at;
    }
  }
}

TEST_F(CallerVerifierTest, MessagesNameTheCertificateInBoundedPrintableAscii) {
  Mint mint = LeafMint(kOfficer);
  mint.common_name = "Jo\xc3\xa3o\n\x1b[31m";
  mint.not_after = At(2025);
  const auto refused = VerifyMint(mint);
  EXPECT_THAT(std::string(refused.status().message()),
              AllOf(HasSubstr("'Jo??o??[31m'"), HasSubstr(kOfficer)));
  mint.uris = {"spiffe://br.example/" + std::string(30000, '\x01') + "/registry"};
  EXPECT_LT(VerifyMint(mint).status().message().size(), 600u);
  EXPECT_THAT(std::string(VerifyMint(mint).status().message()), Not(HasSubstr("\x01")));
}

class CallerCacheTest : public CallerVerifierTest {
 protected:
  // Proves the cache answered: without it, this leaf and no chain have no path.
  bool IsCached(const CallerVerifier& verifier, const Minted& leaf, absl::Time now) {
    return verifier.Verify(leaf.pem(), "", now).ok();
  }
};

TEST_F(CallerCacheTest, KeepsTheAnswerForItsTimeAndNoLonger) {
  const Minted leaf = br_issuing_.Leaf(kOfficer);
  CallerVerifierOptions options;
  options.cache_ttl = absl::Minutes(5);
  const CallerVerifier verifier(bundles_, options);
  ASSERT_TRUE(verifier.Verify(leaf.pem(), br_issuing_.pem(), now_).ok());
  EXPECT_TRUE(IsCached(verifier, leaf, now_ + absl::Minutes(5) - absl::Nanoseconds(1)));
  EXPECT_FALSE(IsCached(verifier, leaf, now_ + absl::Minutes(5)));
}

TEST_F(CallerCacheTest, NeverOutlivesTheCertificateNorPrecedesIt) {
  Mint mint = LeafMint(kOfficer);
  mint.not_before = now_;
  mint.not_after = now_ + absl::Minutes(2);
  const Minted leaf = br_issuing_.Issue(mint);
  ASSERT_TRUE(verifier_.Verify(leaf.pem(), br_issuing_.pem(), now_).ok());
  EXPECT_TRUE(IsCached(verifier_, leaf, now_ + absl::Minutes(2) - absl::Seconds(1)));
  EXPECT_THAT(verifier_.Verify(leaf.pem(), br_issuing_.pem(), now_ + absl::Minutes(2)),
              RefusedFor(v1::REASON_CERTIFICATE_EXPIRED));
  EXPECT_THAT(verifier_.Verify(leaf.pem(), br_issuing_.pem(), now_ - absl::Seconds(1)),
              RefusedFor(v1::REASON_CERTIFICATE_EXPIRED));
}

TEST_F(CallerCacheTest, IsBoundedAndGivesUpTheOldest) {
  CallerVerifierOptions options;
  options.cache_entries_max = 2;
  const CallerVerifier verifier(bundles_, options);
  const Minted first = br_issuing_.Leaf(kOfficer);
  const Minted second = br_issuing_.Leaf(kOfficer);
  const Minted third = br_issuing_.Leaf(kOfficer);
  for (const Minted& leaf : {first, second, third}) {
    ASSERT_TRUE(verifier.Verify(leaf.pem(), br_issuing_.pem(), now_).ok());
  }
  EXPECT_EQ(verifier.cached(), 2u);
  EXPECT_FALSE(IsCached(verifier, first, now_));
  EXPECT_TRUE(IsCached(verifier, second, now_));
  EXPECT_TRUE(IsCached(verifier, third, now_));
}

TEST_F(CallerCacheTest, CanBeTurnedOff) {
  CallerVerifierOptions options;
  options.cache_entries_max = 0;
  const CallerVerifier verifier(bundles_, options);
  const Minted leaf = br_issuing_.Leaf(kOfficer);
  ASSERT_TRUE(verifier.Verify(leaf.pem(), br_issuing_.pem(), now_).ok());
  EXPECT_EQ(verifier.cached(), 0u);
  EXPECT_FALSE(IsCached(verifier, leaf, now_));
}

TEST_F(CallerCacheTest, DoesNotKeepFailures) {
  const Minted leaf = br_issuing_.Leaf(kOfficer);
  EXPECT_FALSE(verifier_.Verify(leaf.pem(), "", now_).ok());
  EXPECT_EQ(verifier_.cached(), 0u);
  EXPECT_TRUE(verifier_.Verify(leaf.pem(), br_issuing_.pem(), now_).ok());
}

TEST_F(CallerCacheTest, ServesManyThreadsWhileEntriesComeAndGo) {
  CallerVerifierOptions options;
  options.cache_entries_max = 2;
  const CallerVerifier verifier(bundles_, options);
  std::vector<Minted> leaves;
  for (int i = 0; i < 4; ++i) leaves.push_back(br_root_.Leaf(kOfficer));
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < 200; ++i) {
        EXPECT_TRUE(verifier.Verify(leaves[(t + i) % leaves.size()].pem(), "", now_).ok());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(verifier.cached(), 2u);
}

}  // namespace
}  // namespace tracegate
