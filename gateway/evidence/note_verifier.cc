#include "gateway/evidence/note_verifier.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <optional>

#include "gateway/evidence/base64.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kPublicKeyBytes = 32;

absl::Status NoKey(std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "verifier_key", what);
}

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

absl::StatusOr<NoteVerifier> NoteVerifier::Parse(std::string_view verifier_key) {
  const size_t first = verifier_key.find('+');
  const size_t second = first == std::string_view::npos ? first : verifier_key.find('+', first + 1);
  if (second == std::string_view::npos) return NoKey("is not <name>+<hash>+<base64>");
  NoteVerifier verifier;
  verifier.name_ = verifier_key.substr(0, first);
  if (!IsKeyName(verifier.name_)) return NoKey("has an impossible name");
  const std::optional<std::string> key = DecodeBase64(verifier_key.substr(second + 1));
  if (!key || key->size() != 1 + kPublicKeyBytes || key->front() != 1) {
    return NoKey("is not an Ed25519 key");
  }
  verifier.public_key_ = key->substr(1);
  Hasher hasher;
  verifier.key_id_ = Ed25519KeyId(verifier.name_, verifier.public_key_, hasher);
  if (Ed25519VerifierKey(verifier.name_, verifier.public_key_, hasher) != verifier_key) {
    return NoKey("has a hash that is not this key's");
  }
  return verifier;
}

absl::StatusOr<std::string> NoteVerifier::Open(std::string_view note) const {
  auto parsed = ParseNote(note);
  if (!parsed.ok()) return parsed.status();
  for (const SignedNote::Signature& line : parsed->signatures) {
    if (line.key_name != name_ || line.key_id != key_id_) continue;
    if (Holds(parsed->text, line.signature)) return std::move(parsed->text);
    return FieldFailure(v1::REASON_FIELD_INVALID, "note",
                        "signature of " + name_ + " does not hold");
  }
  return FieldFailure(v1::REASON_FIELD_INVALID, "note", "is not signed by this key of " + name_);
}

bool NoteVerifier::Holds(std::string_view text, std::string_view signature) const {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Unsigned(public_key_),
                                  public_key_.size()),
      EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const bool holds =
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Unsigned(signature), signature.size(), Unsigned(text),
                       text.size()) == 1;
  ERR_clear_error();
  return holds;
}

}  // namespace tracegate
