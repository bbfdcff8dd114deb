#include "gateway/identity/issuance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/certificate_report.h"
#include "gateway/identity/key_pair.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kDesk[] = "spiffe://br.example/registry-office/desk";

// Made with `openssl req -new`: a P-256 key, subject CN=somebody else, and no alternative names.
constexpr char kRequest[] = R"(-----BEGIN CERTIFICATE REQUEST-----
MIHSMHoCAQAwGDEWMBQGA1UEAwwNc29tZWJvZHkgZWxzZTBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABG9EBxXTejyDRoTNGufXFOYAL5Ok5fT9YVzz78SKAa0APk7w
WC+qBAS0axO063SLSWDLUnGDtHsrTz/kXxrJGLmgADAKBggqhkjOPQQDAgNIADBF
AiAW5T24wyGSMIDA50NL1twkniM9oSjJgnwEN3UZxNwKkQIhAPCSO5JnL7q7HfGA
jgouXXUlIT3Md51ZLOHM6qVX4tcd
-----END CERTIFICATE REQUEST-----
)";

absl::Time At(int year) {
  return absl::FromCivil(absl::CivilSecond(year, 1, 1), absl::UTCTimeZone());
}

class IssuanceTest : public testing::Test {
 protected:
  absl::StatusOr<IssuedCertificate> Issue() {
    return IssueCertificate({"ca.pem", "ca.key", ca_.pem(), ca_key_}, order_);
  }

  std::string RefusalOf() {
    const auto issued = Issue();
    if (issued.ok()) return "accepted";
    EXPECT_EQ(DetailOf(issued.status()).reason(), v1::REASON_CONFIG_INVALID);
    return std::string(issued.status().message());
  }

  Minted ca_ = Minted::Root("BR");
  std::string ca_key_ = ca_.key_pem();
  IssueOrder order_{kDesk, "Desk officer", {}, {}, At(2026), At(2027), ""};
};

TEST_F(IssuanceTest, MakesACallerWhomTheGatewayKnows) {
  const auto issued = Issue();
  ASSERT_TRUE(issued.ok()) << issued.status();
  const auto bundles = TrustBundles::Load({{"BR", "br.example", ca_.pem(), std::nullopt}});
  const CallerVerifier verifier(*bundles, CallerVerifierOptions{});
  const std::string leaf = issued->chain_pem.substr(0, issued->chain_pem.find("-----BEGIN", 1));
  const auto caller = verifier.Verify(leaf, "", At(2026));
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->spiffe_id, kDesk);
  EXPECT_EQ(caller->role, Role::kDesk);
  EXPECT_EQ(caller->not_after, At(2027));
  EXPECT_FALSE(verifier.Verify(leaf, "", At(2027)).ok());
}

TEST_F(IssuanceTest, MakesAPairThatServesOnlyWithAnAddress) {
  auto issued = Issue();
  const auto serves = [&] {
    return CheckKeyPair({"chain", "key", issued->chain_pem, issued->key_pem},
                        {.server = true, .client = true}, At(2026))
        .ok();
  };
  EXPECT_FALSE(serves());
  order_.dns_names = {"gateway.br.example"};
  order_.ip_addresses = {"127.0.0.1"};
  issued = Issue();
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_TRUE(serves());
}

TEST_F(IssuanceTest, IsWithoutProblemsByTheProfile) {
  const auto reports = InspectCertificates("chain", Issue()->chain_pem);
  ASSERT_TRUE(reports.ok()) << reports.status();
  ASSERT_EQ(reports->size(), 2u);
  EXPECT_THAT((*reports)[0].problems, IsEmpty());
  EXPECT_THAT((*reports)[0].extended_usages, ElementsAre("clientAuth"));
  EXPECT_EQ((*reports)[0].subject, "Desk officer");
}

TEST_F(IssuanceTest, SignsWithEd25519AndRsaToo) {
  for (const KeyType type : {KeyType::kEd25519, KeyType::kRsa2048}) {
    Mint mint = CaMint("BR root");
    mint.key_type = type;
    ca_ = Minted::SelfSigned(mint);
    ca_key_ = ca_.key_pem();
    EXPECT_EQ(RefusalOf(), "accepted");
  }
}

TEST_F(IssuanceTest, TakesOnlyTheKeyOfARequest) {
  order_.request_pem = kRequest;
  const auto issued = Issue();
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_THAT(issued->key_pem, IsEmpty());
  const auto reports = InspectCertificates("chain", issued->chain_pem);
  EXPECT_EQ((*reports)[0].subject, "Desk officer");
  EXPECT_THAT((*reports)[0].uris, ElementsAre(kDesk));
}

TEST_F(IssuanceTest, RefusesARequestThatItsKeyDidNotSign) {
  order_.request_pem = kRequest;
  // A letter in the signature, which is what the text ends with.
  const size_t at = order_.request_pem.rfind("\n-----END") - 12;
  order_.request_pem[at] = order_.request_pem[at] == 'A' ? 'B' : 'A';
  EXPECT_THAT(RefusalOf(), HasSubstr("request: is not signed with its own key"));
  order_.request_pem = "nothing";
  EXPECT_THAT(RefusalOf(), HasSubstr("no PEM certificate request"));
}

TEST_F(IssuanceTest, RefusesANameThatIsNoneOfOurs) {
  for (const char* name :
       {"", "spiffe://br.example/pf", "spiffe://br.example/pf/emperor", "spiffe://BR/pf/desk"}) {
    order_.spiffe_id = name;
    EXPECT_THAT(RefusalOf(), HasSubstr("spiffe_id")) << name;
  }
}

TEST_F(IssuanceTest, RefusesNamesThatX509CannotHold) {
  order_.common_name = std::string(65, 'n');
  EXPECT_THAT(RefusalOf(), HasSubstr("order"));
  order_.common_name = "n";
  order_.ip_addresses = {"not an address"};
  EXPECT_THAT(RefusalOf(), HasSubstr("order"));
}

TEST_F(IssuanceTest, RefusesToOutliveTheCaOrToEndBeforeItBegins) {
  order_.not_after = At(2051);
  EXPECT_THAT(RefusalOf(),
              HasSubstr("not_after: must not be after the end of certificate 'BR root'"));
  order_.not_after = order_.not_before;
  EXPECT_THAT(RefusalOf(), HasSubstr("not_after: must be after the beginning"));
}

TEST_F(IssuanceTest, RefusesACaThatIsNoneOrWhoseKeyThisIsNot) {
  ca_key_ = Minted::Root("BR").key_pem();
  EXPECT_THAT(RefusalOf(), HasSubstr("ca.key: is not the key of certificate 'BR root'"));
  ca_ = ca_.Leaf(kDesk);
  EXPECT_THAT(RefusalOf(), HasSubstr("is not a CA certificate"));
}

}  // namespace
}  // namespace tracegate
