#include "gateway/identity/certificate_text.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <climits>
#include <ctime>

#include "absl/strings/escaping.h"
#include "gateway/identity/printable.h"

namespace tracegate::x509 {
namespace {

constexpr size_t kCommonNameBytesMax = 64;
constexpr size_t kUriBytesMax = 200;
constexpr std::string_view kBlockStart = "-----BEGIN ";

size_t CountBlocks(std::string_view pem) {
  size_t count = 0;
  for (size_t at = pem.find(kBlockStart); at != std::string_view::npos;
       at = pem.find(kBlockStart, at + 1)) {
    ++count;
  }
  return count;
}

// One PEM block of any type: PEM_read_bio_X509 would also take TRUSTED CERTIFICATE blocks, which
// smuggle OpenSSL trust settings in behind the certificate, and would skip private keys in silence.
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
    return absl::InvalidArgumentError("holds a broken PEM block (" + TakeLibraryError() + ")");
  }
  if (std::string_view(block.name) != PEM_STRING_X509) {
    return absl::InvalidArgumentError("holds a '" + Printable(block.name, 40) +
                                      "' block; only CERTIFICATE blocks belong here");
  }
  const unsigned char* at = block.der;
  CertificatePtr certificate(d2i_X509(nullptr, &at, block.der_bytes));
  if (certificate == nullptr || at != block.der + block.der_bytes) {
    return absl::InvalidArgumentError("holds a CERTIFICATE block that is no X.509 certificate (" +
                                      TakeLibraryError() + ")");
  }
  return certificate;
}

std::string CommonName(const X509* certificate) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return "";
  const ASN1_STRING* name = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name)),
                     static_cast<size_t>(ASN1_STRING_length(name)));
}

absl::Time TimeOf(const ASN1_TIME* time, absl::Time unreadable) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return unreadable;
  return absl::FromTM(parts, absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<std::vector<CertificatePtr>> ReadCertificates(std::string_view pem,
                                                             size_t certificates_max) {
  const size_t blocks = CountBlocks(pem);
  if (blocks == 0) return std::vector<CertificatePtr>();
  if (blocks > certificates_max || pem.size() > INT_MAX) {
    return absl::InvalidArgumentError("holds more than " + std::to_string(certificates_max) +
                                      " certificates");
  }
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::vector<CertificatePtr> certificates;
  for (size_t i = 0; i < blocks; ++i) {
    auto certificate = ReadOne(bio.get());
    if (!certificate.ok()) return certificate.status();
    certificates.push_back(*std::move(certificate));
  }
  return certificates;
}

std::string Describe(const X509* certificate) {
  std::string text = "certificate '" + Printable(CommonName(certificate), kCommonNameBytesMax) + "'";
  const auto uris = UriNames(certificate);
  if (uris.ok() && !uris->empty()) text += " (" + Printable(uris->front(), kUriBytesMax) + ")";
  return text;
}

absl::StatusOr<std::vector<std::string>> UriNames(const X509* certificate) {
  int state = 0;
  NamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, &state, nullptr)));
  std::vector<std::string> uris;
  if (names == nullptr) {
    if (state == -1) return uris;  // no such extension
    return absl::InvalidArgumentError("has a malformed or repeated alternative-name extension");
  }
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  return uris;
}

absl::Time NotBefore(const X509* certificate) {
  return TimeOf(X509_get0_notBefore(certificate), absl::InfiniteFuture());
}

absl::Time NotAfter(const X509* certificate) {
  return TimeOf(X509_get0_notAfter(certificate), absl::InfinitePast());
}

std::string Fingerprint(const X509* certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_bytes = 0;
  if (X509_digest(certificate, EVP_sha256(), digest, &digest_bytes) != 1) return "";
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), digest_bytes});
}

std::string TakeLibraryError() {
  const unsigned long code = ERR_get_error();  // NOLINT(runtime/int): OpenSSL's type
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return reason == nullptr ? "no further detail" : reason;
}

}  // namespace tracegate::x509
