#include "gateway/daemon/trust_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;

const absl::Time kFirst = absl::FromUnixSeconds(1'800'000'000);
const absl::Time kLater = kFirst + absl::Hours(1);

class TrustFilesTest : public testing::Test {
 protected:
  TrustFilesTest() {
    auto* trust = identity_.add_trust();
    trust->set_state("BR");
    trust->set_trust_domain("br.example");
    trust->set_bundle(Write("br.pem", root_.pem()));
    trust->set_crl(Write("br.crl.pem", root_.Crl()));
    trust->mutable_crl_grace()->set_seconds(60);
  }
  std::string Write(const std::string& name, const std::string& text) {
    const std::string file = folder_.File(name);
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::vector<TrustBundleSource> Read(absl::Time now) {
    auto sources = ReadTrustFiles(identity_, places_, now);
    EXPECT_TRUE(sources.ok()) << sources.status();
    return *std::move(sources);
  }

  // Why the files cannot be read or loaded.
  std::string Refusal() {
    const auto sources = ReadTrustFiles(identity_, places_, kFirst);
    const auto status = sources.ok() ? LoadTrust(*sources, places_).status() : sources.status();
    return std::string(status.message());
  }

  // Of its own: tests run beside each other.
  const TempFolder folder_;
  const Minted root_ = Minted::Root("BR");
  const YamlPlaces places_{"gateway.yaml"};
  config::v1::Identity identity_;
};

TEST_F(TrustFilesTest, ReadsBundleCrlAndGrace) {
  const auto sources = Read(kFirst);
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_EQ(sources[0].pem, root_.pem());
  ASSERT_TRUE(sources[0].revocation);
  EXPECT_EQ(sources[0].revocation->grace, absl::Minutes(1));
  EXPECT_EQ(sources[0].revocation->loaded_at, kFirst);
  EXPECT_TRUE(LoadTrust(sources, places_).ok());
}

TEST_F(TrustFilesTest, ChecksNothingWhereTheConfigurationSaysSo) {
  identity_.mutable_trust(0)->set_no_revocation(true);
  EXPECT_FALSE(Read(kFirst)[0].revocation);
}

TEST_F(TrustFilesTest, NamesTheFileThatIsMissingOrUnsound) {
  Write("br.crl.pem", root_.Crl({.is_delta = true}));
  EXPECT_THAT(Refusal(), HasSubstr("trust_bundles[BR].crl"));
  Write("br.crl.pem", "");
  EXPECT_THAT(Refusal(), HasSubstr("no X.509 CRL"));
  identity_.mutable_trust(0)->set_crl(folder_.File("nothing"));
  EXPECT_THAT(Refusal(), HasSubstr("identity.trust[0].crl"));
}

TEST_F(TrustFilesTest, KeepsWhenTheSameCrlsWereFirstRead) {
  const auto former = Read(kFirst);
  auto again = Read(kLater);
  KeepLoadedAt(former, &again);
  EXPECT_EQ(again[0].revocation->loaded_at, kFirst);
  Write("br.crl.pem", root_.Crl() + "# another\n");
  again = Read(kLater);
  KeepLoadedAt(former, &again);
  EXPECT_EQ(again[0].revocation->loaded_at, kLater);
}

}  // namespace
}  // namespace tracegate
