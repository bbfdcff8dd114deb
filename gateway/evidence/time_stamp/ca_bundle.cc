#include "gateway/evidence/time_stamp/ca_bundle.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <string>
#include <utility>

#include "gateway/evidence/time_stamp/ts_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate::ts {
namespace {

constexpr size_t kBundleBytesMax = 1 << 20;
constexpr size_t kCertificatesMax = 64;
constexpr std::string_view kBlockStart = "-----BEGIN ";

absl::Status Unsuitable(std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp.ca", problem);
}

size_t CountBlocks(std::string_view pem) {
  size_t count = 0;
  for (size_t at = pem.find(kBlockStart); at != std::string_view::npos;
       at = pem.find(kBlockStart, at + 1)) {
    ++count;
  }
  return count;
}

// Of any kind: PEM_read_bio_X509 would pass over private keys in silence.
struct Block {
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* der = nullptr;
  long der_bytes = 0;  // NOLINT(runtime/int): OpenSSL's type
  ~Block() {
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
  }
};

absl::StatusOr<CertificatePtr> ReadOne(BIO* bio) {
  Block block;
  if (PEM_read_bio(bio, &block.name, &block.header, &block.der, &block.der_bytes) != 1) {
    return Unsuitable("holds a broken PEM block (" + TakeLibraryError() + ")");
  }
  if (std::string_view(block.name) != PEM_STRING_X509) {
    return Unsuitable("holds a '" + Quoted(block.name) + "' block; only certificates belong here");
  }
  const unsigned char* at = block.der;
  CertificatePtr certificate(d2i_X509(nullptr, &at, block.der_bytes));
  if (certificate == nullptr || at != block.der + block.der_bytes) {
    return Unsuitable("holds a block that is no X.509 certificate (" + TakeLibraryError() + ")");
  }
  // 1 alone means a version 3 CA by its basic constraints and key usage.
  if (X509_check_ca(certificate.get()) != 1) {
    return Unsuitable("holds '" + Subject(certificate.get()) + "', which is no CA");
  }
  return certificate;
}

}  // namespace

absl::StatusOr<CaBundle> ReadCaBundle(std::string_view pem) {
  const size_t count = CountBlocks(pem);
  if (pem.size() > kBundleBytesMax || count > kCertificatesMax) {
    return Unsuitable("is larger than " + std::to_string(kBundleBytesMax) + " bytes or " +
                      std::to_string(kCertificatesMax) + " certificates");
  }
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CaBundle bundle;
  for (size_t i = 0; i < count; ++i) {
    auto certificate = ReadOne(bio.get());
    if (!certificate.ok()) return certificate.status();
    const bool is_root = X509_self_signed(certificate->get(), /*verify_signature=*/1) == 1;
    (is_root ? bundle.roots : bundle.intermediates).push_back(*std::move(certificate));
  }
  // What X509_self_signed found wrong with the others' signatures is nobody's error.
  ERR_clear_error();
  if (bundle.roots.empty()) {
    return Unsuitable("holds no self-signed CA certificate; without a root it trusts nobody");
  }
  return bundle;
}

}  // namespace tracegate::ts
