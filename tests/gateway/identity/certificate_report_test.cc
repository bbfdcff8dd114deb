#include "gateway/identity/certificate_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/identity/path_judgement.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/identity/minted_pki.h"

namespace tracegate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kOfficer[] = "spiffe://br.example/policia-federal/registry";

absl::Time At(int year) {
  return absl::FromCivil(absl::CivilSecond(year, 1, 1), absl::UTCTimeZone());
}

CertificateReport ReportOn(const Minted& minted) {
  const auto reports = InspectCertificates("file", minted.pem());
  EXPECT_TRUE(reports.ok()) << reports.status();
  return reports->front();
}

TEST(CertificateReportTest, SaysWhatTheGatewayReads) {
  const CertificateReport report = ReportOn(Minted::Root("BR").Leaf(kOfficer));
  EXPECT_EQ(report.subject, "Leaf");
  EXPECT_EQ(report.issuer, "BR root");
  EXPECT_THAT(report.uris, ElementsAre(kOfficer));
  ASSERT_TRUE(report.spiffe);
  EXPECT_EQ(report.spiffe->trust_domain, "br.example");
  EXPECT_EQ(report.spiffe->agency, "policia-federal");
  EXPECT_FALSE(report.is_ca);
  EXPECT_THAT(report.key_usages, ElementsAre("digitalSignature"));
  EXPECT_THAT(report.extended_usages, ElementsAre("serverAuth", "clientAuth"));
  EXPECT_EQ(report.not_before, At(2000));
  EXPECT_EQ(report.key, "EC P-256");
  EXPECT_EQ(report.signature, "ecdsa-with-SHA256");
  EXPECT_THAT(report.fingerprint, SizeIs(64));
  EXPECT_THAT(report.problems, IsEmpty());
}

TEST(CertificateReportTest, NamesTheKindOfKey) {
  Mint mint = LeafMint(kOfficer);
  mint.key_type = KeyType::kRsa2048;
  EXPECT_EQ(ReportOn(Minted::SelfSigned(mint)).key, "RSA 2048");
  mint.key_type = KeyType::kEd25519;
  EXPECT_EQ(ReportOn(Minted::SelfSigned(mint)).key, "ED25519");
}

TEST(CertificateReportTest, FindsWhatTheProfileHasAgainstALeaf) {
  const Minted root = Minted::Root("BR");
  Mint mint = LeafMint(kOfficer);
  mint.uris = {"https://br.example"};
  mint.extended_key_usage = "serverAuth";
  mint.key_type = KeyType::kRsa1024;
  mint.digest = "SHA1";
  EXPECT_THAT(ReportOn(root.Issue(mint)).problems,
              ElementsAre(HasSubstr("does not start spiffe://"), HasSubstr("clientAuth"),
                          HasSubstr("weak key"), HasSubstr("too weak a digest")));
}

TEST(CertificateReportTest, FindsWhatTheProfileHasAgainstACa) {
  EXPECT_THAT(ReportOn(Minted::Root("BR")).problems, IsEmpty());
  Mint mint = CaMint("BR root");
  mint.key_usage = "critical,keyCertSign";
  EXPECT_THAT(ReportOn(Minted::SelfSigned(mint)).problems, ElementsAre(HasSubstr("cRLSign")));
  mint.key_usage = "";
  EXPECT_THAT(ReportOn(Minted::SelfSigned(mint)).problems, ElementsAre(HasSubstr("no key usage")));
}

TEST(CertificateReportTest, ShowsHostileNamesInPrintableAscii) {
  Mint mint = LeafMint("spiffe://br.example/\x1b[2J/registry");
  mint.common_name = "a\nb\x1b[31m";
  const CertificateReport report = ReportOn(Minted::SelfSigned(mint));
  EXPECT_EQ(report.subject, "a?b?[31m");
  EXPECT_THAT(report.uris, ElementsAre("spiffe://br.example/?[2J/registry"));
  EXPECT_FALSE(report.spiffe);
}

TEST(CertificateReportTest, RefusesWhatHoldsNoCertificate) {
  for (const std::string& text : {std::string(), std::string("x"), Minted::Root("BR").key_pem()}) {
    const auto reports = InspectCertificates("file", text);
    ASSERT_FALSE(reports.ok());
    EXPECT_EQ(DetailOf(reports.status()).violations(0).field(), "file");
  }
}

TEST(CrlReportTest, SaysWhoseItIsAndWhenItEnds) {
  const Minted root = Minted::Root("BR");
  const auto reports =
      InspectCrls("file", root.Crl({.revoked = {root.Leaf(kOfficer)}, .next_update = At(2026)}) +
                              root.Crl({.is_delta = true}));
  ASSERT_TRUE(reports.ok()) << reports.status();
  ASSERT_THAT(*reports, SizeIs(2));
  EXPECT_EQ((*reports)[0].issuer, "BR root");
  EXPECT_EQ((*reports)[0].next_update, At(2026));
  EXPECT_EQ((*reports)[0].entries, 1);
  EXPECT_THAT((*reports)[0].problems, IsEmpty());
  EXPECT_EQ((*reports)[1].entries, 0);
  EXPECT_THAT((*reports)[1].problems, Contains(HasSubstr("delta")));
  EXPECT_FALSE(InspectCrls("file", "x").ok());
}

// No name, no usage that is ours, nothing of our profile.
Mint Unprofiled() {
  Mint mint;
  mint.extended_key_usage = "codeSigning";
  return mint;
}

class PathJudgementTest : public testing::Test {
 protected:
  v1::Reason Judge() {
    const auto path = JudgePath(question_);
    return path.ok() ? v1::REASON_UNSPECIFIED : DetailOf(path.status()).reason();
  }

  const Minted root_ = Minted::Root("any");
  const Minted leaf_ = root_.Issue(Unprofiled());
  PathQuestion question_{root_.pem(), leaf_.pem(), "", At(2026), 4};
};

TEST_F(PathJudgementTest, JudgesThePathAndNothingElse) {
  EXPECT_EQ(Judge(), v1::REASON_UNSPECIFIED);
  question_.at = At(2050);
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_EXPIRED);
  question_.at = At(2026);
  question_.roots = Minted::Root("any").pem();
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_UNTRUSTED);
}

TEST_F(PathJudgementTest, ChecksRevocationOnlyWhereThereAreCrls) {
  question_.crls = root_.Crl();
  EXPECT_EQ(Judge(), v1::REASON_UNSPECIFIED);
  question_.crls = root_.Crl({.revoked = {leaf_}});
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_REVOKED);
  question_.crls = "x";
  EXPECT_EQ(Judge(), v1::REASON_CONFIG_INVALID);
}

TEST_F(PathJudgementTest, CountsIntermediates) {
  const Minted issuing = root_.Intermediate("issuing");
  question_.chain = issuing.Leaf(kOfficer).pem() + issuing.pem();
  EXPECT_EQ(Judge(), v1::REASON_UNSPECIFIED);
  question_.intermediates_max = 0;
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_UNTRUSTED);
}

TEST_F(PathJudgementTest, NeedsARootAndALeaf) {
  question_.chain = "";
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_MISSING);
  question_.chain = leaf_.pem() + root_.key_pem();
  EXPECT_EQ(Judge(), v1::REASON_CERTIFICATE_UNSUITABLE);
  question_.roots = root_.Intermediate("issuing").pem();
  EXPECT_EQ(Judge(), v1::REASON_CONFIG_INVALID);
}

}  // namespace
}  // namespace tracegate
