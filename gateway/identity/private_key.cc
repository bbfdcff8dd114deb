#include "gateway/identity/private_key.h"

#include <openssl/pem.h>

#include "gateway/identity/certificate_text.h"

namespace tracegate::x509 {
namespace {

constexpr size_t kKeyBytesMax = 64 << 10;

// OpenSSL's own callback would ask for a passphrase on the terminal of a daemon.
int NoPassphrase(char*, int, int, void*) { return -1; }

std::string Written(BIO* bio) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio, &bytes);
  return std::string(bytes, static_cast<size_t>(size));
}

}  // namespace

absl::StatusOr<KeyPtr> ReadPrivateKey(const std::string& pem) {
  if (pem.empty()) return absl::InvalidArgumentError("is empty; it must hold a private key");
  if (pem.size() > kKeyBytesMax) return absl::InvalidArgumentError("is over 64 KiB");
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr));
  const std::string reason = TakeLibraryError();
  if (key != nullptr) return key;
  return absl::InvalidArgumentError("holds no unencrypted PEM private key that can be read (" +
                                    reason + ")");
}

std::string PrivateKeyPem(const EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Written(bio.get());
}

std::string CertificatePem(X509* certificate) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return Written(bio.get());
}

}  // namespace tracegate::x509
