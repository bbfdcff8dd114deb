#include "gateway/identity/key_pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kGateway[] = "spiffe://br.example/gateway/peer";

class KeyPairTest : public testing::Test {
 protected:
  static KeyPairSource Pair(const std::string& chain_pem, const std::string& key_pem) {
    return {"gateway.chain.pem", "gateway.key", chain_pem, key_pem};
  }

  // The refusal's words, which start with the file at fault; "accepted" if there is none.
  std::string Check(const std::string& chain_pem, const std::string& key_pem,
                    KeyPairUsages usages = {true, true}) {
    const auto summary = CheckKeyPair(Pair(chain_pem, key_pem), usages, now_);
    if (summary.ok()) return "accepted";
    EXPECT_EQ(DetailOf(summary.status()).reason(), v1::REASON_CONFIG_INVALID);
    return std::string(summary.status().message());
  }

  std::string CheckMint(const Mint& mint, KeyPairUsages usages = {true, true}) {
    const Minted leaf = issuing_.Issue(mint);
    return Check(leaf.pem() + issuing_.pem(), leaf.key_pem(), usages);
  }

  const absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 1, 1), absl::UTCTimeZone());
  const Minted root_ = Minted::Root("BR");
  const Minted issuing_ = root_.Intermediate("BR issuing");
  const Minted leaf_ = issuing_.Leaf(kGateway, {"localhost"});
  const std::string chain_ = leaf_.pem() + issuing_.pem();
};

TEST_F(KeyPairTest, SummarisesASoundPair) {
  Mint mint = LeafMint(kGateway);
  mint.not_after = now_ + absl::Hours(24);
  const Minted leaf = issuing_.Issue(mint);
  const auto summary =
      CheckKeyPair(Pair(leaf.pem() + issuing_.pem(), leaf.key_pem()), {true, true}, now_);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->spiffe_id, kGateway);
  EXPECT_EQ(summary->fingerprint.size(), 64u);
  EXPECT_EQ(summary->not_after, now_ + absl::Hours(24));
}

TEST_F(KeyPairTest, AcceptsEveryKindOfKey) {
  for (KeyType type : {KeyType::kP256, KeyType::kEd25519, KeyType::kRsa2048}) {
    Mint mint = LeafMint(kGateway);
    mint.key_type = type;
    EXPECT_EQ(CheckMint(mint), "accepted");
  }
}

TEST_F(KeyPairTest, BlamesTheKeyFileForAKeyOfAnotherCertificate) {
  EXPECT_EQ(Check(chain_, leaf_.key_pem()), "accepted");
  const std::string refusal = Check(chain_, issuing_.Leaf(kGateway).key_pem());
  EXPECT_THAT(refusal, StartsWith("gateway.key: is not the key of"));
  EXPECT_THAT(refusal, HasSubstr("gateway.chain.pem"));
  EXPECT_THAT(Check(chain_, issuing_.key_pem()), StartsWith("gateway.key: is not the key of"));
}

TEST_F(KeyPairTest, BlamesTheKeyFileForAKeyItCannotRead) {
  EXPECT_THAT(Check(chain_, ""), StartsWith("gateway.key: is empty"));
  EXPECT_THAT(Check(chain_, "garbage"), StartsWith("gateway.key: holds no unencrypted"));
  EXPECT_THAT(Check(chain_, leaf_.pem()), StartsWith("gateway.key: holds no unencrypted"));
  EXPECT_THAT(Check(chain_, leaf_.key_pem().substr(0, 80)),
              StartsWith("gateway.key: holds no unencrypted"));
  EXPECT_THAT(Check(chain_, leaf_.key_pem() + std::string(64 << 10, ' ')),
              StartsWith("gateway.key: is over"));
}

TEST_F(KeyPairTest, RefusesAnEncryptedKeyWithoutAskingForItsPassphrase) {
  EXPECT_THAT(Check(chain_,
                    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgAAAAAAAAAAAICCAAw\n"
                    "-----END ENCRYPTED PRIVATE KEY-----\n"),
              StartsWith("gateway.key: holds no unencrypted"));
}

TEST_F(KeyPairTest, BlamesTheChainFileForAChainItCannotRead) {
  EXPECT_THAT(Check("", leaf_.key_pem()), StartsWith("gateway.chain.pem: holds no PEM"));
  EXPECT_THAT(Check(chain_.substr(0, chain_.size() - 40), leaf_.key_pem()),
              StartsWith("gateway.chain.pem: holds a broken PEM"));
  EXPECT_THAT(Check(leaf_.key_pem(), chain_),
              StartsWith("gateway.chain.pem: holds a 'PRIVATE KEY'"));
}

TEST_F(KeyPairTest, RefusesAChainOutOfOrder) {
  EXPECT_EQ(Check(chain_ + root_.pem(), leaf_.key_pem()), "accepted");
  EXPECT_THAT(Check(leaf_.pem() + root_.pem() + issuing_.pem(), leaf_.key_pem()),
              StartsWith("gateway.chain.pem: certificate 'Leaf'"));
  EXPECT_THAT(Check(issuing_.pem() + leaf_.pem(), leaf_.key_pem()),
              HasSubstr("the leaf comes first"));
}

TEST_F(KeyPairTest, RefusesACertificateOfAnotherTime) {
  Mint mint = LeafMint(kGateway);
  mint.not_after = now_;
  EXPECT_THAT(CheckMint(mint), HasSubstr("ended at 2026-01-01T00:00:00Z"));
  mint.not_after = now_ + absl::Seconds(1);
  EXPECT_EQ(CheckMint(mint), "accepted");
  mint.not_before = now_ + absl::Seconds(1);
  EXPECT_THAT(CheckMint(mint), HasSubstr("is not valid before 2026-01-01T00:00:01Z"));
}

TEST_F(KeyPairTest, RefusesUsagesThatAreAskedForAndMissing) {
  Mint mint = LeafMint(kGateway);
  mint.extended_key_usage = "clientAuth";
  EXPECT_EQ(CheckMint(mint, {.server = false, .client = true}), "accepted");
  EXPECT_THAT(CheckMint(mint, {.server = true, .client = true}), HasSubstr("serverAuth"));
  mint.extended_key_usage = "serverAuth";
  EXPECT_EQ(CheckMint(mint, {.server = true, .client = false}), "accepted");
  EXPECT_THAT(CheckMint(mint, {.server = true, .client = true}), HasSubstr("clientAuth"));
}

TEST_F(KeyPairTest, NeedsASpiffeIdOnlyToBeAClient) {
  Mint mint;
  mint.dns_names = {"localhost"};
  EXPECT_EQ(CheckMint(mint, {.server = true, .client = false}), "accepted");
  EXPECT_THAT(CheckMint(mint, {.server = true, .client = true}),
              HasSubstr("no URI alternative name"));
  mint.uris = {"spiffe://br.example/gateway"};
  EXPECT_THAT(CheckMint(mint, {.server = true, .client = false}), HasSubstr("has no role"));
}

TEST_F(KeyPairTest, RefusesToServeWithACa) {
  EXPECT_THAT(Check(issuing_.pem(), issuing_.key_pem()), HasSubstr("is a CA certificate"));
}

}  // namespace
}  // namespace tracegate
