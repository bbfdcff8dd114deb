#include "tests/gateway/evidence/minted_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace tracegate {
namespace {

// Takes the key over.
std::string PemOf(EVP_PKEY* key, const EVP_CIPHER* cipher) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, nullptr, 0, nullptr,
                                const_cast<char*>(cipher == nullptr ? nullptr : "password"));
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  std::string pem(bytes, static_cast<size_t>(length));
  BIO_free(bio);
  EVP_PKEY_free(key);
  return pem;
}

EVP_PKEY* Ed25519Key(const std::string& seed) {
  return EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed.data()), seed.size());
}

}  // namespace

std::string Ed25519Pem(const std::string& seed) { return PemOf(Ed25519Key(seed), nullptr); }

std::string EncryptedEd25519Pem(const std::string& seed) {
  return PemOf(Ed25519Key(seed), EVP_aes_256_cbc());
}

std::string P256Pem() { return PemOf(EVP_EC_gen("P-256"), nullptr); }

}  // namespace tracegate
