#include "gateway/identity/certificate_text.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>

#include "absl/strings/escaping.h"
#include "gateway/identity/pem_blocks.h"
#include "gateway/identity/printable.h"

namespace tracegate::x509 {
namespace {

constexpr size_t kCommonNameBytesMax = 64;
constexpr size_t kUriBytesMax = 200;
absl::StatusOr<CertificatePtr> Parse(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = at + der.size();
  CertificatePtr certificate(
      d2i_X509(nullptr, &at, static_cast<long>(der.size())));  // NOLINT(runtime/int)
  if (certificate == nullptr || at != end) {
    return absl::InvalidArgumentError("holds a CERTIFICATE block that is no X.509 certificate (" +
                                      TakeLibraryError() + ")");
  }
  return certificate;
}

}  // namespace

absl::Time TimeOf(const ASN1_TIME* time, absl::Time unreadable) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return unreadable;
  return absl::FromTM(parts, absl::UTCTimeZone());
}

absl::StatusOr<std::vector<CertificatePtr>> ReadCertificates(std::string_view pem,
                                                             size_t certificates_max) {
  auto blocks = ReadPemBlocks(pem, PEM_STRING_X509, certificates_max);
  if (!blocks.ok()) return blocks.status();
  std::vector<CertificatePtr> certificates;
  for (const std::string& der : *blocks) {
    auto certificate = Parse(der);
    if (!certificate.ok()) return certificate.status();
    certificates.push_back(*std::move(certificate));
  }
  return certificates;
}

std::string CommonName(const X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return "";
  const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  return Printable(std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                    static_cast<size_t>(ASN1_STRING_length(text))),
                   kCommonNameBytesMax);
}

std::string DescribeName(const X509_NAME* name) { return "'" + CommonName(name) + "'"; }

std::string Describe(const X509* certificate) {
  std::string text = "certificate " + DescribeName(X509_get_subject_name(certificate));
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

std::string Instant(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
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
