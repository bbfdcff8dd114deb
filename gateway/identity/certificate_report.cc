#include "gateway/identity/certificate_report.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <utility>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/crl_text.h"
#include "gateway/identity/leaf_profile.h"
#include "gateway/identity/printable.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kCertificatesMax = 128;
constexpr size_t kNameBytesMax = 200;
constexpr int kSecurityBitsMin = 112;

using x509::Freeing;
using BigNumberPtr = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using UsagesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, Freeing<EXTENDED_KEY_USAGE_free>>;

std::string SerialOf(const X509* certificate) {
  const BigNumberPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (number == nullptr) return "";
  char* hex = BN_bn2hex(number.get());
  std::string text(hex);
  OPENSSL_free(hex);
  return Printable(text, kNameBytesMax);
}

std::vector<std::string> KeyUsagesOf(X509* certificate) {
  static constexpr std::pair<uint32_t, const char*> kNames[] = {
      {KU_DIGITAL_SIGNATURE, "digitalSignature"},
      {KU_NON_REPUDIATION, "nonRepudiation"},
      {KU_KEY_ENCIPHERMENT, "keyEncipherment"},
      {KU_DATA_ENCIPHERMENT, "dataEncipherment"},
      {KU_KEY_AGREEMENT, "keyAgreement"},
      {KU_KEY_CERT_SIGN, "keyCertSign"},
      {KU_CRL_SIGN, "cRLSign"}};
  std::vector<std::string> usages;
  if ((X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) == 0) return usages;
  for (const auto& [bit, name] : kNames) {
    if ((X509_get_key_usage(certificate) & bit) != 0) usages.emplace_back(name);
  }
  return usages;
}

std::vector<std::string> ExtendedUsagesOf(const X509* certificate) {
  std::vector<std::string> usages;
  const UsagesPtr extended(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  for (int i = 0; i < sk_ASN1_OBJECT_num(extended.get()); ++i) {
    const ASN1_OBJECT* usage = sk_ASN1_OBJECT_value(extended.get(), i);
    const int nid = OBJ_obj2nid(usage);
    char number[80] = "";
    OBJ_obj2txt(number, sizeof number, usage, 1);
    usages.emplace_back(nid == NID_undef ? number : OBJ_nid2sn(nid));
  }
  return usages;
}

std::string KeyOf(X509* certificate) {
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return "unreadable";
  const std::string type = EVP_PKEY_get0_type_name(key);
  char group[40] = "";
  if (type == "EC" && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1) {
    const char* nist = EC_curve_nid2nist(OBJ_sn2nid(group));
    return type + " " + (nist == nullptr ? group : nist);
  }
  return type == "RSA" ? type + " " + std::to_string(EVP_PKEY_get_bits(key)) : type;
}

std::vector<std::string> ProblemsOfCa(X509* certificate) {
  std::vector<std::string> problems;
  if (X509_check_ca(certificate) != 1) problems.emplace_back("is a CA by an old convention only");
  const uint32_t usage = X509_get_key_usage(certificate);
  if ((X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) == 0) {
    problems.emplace_back("has no key usage; a CA needs keyCertSign and cRLSign");
  } else if ((usage & KU_CRL_SIGN) == 0) {
    problems.emplace_back("lacks the key usage cRLSign, so it cannot revoke what it issued");
  }
  return problems;
}

// The certificate is named beside each problem already.
std::string WithoutName(X509* certificate, const absl::Status& problem) {
  const std::string name = x509::Describe(certificate) + " ";
  const std::string text(problem.message());
  return text.starts_with(name) ? text.substr(name.size()) : text;
}

std::vector<std::string> ProblemsOfLeaf(X509* certificate) {
  std::vector<std::string> problems;
  const auto uri = SoleUriName(certificate);
  if (!uri.ok()) {
    problems.push_back(WithoutName(certificate, uri.status()));
  } else if (const auto id = ParseSpiffeId(*uri); !id.ok()) {
    problems.emplace_back(id.status().message());
  }
  const absl::Status fit = CheckLeafProfile(certificate, {.client = true});
  if (!fit.ok()) problems.push_back(WithoutName(certificate, fit));
  return problems;
}

std::vector<std::string> ProblemsOf(X509* certificate, bool is_ca) {
  auto problems = is_ca ? ProblemsOfCa(certificate) : ProblemsOfLeaf(certificate);
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr || EVP_PKEY_get_security_bits(key) < kSecurityBitsMin) {
    problems.emplace_back("has a weak key; use ECDSA P-256, Ed25519 or RSA from 2048 bits");
  }
  int signature_bits = 0;
  const bool is_self_signed = X509_self_signed(certificate, 0) == 1;
  if (!is_self_signed &&
      (X509_get_signature_info(certificate, nullptr, nullptr, &signature_bits, nullptr) != 1 ||
       signature_bits < kSecurityBitsMin)) {
    problems.emplace_back("is signed with too weak a digest; use SHA-256");
  }
  return problems;
}

CertificateReport ReportOn(X509* certificate) {
  CertificateReport report;
  report.is_ca = X509_check_ca(certificate) != 0;
  report.subject = x509::CommonName(X509_get_subject_name(certificate));
  report.issuer = x509::CommonName(X509_get_issuer_name(certificate));
  report.serial = SerialOf(certificate);
  if (const auto uris = x509::UriNames(certificate); uris.ok()) {
    for (const std::string& uri : *uris) report.uris.push_back(Printable(uri, kNameBytesMax));
    if (uris->size() == 1) {
      if (auto id = ParseSpiffeId(uris->front()); id.ok()) report.spiffe = *std::move(id);
    }
  }
  report.key_usages = KeyUsagesOf(certificate);
  report.extended_usages = ExtendedUsagesOf(certificate);
  report.not_before = x509::NotBefore(certificate);
  report.not_after = x509::NotAfter(certificate);
  report.key = KeyOf(certificate);
  report.signature = OBJ_nid2ln(X509_get_signature_nid(certificate));
  report.fingerprint = x509::Fingerprint(certificate);
  report.problems = ProblemsOf(certificate, report.is_ca);
  ERR_clear_error();
  return report;
}

}  // namespace

absl::StatusOr<std::vector<CertificateReport>> InspectCertificates(const std::string& file,
                                                                   std::string_view pem) {
  const auto certificates = x509::ReadCertificates(pem, kCertificatesMax);
  if (!certificates.ok()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, file,
                        std::string(certificates.status().message()));
  }
  if (certificates->empty()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, file, "holds no PEM certificate");
  }
  std::vector<CertificateReport> reports;
  for (const auto& certificate : *certificates) reports.push_back(ReportOn(certificate.get()));
  return reports;
}

absl::StatusOr<std::vector<CrlReport>> InspectCrls(const std::string& file, std::string_view text) {
  const auto crls = x509::ReadCrls(text, kCertificatesMax);
  if (!crls.ok()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, file, std::string(crls.status().message()));
  }
  std::vector<CrlReport> reports;
  for (const auto& crl : *crls) {
    CrlReport report;
    report.issuer = x509::CommonName(X509_CRL_get_issuer(crl.get()));
    report.this_update = x509::ThisUpdate(crl.get());
    report.next_update = x509::NextUpdate(crl.get());
    report.entries = std::max(0, sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl.get())));
    const absl::Status sound = x509::CheckCrl(crl.get());
    if (!sound.ok()) report.problems.emplace_back(sound.message());
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace tracegate
