#include "gateway/evidence/ed25519_signer.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kPublicKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;
constexpr std::string_view kPkcs8 = "-----BEGIN PRIVATE KEY-----";

// Without it OpenSSL would ask the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

}  // namespace

absl::StatusOr<Ed25519Signer> Ed25519Signer::FromPem(std::string_view pem,
                                                     std::string_view config_key) {
  const auto unsuitable = [&](std::string_view what) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, config_key,
                        std::string(what) +
                            "; an unencrypted Ed25519 key in PKCS#8 is needed: "
                            "openssl genpkey -algorithm ed25519 -out log-key.pem");
  };
  if (pem.find(kPkcs8) == std::string_view::npos) return unsuitable("is not PKCS#8 PEM");
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  const std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio, nullptr, NoPassword, nullptr),
                                      EVP_PKEY_free);
  BIO_free(bio);
  ERR_clear_error();
  if (key == nullptr) return unsuitable("cannot be read");
  if (EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) return unsuitable("is not an Ed25519 key");
  std::string public_key(kPublicKeyBytes, '\0');
  size_t length = public_key.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(public_key.data()),
                                  &length) != 1) {
    return unsuitable("has no public key");
  }
  return Ed25519Signer(key, std::move(public_key));
}

std::string Ed25519Signer::Sign(std::string_view message) const {
  std::string signature(kSignatureBytes, '\0');
  size_t length = signature.size();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  // Ed25519 signing of a short text has no way to fail but for want of memory.
  if (EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                     reinterpret_cast<const unsigned char*>(message.data()), message.size()) != 1) {
    std::abort();
  }
  EVP_MD_CTX_free(context);
  return signature;
}

}  // namespace tracegate
