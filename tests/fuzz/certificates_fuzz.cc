// Certificates of a stranger: PEM as a peer or a file brings it, or one certificate's bare DER, which
// lets a fuzzer turn the bytes that count.

#include <openssl/pem.h>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/leaf_profile.h"
#include "gateway/identity/spiffe_id.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

constexpr size_t kCertificatesMax = 8;

std::string PemOf(const unsigned char* der, size_t der_bytes) {
  x509::BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio(bio.get(), PEM_STRING_X509, "", der, static_cast<long>(der_bytes));  // NOLINT
  char* bytes = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &bytes);
  return std::string(bytes, static_cast<size_t>(length));
}

std::string PemOf(const X509* certificate) {
  unsigned char* der = nullptr;
  const int der_bytes = i2d_X509(certificate, &der);
  Require(der_bytes > 0, "a certificate that was read can be written");
  const std::string pem = PemOf(der, static_cast<size_t>(der_bytes));
  OPENSSL_free(der);
  return pem;
}

void RequireSaid(const absl::Status& status) {
  RequireText({status.message().data(), status.message().size()}, "what is wrong");
}

void CheckCertificate(X509* certificate) {
  RequireText(x509::Describe(certificate), "a certificate's description");
  Require(x509::Describe(certificate).size() < 400, "a description is bounded");
  const auto again = x509::ReadCertificates(PemOf(certificate), 1);
  Require(again.ok() && again->size() == 1, "a certificate that was written is read");
  Require(x509::Fingerprint((*again)[0].get()) == x509::Fingerprint(certificate),
          "writing does not change a certificate");
  RequireSaid(CheckLeafProfile(certificate, {true, true}));
  const auto name = SoleUriName(certificate);
  if (name.ok()) {
    RequireSaid(ParseSpiffeId(*name).status());
  } else {
    RequireSaid(name.status());
  }
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  constexpr uint8_t kSequence = 0x30;  // as every DER certificate begins
  const bool is_der = size > 0 && bytes[0] == kSequence;
  const std::string pem = is_der ? PemOf(bytes, size) : std::string(TextOf(bytes, size));
  const auto certificates = x509::ReadCertificates(pem, kCertificatesMax);
  if (!certificates.ok()) {
    RequireSaid(certificates.status());
    return 0;
  }
  Require(certificates->size() <= kCertificatesMax, "no more certificates than allowed");
  for (const auto& certificate : *certificates) CheckCertificate(certificate.get());
  return 0;
}
