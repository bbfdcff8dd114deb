#include "gateway/evidence/signed_note.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>

#include "absl/strings/str_replace.h"
#include "gateway/evidence/base64.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/note_verifier.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate {
namespace {

// The examples of the Go package golang.org/x/mod/sumdb/note and of https://c2sp.org/signed-note.
constexpr char kPeterKey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kPeterSeed[] = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kPeterText[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr char kPeterNote[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
constexpr char kExampleKey[] =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr char kExampleNote[] =
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

bool Opens(std::string_view note, std::string_view key) {
  const auto verifier = NoteVerifier::Parse(key);
  EXPECT_TRUE(verifier.ok()) << verifier.status();
  return verifier.ok() && verifier->Open(note).ok();
}

TEST(SignedNote, OpensThePublishedNotes) {
  EXPECT_EQ(*NoteVerifier::Parse(kPeterKey)->Open(kPeterNote), kPeterText);
  EXPECT_EQ(*NoteVerifier::Parse(kExampleKey)->Open(kExampleNote), "This is an example message.\n");
  EXPECT_FALSE(Opens(kPeterNote, kExampleKey));
  EXPECT_FALSE(Opens(kExampleNote, kPeterKey));
}

TEST(SignedNote, SignsThePublishedNoteByteForByte) {
  const std::string seed = DecodeBase64(kPeterSeed)->substr(1);
  const auto signer = NoteSigner::FromPem("PeterNeumann", Ed25519Pem(seed));
  ASSERT_TRUE(signer.ok()) << signer.status();
  EXPECT_EQ((*signer)->verifier_key(), kPeterKey);
  EXPECT_EQ((*signer)->Sign(kPeterText), kPeterNote);
}

TEST(SignedNote, RefusesEveryTurnedByte) {
  std::string note = kPeterNote;
  for (char& byte : note) {
    const char before = byte;
    byte = static_cast<char>(byte ^ 1);
    EXPECT_FALSE(Opens(note, kPeterKey)) << note;
    byte = before;
  }
  EXPECT_TRUE(Opens(note, kPeterKey));
}

TEST(SignedNote, RefusesEveryCutAndAnAppendedByte) {
  const std::string note = kPeterNote;
  for (size_t length = 0; length < note.size(); ++length) {
    EXPECT_FALSE(Opens(note.substr(0, length), kPeterKey)) << length;
  }
  for (const char* tail : {"\n", "x", " ", "\n\n"}) EXPECT_FALSE(Opens(note + tail, kPeterKey));
}

TEST(SignedNote, PassesOverSignaturesOfOthers) {
  const std::string line =
      std::string(kExampleNote).substr(std::string(kExampleNote).find("\n\n") + 2);
  EXPECT_TRUE(Opens(kPeterNote + line, kPeterKey));
  // It is a signature on another text.
  EXPECT_FALSE(Opens(kPeterNote + line, kExampleKey));
}

TEST(SignedNote, MayHaveBlankLinesInItsText) {
  const auto signer = NoteSigner::FromPem("log", Ed25519Pem(std::string(32, 's')));
  EXPECT_TRUE(Opens((*signer)->Sign("one\n\ntwo\n"), (*signer)->verifier_key()));
}

TEST(SignedNote, IsUtf8) {
  const std::string signature = "\n\u2014 log AAAAAAA=\n";
  EXPECT_TRUE(ParseNote("\u00e9\n" + signature).ok());
  const absl::Status status = ParseNote("\xe9\n" + signature).status();
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("UTF-8"));
  EXPECT_FALSE(ParseNote("one\n\n\u2014 l\xffg AAAAAAA=\n").ok());
}

TEST(SignedNote, BoundsWhatItReads) {
  const std::string note = kPeterNote;
  const std::string line = note.substr(note.find("\n\n") + 2);
  std::string many = note;
  for (size_t i = 1; i < kNoteSignaturesMax; ++i) many += line;
  EXPECT_TRUE(ParseNote(many).ok());
  EXPECT_FALSE(ParseNote(many + line).ok());
  EXPECT_FALSE(ParseNote(std::string(kNoteBytesMax, 'x') + "\n" + note).ok());
}

TEST(SignedNote, RefusesMangledVerifierKeys) {
  const std::string key = kPeterKey;
  EXPECT_TRUE(NoteVerifier::Parse(key).ok());
  for (size_t i = 0; i < key.size(); ++i) {
    EXPECT_FALSE(NoteVerifier::Parse(key.substr(0, i)).ok()) << i;
    std::string turned = key;
    ++turned[i];
    EXPECT_FALSE(NoteVerifier::Parse(turned).ok()) << turned;
  }
  // A wrong length and an unknown algorithm, each with the hash that fits it.
  EXPECT_FALSE(NoteVerifier::Parse(
                   "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")
                   .ok());
  EXPECT_FALSE(
      NoteVerifier::Parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
          .ok());
}

TEST(NoteSigner, TakesOnlyAnEd25519KeyInPlainPkcs8AndSaysHowToMakeOne) {
  const std::string good = Ed25519Pem(std::string(32, 's'));
  EXPECT_TRUE(NoteSigner::FromPem("log", good).ok());
  const std::string bad[] = {"",
                             "no key",
                             good.substr(0, good.size() / 2),
                             P256Pem(),
                             EncryptedEd25519Pem(std::string(32, 's')),
                             absl::StrReplaceAll(good, {{"PRIVATE", "PUBLIC"}})};
  for (const std::string& pem : bad) {
    const absl::Status status = NoteSigner::FromPem("log", pem).status();
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << pem;
    EXPECT_THAT(std::string(status.message()),
                testing::HasSubstr("openssl genpkey -algorithm ed25519"));
  }
}

TEST(NoteSigner, TakesOnlyANameThatAKeyCanHave) {
  const std::string pem = Ed25519Pem(std::string(32, 's'));
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\u00A0b", "a\u3000"}) {
    EXPECT_EQ(DetailOf(NoteSigner::FromPem(name, pem).status()).reason(),
              v1::REASON_CONFIG_INVALID);
  }
  EXPECT_TRUE(NoteSigner::FromPem("registry.example/log", pem).ok());
  EXPECT_TRUE(NoteSigner::FromPem("registro.example/\u00E0", pem).ok());
}

TEST(Base64, ReadsOnlyWhatItWrites) {
  EXPECT_EQ(DecodeBase64("AAE="), std::string("\0\1", 2));
  for (const char* text : {"AAE", "AAE= ", "AA E=", "AAF=", "AAE==", "=", "AA-_"}) {
    EXPECT_FALSE(DecodeBase64(text).has_value()) << text;
  }
  EXPECT_EQ(DecodeBase64(""), "");
}

}  // namespace
}  // namespace tracegate
