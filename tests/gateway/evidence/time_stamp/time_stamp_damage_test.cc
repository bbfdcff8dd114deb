// Tokens and responses cut short and changed: refused, or the same stamp as before.

#include <gtest/gtest.h>
#include <openssl/ts.h>

#include <algorithm>

#include "gateway/evidence/hash.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

class DamagedTimeStamp : public testing::Test {
 protected:
  void SetUp() override {
    auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem(), .policy = ""});
    ASSERT_TRUE(verifier.ok()) << verifier.status();
    verifier_ = *std::move(verifier);
    const auto stamp = verifier_->Verify(note_, token_);
    ASSERT_TRUE(stamp.ok()) << stamp.status();
    genuine_ = *stamp;
  }

  // Some bytes prove nothing and may change: those of a certificate that no path needs, say.
  void ExpectSameOrRefused(const absl::StatusOr<TimeStamp>& stamp, size_t at) {
    if (!stamp.ok()) {
      EXPECT_EQ(DetailOf(stamp.status()).reason(), v1::REASON_FIELD_INVALID) << at;
      return;
    }
    EXPECT_EQ(stamp->gen_time, genuine_.gen_time) << at;
    EXPECT_EQ(stamp->accuracy, genuine_.accuracy) << at;
    EXPECT_EQ(stamp->serial, genuine_.serial) << at;
    EXPECT_EQ(stamp->policy, genuine_.policy) << at;
    EXPECT_EQ(stamp->authority, genuine_.authority) << at;
  }

  const Minted root_ = Minted::Root("BR");
  const std::string note_ = ExampleNoteOf(7);
  const TimeStampRequest request_ = *BuildTimeStampRequest(note_, "", [] { return 42; });
  const std::string token_ =
      MintedAuthority(root_.Issue(StamperMint())).Token({.note = note_, .nonce = request_.nonce});
  const std::string response_ = ResponseOf(TS_STATUS_GRANTED, token_);
  std::unique_ptr<TimeStampVerifier> verifier_;
  TimeStamp genuine_;
};

TEST_F(DamagedTimeStamp, IsRefusedAtEveryLength) {
  for (size_t size = 0; size < token_.size(); ++size) {
    EXPECT_FALSE(verifier_->Verify(note_, token_.substr(0, size)).ok()) << size;
  }
  for (size_t size = 0; size < response_.size(); ++size) {
    EXPECT_FALSE(verifier_->VerifyResponse(note_, request_, response_.substr(0, size)).ok())
        << size;
  }
}

TEST_F(DamagedTimeStamp, NeverTellsAnotherTimeForAnyByteOfTheToken) {
  const std::string other = ExampleNoteOf(8);
  for (size_t i = 0; i < token_.size(); ++i) {
    for (const int turn : {0x01, 0x80, 0xff}) {
      std::string turned = token_;
      turned[i] = static_cast<char>(turned[i] ^ turn);
      ExpectSameOrRefused(verifier_->Verify(note_, turned), i);
      EXPECT_FALSE(verifier_->Verify(other, turned).ok()) << i;
    }
  }
}

TEST_F(DamagedTimeStamp, NeverTellsAnotherTimeForAnyByteOfTheResponse) {
  for (size_t i = 0; i < response_.size(); ++i) {
    std::string turned = response_;
    turned[i] = static_cast<char>(turned[i] ^ 1);
    const auto stamped = verifier_->VerifyResponse(note_, request_, turned);
    if (!stamped.ok()) continue;
    ExpectSameOrRefused(stamped->stamp, i);
    ExpectSameOrRefused(verifier_->Verify(note_, stamped->token), i);
  }
}

TEST_F(DamagedTimeStamp, IsRefusedForEveryByteOfWhatIsSigned) {
  // The TSTInfo is the only place that holds the note's digest: around it everything is signed.
  Hasher hasher;
  const std::string digest(BytesOf(hasher.Sha256({note_})));
  const size_t at = token_.find(digest);
  ASSERT_NE(at, std::string::npos);
  for (size_t i = at; i < at + digest.size() + 30; ++i) {
    std::string turned = token_;
    turned[i] = static_cast<char>(turned[i] ^ 1);
    EXPECT_FALSE(verifier_->Verify(note_, turned).ok()) << i;
  }
}

TEST_F(DamagedTimeStamp, NeverTellsAnotherTimeWithAByteMoreOrLess) {
  for (size_t i = 0; i <= token_.size(); ++i) {
    ExpectSameOrRefused(verifier_->Verify(note_, token_.substr(0, i) + '\0' + token_.substr(i)), i);
    ExpectSameOrRefused(verifier_->Verify(note_, token_.substr(0, i) +
                                                     token_.substr(std::min(i + 1, token_.size()))),
                        i);
  }
}

}  // namespace
}  // namespace tracegate
