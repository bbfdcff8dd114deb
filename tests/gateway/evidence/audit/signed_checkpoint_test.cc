#include "gateway/evidence/audit/signed_checkpoint.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gateway/evidence/audit/cosignature.h"
#include "gateway/evidence/note_signer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/audit/cosigner.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kText[] =
    "br.example/log\n"
    "2\n"
    "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n";
constexpr int64_t kTime = 1'700'000'000;

class SignedCheckpointTest : public testing::Test {
 protected:
  static std::unique_ptr<NoteSigner> Signer(const std::string& name, char seed) {
    return *NoteSigner::FromPem(name, Ed25519Pem(std::string(32, seed)));
  }

  static absl::StatusOr<SignedCheckpoint> Open(const std::string& note,
                                               const std::vector<std::string>& keys) {
    return OpenCheckpoint(note, *ParseVerifierKeys(keys));
  }

  static void ExpectRefused(const std::string& note, const std::vector<std::string>& keys,
                            const std::string& words) {
    const auto opened = Open(note, keys);
    EXPECT_EQ(DetailOf(opened.status()).reason(), v1::REASON_FIELD_INVALID);
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr(words));
  }

  std::unique_ptr<NoteSigner> log_ = Signer("br.example/log", 'k');
  ExampleCosigner witness_{"pt.example/witness", std::string(32, 'w')};
  std::string note_ = log_->Sign(kText);
};

TEST_F(SignedCheckpointTest, SaysWhatTheLogSigned) {
  const auto opened = Open(note_, {log_->verifier_key()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->origin, "br.example/log");
  EXPECT_EQ(opened->tree_size, 2);
  EXPECT_EQ(TextOf(opened->root), "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=");
  EXPECT_TRUE(opened->by_log);
  EXPECT_THAT(opened->silent, IsEmpty());
  EXPECT_THAT(opened->unknown, IsEmpty());
}

TEST_F(SignedCheckpointTest, SaysWhoCosignedAndWhen) {
  const auto opened =
      Open(witness_.Cosigned(note_, kTime), {log_->verifier_key(), witness_.verifier_key()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_EQ(opened->signers.size(), 2u);
  EXPECT_EQ(opened->signers[0].name, "br.example/log");
  EXPECT_FALSE(opened->signers[0].time_s);
  EXPECT_EQ(opened->signers[1].name, "pt.example/witness");
  EXPECT_EQ(opened->signers[1].time_s, kTime);
}

TEST_F(SignedCheckpointTest, TellsUnknownSignaturesAndSilentKeys) {
  const ExampleCosigner other("rs.example/witness", std::string(32, 'o'));
  const auto opened =
      Open(witness_.Cosigned(note_, kTime), {log_->verifier_key(), other.verifier_key()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_THAT(opened->silent, ElementsAre("rs.example/witness"));
  EXPECT_THAT(opened->unknown, ElementsAre(HasSubstr("pt.example/witness (")));
}

TEST_F(SignedCheckpointTest, TakesACosignerAloneAndSaysSo) {
  const auto opened = Open(witness_.Cosigned(note_, kTime), {witness_.verifier_key()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_FALSE(opened->by_log);
}

TEST_F(SignedCheckpointTest, RefusesANoteThatNoGivenKeySigned) {
  ExpectRefused(note_, {Signer("br.example/log", 'x')->verifier_key()}, "any of the keys");
  ExpectRefused(note_, {witness_.verifier_key()}, "any of the keys");
}

TEST_F(SignedCheckpointTest, RefusesEveryTurnedBitOfANote) {
  const std::string good = witness_.Cosigned(note_, kTime);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    const auto opened = Open(bad, {log_->verifier_key(), witness_.verifier_key()});
    // A line whose key is not known any more is one that signs nothing.
    EXPECT_FALSE(opened.ok() && opened->signers.size() == 2) << "byte " << i;
  }
}

TEST_F(SignedCheckpointTest, RefusesTheNoteWhereOneGivenKeysSignatureDoesNotHold) {
  const auto forger =
      Signer("br.example/log", 'k')->Sign("br.example/log\n3\n" + std::string(kText).substr(17));
  const std::string line = forger.substr(forger.rfind("\n\n") + 2);
  ExpectRefused(witness_.Cosigned(std::string(kText) + "\n" + line, kTime),
                {log_->verifier_key(), witness_.verifier_key()}, "does not hold");
}

TEST_F(SignedCheckpointTest, RefusesALogsKeyOnAnotherLogsCheckpoint) {
  const auto other = Signer("rs.example/log", 'k');
  ExpectRefused(other->Sign(kText), {other->verifier_key()}, "is of br.example/log");
}

TEST_F(SignedCheckpointTest, RefusesTextThatIsNoCheckpoint) {
  for (const char* text : {"br.example/log\n2\n", "br.example/log\n02\nAA==\n",
                           "br.example/log\n-1\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n",
                           "br.example/log\n2\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwS==\n",
                           "br.example/log\n9223372036854775808\n"
                           "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n"}) {
    ExpectRefused(log_->Sign(text), {log_->verifier_key()}, "checkpoint");
  }
}

TEST(Cosignature, SignsTheTextUnderItsTime) {
  EXPECT_EQ(CosignatureMessage(1679315147, "origin\n1\nroot\n"),
            "cosignature/v1\ntime 1679315147\norigin\n1\nroot\n");
}

TEST(Cosignature, HoldsUntilAByteIsTurned) {
  const ExampleCosigner witness("pt.example/witness", std::string(32, 'w'));
  const auto key = *Ed25519Key::FromRaw(witness.public_key());
  const std::string good =
      CosignatureBytes({kTime, witness.Sign(CosignatureMessage(kTime, kText))});
  EXPECT_EQ(good.size(), 72u);
  EXPECT_EQ(*VerifyCosignature(key, kText, good), kTime);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(VerifyCosignature(key, kText, bad).ok()) << "byte " << i;
  }
  EXPECT_FALSE(VerifyCosignature(key, kText, good.substr(1)).ok());
  EXPECT_FALSE(VerifyCosignature(key, kText, good + '\0').ok());
  EXPECT_FALSE(VerifyCosignature(key, std::string(kText) + "more\n", good).ok());
}

TEST(Cosignature, HasNoTimeBeyondSixtyThreeBits) {
  const std::string signature(64, 's');
  EXPECT_TRUE(ParseCosignature("\x7F" + std::string(7, '\xFF') + signature));
  EXPECT_FALSE(ParseCosignature("\x80" + std::string(7, '\0') + signature));
  const auto parsed = ParseCosignature(CosignatureBytes({0x0102030405060708, signature}));
  EXPECT_EQ(parsed->time_s, 0x0102030405060708);
}

TEST(Cosignature, IsNoPlainSignatureByTheSameKey) {
  const ExampleCosigner witness("br.example/log", std::string(32, 'k'));
  const auto key = *Ed25519Key::FromRaw(witness.public_key());
  EXPECT_FALSE(VerifyCosignature(key, kText, std::string(8, '\0') + witness.Sign(kText)).ok());
}

TEST(VerifierKeys, AreReadAsTheSpecificationHasThem) {
  const auto key =
      VerifierKey::Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->name, "example.com/foo");
  EXPECT_FALSE(key->cosigner);
}

TEST(VerifierKeys, VerifyTheNoteOfTheSpecification) {
  const auto key =
      VerifierKey::Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  std::string signature;
  ASSERT_TRUE(
      absl::Base64Unescape("Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFX"
                           "mRKuwHjG1Yu72IneyaQM=",
                           &signature));
  EXPECT_EQ(signature.substr(0, 4), key->id);
  EXPECT_TRUE(key->key.Holds("This is an example message.\n", signature.substr(4)));
  EXPECT_FALSE(key->key.Holds("This is an example message,\n", signature.substr(4)));
}

TEST(VerifierKeys, RefuseWhatIsNone) {
  const std::string good = ExampleCosigner("pt.example/w", std::string(32, 'w')).verifier_key();
  EXPECT_TRUE(VerifierKey::Parse(good).ok());
  for (const std::string& bad :
       {std::string(), std::string("pt.example/w"), "x" + good, good + "A", "+" + good,
        std::string("pt.example/w+00000000+") + good.substr(good.rfind('+') + 1),
        good.substr(0, good.size() - 4)}) {
    EXPECT_EQ(DetailOf(VerifierKey::Parse(bad).status()).reason(), v1::REASON_FIELD_INVALID) << bad;
  }
}

}  // namespace
}  // namespace tracegate::audit
