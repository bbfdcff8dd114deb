#include "gateway/evidence/time_stamp/time_stamp_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ts.h>

#include <fstream>
#include <iterator>

#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

using ::testing::HasSubstr;

absl::Time At(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilSecond(year, month, day), absl::UTCTimeZone());
}

// A root, an issuing CA whose certificate goes into the tokens, and an authority below it.
class TimeStampVerifierTest : public testing::Test {
 protected:
  std::unique_ptr<TimeStampVerifier> Verifier() {
    auto verifier = TimeStampVerifier::Create({.ca_pem = ca_pem_, .policy = policy_});
    EXPECT_TRUE(verifier.ok()) << verifier.status();
    return verifier.ok() ? *std::move(verifier) : nullptr;
  }

  absl::StatusOr<TimeStamp> Verify(const MintToken& mint) { return Verify(mint, StamperMint()); }

  absl::StatusOr<TimeStamp> Verify(const MintToken& mint, const Mint& signer) {
    return Verifier()->Verify(note_,
                              MintedAuthority(issuing_.Issue(signer), {issuing_}).Token(mint));
  }

  // The answer to a request of this note.
  absl::StatusOr<TimeStampVerifier::Stamped> Answered(const std::string& response) {
    return Verifier()->VerifyResponse(note_, request_, response);
  }

  MintToken Sound() const { return {.note = note_}; }
  MintToken Answering() const { return {.note = note_, .nonce = request_.nonce}; }

  const Minted root_ = Minted::Root("BR");
  const Minted issuing_ = root_.Intermediate("Stamping CA");
  const MintedAuthority authority_{issuing_.Issue(StamperMint()), {issuing_}};
  const std::string note_ = ExampleNoteOf(7);
  const TimeStampRequest request_ = *BuildTimeStampRequest(note_, "", [] { return 42; });
  std::string ca_pem_ = root_.pem();
  std::string policy_;
};

TEST_F(TimeStampVerifierTest, TellsWhenWhoAndHowExactly) {
  const auto stamp = Verify(Sound());
  ASSERT_TRUE(stamp.ok()) << stamp.status();
  EXPECT_EQ(absl::FormatTime(absl::RFC3339_full, stamp->gen_time, absl::UTCTimeZone()),
            "2026-01-02T03:04:05.25+00:00");
  EXPECT_EQ(stamp->accuracy, absl::Microseconds(1'002'003));
  EXPECT_EQ(stamp->serial, "1234");
  EXPECT_EQ(stamp->authority, "CN=Stamper");
  EXPECT_EQ(stamp->policy, "2.999.1");
}

TEST_F(TimeStampVerifierTest, TellsWhereNoAccuracyIsClaimed) {
  MintToken mint = Sound();
  mint.accuracy = false;
  EXPECT_EQ(Verify(mint)->accuracy, std::nullopt);
}

TEST_F(TimeStampVerifierTest, NamesTheAuthorityInPrintableAsciiAndBounded) {
  auto signer = StamperMint();
  signer.common_name = "Instituição, \x1b[31m";
  signer.country = "BR";
  EXPECT_EQ(Verify(Sound(), signer)->authority, R"(CN=Institui\C3\A7\C3\A3o\, \1B[31m,C=BR)");
  signer.common_name = std::string(60, '\n');
  EXPECT_LE(Verify(Sound(), signer)->authority.size(), 203);
  signer.common_name = std::string(64, ',');
  EXPECT_LE(Verify(Sound(), signer)->authority.size(), 203);
}

TEST_F(TimeStampVerifierTest, TakesTheAnswerToItsRequestAndKeepsItsBytes) {
  const std::string token = authority_.Token(Answering());
  const auto stamped = Answered(ResponseOf(TS_STATUS_GRANTED, token));
  ASSERT_TRUE(stamped.ok()) << stamped.status();
  EXPECT_EQ(stamped->token, token);
  EXPECT_EQ(stamped->stamp.serial, "1234");
  EXPECT_TRUE(Verifier()->Verify(note_, stamped->token).ok());
}

TEST_F(TimeStampVerifierTest, TakesAWholeResponseForItsToken) {
  const std::string response = authority_.Answer(request_.der);
  EXPECT_TRUE(VerifyTimeStamp(note_, response, root_.pem()).ok());
  EXPECT_EQ(FieldOf(Verifier()->Verify(note_, RefusalOf(TS_INFO_BAD_ALG, "no")).status()),
            "time_stamp.status");
}

TEST_F(TimeStampVerifierTest, TakesGrantedWithMods) {
  EXPECT_TRUE(
      Answered(ResponseOf(TS_STATUS_GRANTED_WITH_MODS, authority_.Token(Answering()))).ok());
}

TEST_F(TimeStampVerifierTest, SaysWhyTheAuthorityRefused) {
  const auto refused = Answered(RefusalOf(TS_INFO_UNACCEPTED_POLICY, "no such\npolicy"));
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(refused.status().message(),
            "time_stamp.status: is rejection (unacceptedPolicy): no such?policy");
  EXPECT_THAT(Answered(RefusalOf(TS_INFO_SYSTEM_FAILURE, "")).status().message(),
              HasSubstr("(systemFailure)"));
  EXPECT_THAT(Answered(ResponseOf(TS_STATUS_WAITING, "")).status().message(),
              HasSubstr("is waiting"));
  EXPECT_THAT(Answered(ResponseOf(99, "")).status().message(), HasSubstr("unknown status 99"));
}

TEST_F(TimeStampVerifierTest, RefusesARefusalThatBringsAToken) {
  EXPECT_EQ(
      FieldOf(Answered(ResponseOf(TS_STATUS_REJECTION, authority_.Token(Answering()))).status()),
      "time_stamp.status");
}

TEST_F(TimeStampVerifierTest, RefusesWhatIsNoResponse) {
  const std::string token = authority_.Token(Answering());
  const std::string response = ResponseOf(TS_STATUS_GRANTED, token);
  for (const std::string& bytes :
       {std::string(), std::string("<html>"), token, response + '\0',
        ResponseOf(TS_STATUS_GRANTED, ""), ResponseOf(TS_STATUS_GRANTED, token + token),
        ResponseOf(TS_STATUS_GRANTED, "\x02\x01\x01"), std::string(kTimeStampBytesMax + 1, '0')}) {
    EXPECT_EQ(FieldOf(Answered(bytes).status()), "time_stamp.response") << bytes.size();
  }
}

TEST_F(TimeStampVerifierTest, RefusesTheAnswerToAnotherRequest) {
  MintToken mint = Answering();
  mint.nonce = request_.nonce + 2;
  EXPECT_EQ(FieldOf(Answered(ResponseOf(0, authority_.Token(mint))).status()), "time_stamp.nonce");
  mint.nonce = std::nullopt;
  EXPECT_EQ(FieldOf(Answered(ResponseOf(0, authority_.Token(mint))).status()), "time_stamp.nonce");
  // Kept, it is a stamp as good as any.
  EXPECT_TRUE(Verifier()->Verify(note_, authority_.Token(mint)).ok());
}

TEST_F(TimeStampVerifierTest, RefusesAStampOfOtherBytes) {
  for (const std::string& note : {ExampleNoteOf(8), note_ + "\n", note_.substr(1), std::string()}) {
    EXPECT_EQ(FieldOf(Verify({.note = note}).status()), "time_stamp.imprint");
  }
  MintToken mint = Sound();
  mint.imprint_algorithm = "SHA512";
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.imprint");
  mint.imprint_algorithm = "SHA256";
  mint.imprint = std::string(31, 'x');
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.imprint");
}

TEST_F(TimeStampVerifierTest, DemandsThePolicyWhereOneIsSet) {
  policy_ = "2.999.1";
  EXPECT_TRUE(Verify(Sound()).ok());
  policy_ = "2.999.11";
  EXPECT_EQ(FieldOf(Verify(Sound()).status()), "time_stamp.policy");
}

TEST_F(TimeStampVerifierTest, RefusesAnotherCasAuthority) {
  ca_pem_ = Minted::Root("BR").pem();  // of the same name
  const auto refused = Verify(Sound());
  EXPECT_EQ(FieldOf(refused.status()), "time_stamp.signature");
  EXPECT_THAT(refused.status().message(), HasSubstr("CN=Stamper"));
}

TEST_F(TimeStampVerifierTest, RefusesACertificateThatMayNotStamp) {
  for (const char* usage :
       {"", "timeStamping", "critical,serverAuth", "critical,timeStamping,serverAuth",
        "critical,timeStamping,2.999.3", "critical,anyExtendedKeyUsage"}) {
    auto signer = StamperMint();
    signer.extended_key_usage = usage;
    EXPECT_EQ(FieldOf(Verify(Sound(), signer).status()), "time_stamp.signer") << usage;
  }
  auto signer = StamperMint();
  signer.extended_key_usage = "timeStamping";
  EXPECT_THAT(Verify(Sound(), signer).status().message(), HasSubstr("not critical"));
  signer = StamperMint();
  signer.key_usage = "critical,keyEncipherment";
  EXPECT_EQ(FieldOf(Verify(Sound(), signer).status()), "time_stamp.signature");
}

TEST_F(TimeStampVerifierTest, JudgesTheCertificateAtTheTimeOfTheStamp) {
  auto signer = StamperMint();
  signer.not_before = At(2020);
  signer.not_after = At(2021);
  MintToken mint = Sound();
  mint.gen_time = "20200630000000Z";  // long over today
  EXPECT_TRUE(Verify(mint, signer).ok());
  for (const char* outside : {"20191231235959Z", "20210101000001Z"}) {
    mint.gen_time = outside;
    EXPECT_EQ(FieldOf(Verify(mint, signer).status()), "time_stamp.signature") << outside;
  }
  mint.gen_time = "20210101000001Z";
  EXPECT_THAT(Verify(mint, signer).status().message(), HasSubstr("expired"));
}

TEST(StoredTimeStamp, VerifiesForEver) {
  const auto file = [](const std::string& name) {
    std::ifstream in(TRACEGATE_SOURCE_DIR "/tests/vectors/time_stamp/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto stamp = VerifyTimeStamp(file("note"), file("token"), file("ca.crt"));
  ASSERT_TRUE(stamp.ok()) << stamp.status();
  EXPECT_EQ(stamp->authority, "CN=Example stamping authority");
  EXPECT_EQ(stamp->accuracy, absl::Milliseconds(1500));
}

TEST_F(TimeStampVerifierTest, RefusesAnIssuerThatHadExpired) {
  auto ca = CaMint("Old CA");
  ca.not_after = At(2025);
  const Minted old = root_.Issue(ca);
  const MintedAuthority authority(old.Issue(StamperMint()), {old});
  EXPECT_EQ(FieldOf(Verifier()->Verify(note_, authority.Token(Sound())).status()),
            "time_stamp.signature");
}

TEST_F(TimeStampVerifierTest, RefusesWhatIsTooWeak) {
  auto signer = StamperMint();
  signer.digest = "SHA1";
  EXPECT_EQ(FieldOf(Verify(Sound(), signer).status()), "time_stamp.signature");
  signer = StamperMint();
  signer.key_type = KeyType::kRsa1024;
  EXPECT_EQ(FieldOf(Verify(Sound(), signer).status()), "time_stamp.signature");
  signer.key_type = KeyType::kRsa2048;
  EXPECT_TRUE(Verify(Sound(), signer).ok());
  MintToken mint = Sound();
  mint.digest = "SHA1";
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.signature");
  mint.digest = "SHA512";
  EXPECT_TRUE(Verify(mint).ok());
}

TEST_F(TimeStampVerifierTest, NeedsTheSignersCertificateInTheToken) {
  MintToken mint = Sound();
  mint.with_certificates = false;
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.signer");
}

TEST_F(TimeStampVerifierTest, FindsThePathThroughTheBundleToo) {
  const MintedAuthority bare(issuing_.Issue(StamperMint()));
  EXPECT_FALSE(Verifier()->Verify(note_, bare.Token(Sound())).ok());
  ca_pem_ = "comment\n" + issuing_.pem() + root_.pem();
  EXPECT_TRUE(Verifier()->Verify(note_, bare.Token(Sound())).ok());
}

TEST_F(TimeStampVerifierTest, HoldsTheSignerToWhatIsSignedAboutIt) {
  MintToken mint = Sound();
  mint.names_signer = issuing_.Issue(StamperMint());
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.signature");
  mint = Sound();
  mint.names_content_type = false;
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.signature");
  mint = Sound();
  mint.tsa = "Somebody else";
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.signature");
  mint.tsa = "Stamper";
  EXPECT_TRUE(Verify(mint).ok());
}

TEST_F(TimeStampVerifierTest, RefusesWhatIsNoTokenOfVersionOne) {
  MintToken mint = Sound();
  mint.version = 2;
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.token");
  mint = Sound();
  mint.critical_extension = true;
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.token");
  mint = Sound();
  mint.behind_content = std::string("\x05\x00", 2);
  EXPECT_EQ(FieldOf(Verify(mint).status()), "time_stamp.token");
  const std::string token = authority_.Token(Sound());
  EXPECT_EQ(FieldOf(Verifier()->Verify(note_, token + "x").status()), "time_stamp.token");
  EXPECT_EQ(FieldOf(Verifier()->Verify(note_, "").status()), "time_stamp.token");
}

TEST_F(TimeStampVerifierTest, RefusesATimeThatIsNone) {
  for (const char* time : {"20260102030405", "20260102030405+0100", "20260230030405Z", "now"}) {
    MintToken mint = Sound();
    mint.gen_time = time;
    // OpenSSL itself does not read some of them.
    EXPECT_THAT(FieldOf(Verify(mint).status()),
                testing::AnyOf("time_stamp.gen_time", "time_stamp.token"))
        << time;
  }
}

TEST_F(TimeStampVerifierTest, RefusesABundleThatTrustsNobodyOrHoldsMore) {
  for (const std::string& pem :
       {std::string(), std::string("text"), issuing_.pem(), root_.pem() + root_.key_pem(),
        root_.pem() + issuing_.Issue(StamperMint()).pem(),
        root_.pem().substr(0, root_.pem().size() / 2), std::string((1 << 20) + 1, ' ')}) {
    const auto verifier = TimeStampVerifier::Create({.ca_pem = pem, .policy = ""});
    EXPECT_EQ(DetailOf(verifier.status()).reason(), v1::REASON_CONFIG_INVALID);
    EXPECT_EQ(FieldOf(verifier.status()), "time_stamp.ca");
  }
  const auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem(), .policy = "policy"});
  EXPECT_EQ(FieldOf(verifier.status()), "time_stamp.policy");
}

}  // namespace
}  // namespace tracegate
