#include "gateway/evidence/note_signer.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <utility>

#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kPublicKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;
constexpr std::string_view kPkcs8 = "-----BEGIN PRIVATE KEY-----";

absl::Status Unsuitable(std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.signing_key",
                      std::string(what) +
                          "; an unencrypted Ed25519 key in PKCS#8 is needed: "
                          "openssl genpkey -algorithm ed25519 -out log-key.pem");
}

// Without it OpenSSL would ask the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

}  // namespace

void NoteSigner::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

absl::StatusOr<std::unique_ptr<NoteSigner>> NoteSigner::FromPem(std::string_view name,
                                                                std::string_view pem) {
  if (!IsKeyName(name)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.origin",
                        "must not be empty or have spaces, control characters or '+'");
  }
  if (pem.find(kPkcs8) == std::string_view::npos) return Unsuitable("is not PKCS#8 PEM");
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Key key(PEM_read_bio_PrivateKey(bio, nullptr, NoPassword, nullptr));
  BIO_free(bio);
  ERR_clear_error();
  if (key == nullptr) return Unsuitable("cannot be read");
  if (EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) return Unsuitable("is not an Ed25519 key");
  std::string public_key(kPublicKeyBytes, '\0');
  size_t length = public_key.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(public_key.data()),
                                  &length) != 1) {
    return Unsuitable("has no public key");
  }
  return std::unique_ptr<NoteSigner>(new NoteSigner(name, std::move(key), public_key));
}

NoteSigner::NoteSigner(std::string_view name, Key key, std::string_view public_key)
    : name_(name), key_(std::move(key)) {
  Hasher hasher;
  key_id_ = Ed25519KeyId(name, public_key, hasher);
  verifier_key_ = Ed25519VerifierKey(name, public_key, hasher);
}

NoteSigner::~NoteSigner() = default;

std::string NoteSigner::Sign(std::string_view text) const {
  std::string signature(kSignatureBytes, '\0');
  size_t length = signature.size();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  // Ed25519 signing of a short text has no way to fail but for want of memory.
  if (EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1) {
    std::abort();
  }
  EVP_MD_CTX_free(context);
  return FormatNote(text, {name_, key_id_, std::move(signature)});
}

}  // namespace tracegate
