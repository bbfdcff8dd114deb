#include "gateway/identity/issuance.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <utility>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/pem_blocks.h"
#include "gateway/identity/private_key.h"
#include "gateway/identity/spiffe_id.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kSecurityBitsMin = 112;
constexpr size_t kRequestBytesMax = 64 << 10;
constexpr int kSerialBits = 120;
constexpr size_t kChainCertificatesMax = 16;

using x509::Freeing;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;
using NamePtr = std::unique_ptr<GENERAL_NAME, Freeing<GENERAL_NAME_free>>;
using BigNumberPtr = std::unique_ptr<BIGNUM, Freeing<BN_free>>;

struct Issuer {
  x509::CertificatePtr certificate;
  x509::KeyPtr key;
};

absl::Status Invalid(std::string_view field, const std::string& problem) {
  ERR_clear_error();
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

absl::StatusOr<Issuer> ReadIssuer(const IssuerSource& source) {
  auto certificates = x509::ReadCertificates(source.certificate_pem, kChainCertificatesMax);
  if (!certificates.ok())
    return Invalid(source.certificate_file, std::string(certificates.status().message()));
  if (certificates->empty()) return Invalid(source.certificate_file, "holds no PEM certificate");
  Issuer issuer{std::move(certificates->front()), nullptr};
  if (X509_check_ca(issuer.certificate.get()) != 1) {
    return Invalid(source.certificate_file,
                   x509::Describe(issuer.certificate.get()) + " is not a CA certificate");
  }
  auto key = x509::ReadPrivateKey(source.key_pem);
  if (!key.ok()) return Invalid(source.key_file, std::string(key.status().message()));
  issuer.key = *std::move(key);
  if (X509_check_private_key(issuer.certificate.get(), issuer.key.get()) != 1) {
    return Invalid(source.key_file,
                   "is not the key of " + x509::Describe(issuer.certificate.get()));
  }
  return issuer;
}

// The key that the request proves to hold by its signature (RFC 2986, section 3).
absl::StatusOr<x509::KeyPtr> RequestedKey(const std::string& pem) {
  if (pem.size() > kRequestBytesMax) return Invalid("request", "is over 64 KiB");
  const x509::BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const x509::RequestPtr request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
  if (request == nullptr) return Invalid("request", "holds no PEM certificate request");
  x509::KeyPtr key(X509_REQ_get_pubkey(request.get()));
  if (key == nullptr || X509_REQ_verify(request.get(), key.get()) != 1) {
    return Invalid("request", "is not signed with its own key");
  }
  if (EVP_PKEY_get_security_bits(key.get()) < kSecurityBitsMin) {
    return Invalid("request", "has a weak key; use ECDSA P-256, Ed25519 or RSA from 2048 bits");
  }
  return key;
}

absl::Status CheckOrder(const IssueOrder& order, const X509* authority) {
  if (auto id = ParseSpiffeId(order.spiffe_id); !id.ok()) {
    return Invalid("spiffe_id", std::string(id.status().message()));
  }
  if (order.not_after <= order.not_before)
    return Invalid("not_after", "must be after the beginning");
  if (order.not_after > x509::NotAfter(authority)) {
    return Invalid("not_after", "must not be after the end of " + x509::Describe(authority) + ", " +
                                    x509::Instant(x509::NotAfter(authority)));
  }
  return absl::OkStatus();
}

bool AddExtension(X509* certificate, X509* authority, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, authority, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// By value and not from OpenSSL's configuration language, in which a comma in a name would begin another one.
bool AddNames(X509* certificate, const IssueOrder& order) {
  const x509::NamesPtr names(GENERAL_NAMES_new());
  bool good = true;
  const auto add = [&](int type, const std::string& text) {
    NamePtr name(a2i_GENERAL_NAME(nullptr, nullptr, nullptr, type, text.c_str(), 0));
    good = good && name != nullptr && sk_GENERAL_NAME_push(names.get(), name.get()) > 0;
    if (good) static_cast<void>(name.release());
  };
  add(GEN_URI, order.spiffe_id);
  for (const auto& dns : order.dns_names) add(GEN_DNS, dns);
  for (const auto& ip : order.ip_addresses) add(GEN_IPADD, ip);
  return good && X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1;
}

bool SetSubject(X509* certificate, const std::string& common_name) {
  return X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName,
                                    MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool SetSerial(X509* certificate) {
  const BigNumberPtr number(BN_new());
  return BN_rand(number.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool Fill(X509* certificate, X509* authority, EVP_PKEY* key, const IssueOrder& order) {
  const bool serves = !order.dns_names.empty() || !order.ip_addresses.empty();
  return X509_set_version(certificate, X509_VERSION_3) == 1 && SetSerial(certificate) &&
         SetSubject(certificate, order.common_name) &&
         X509_set_issuer_name(certificate, X509_get_subject_name(authority)) == 1 &&
         ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(order.not_before)) !=
             nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(order.not_after)) !=
             nullptr &&
         X509_set_pubkey(certificate, key) == 1 &&
         AddExtension(certificate, authority, NID_basic_constraints, "critical,CA:FALSE") &&
         AddExtension(certificate, authority, NID_key_usage, "critical,digitalSignature") &&
         AddExtension(certificate, authority, NID_ext_key_usage,
                      serves ? "serverAuth,clientAuth" : "clientAuth") &&
         AddExtension(certificate, authority, NID_subject_key_identifier, "hash") &&
         AddExtension(certificate, authority, NID_authority_key_identifier, "keyid:always") &&
         AddNames(certificate, order);
}

bool Sign(X509* certificate, EVP_PKEY* key) {
  const bool brings_its_own =
      EVP_PKEY_is_a(key, "ED25519") == 1 || EVP_PKEY_is_a(key, "ED448") == 1;
  return X509_sign(certificate, key, brings_its_own ? nullptr : EVP_sha256()) > 0;
}

}  // namespace

absl::StatusOr<IssuedCertificate> IssueCertificate(const IssuerSource& source,
                                                   const IssueOrder& order) {
  auto issuer = ReadIssuer(source);
  if (!issuer.ok()) return issuer.status();
  X509* authority = issuer->certificate.get();
  if (absl::Status sound = CheckOrder(order, authority); !sound.ok()) return sound;
  x509::KeyPtr key;
  if (order.request_pem.empty()) {
    key.reset(EVP_EC_gen("P-256"));
  } else {
    auto requested = RequestedKey(order.request_pem);
    if (!requested.ok()) return requested.status();
    key = *std::move(requested);
  }
  const x509::CertificatePtr certificate(X509_new());
  if (!Fill(certificate.get(), authority, key.get(), order) ||
      !Sign(certificate.get(), issuer->key.get())) {
    return Invalid("order",
                   "no certificate can be made of it (" + x509::TakeLibraryError() +
                       "); are DNS names and addresses right, and is the name 1 to 64 characters?");
  }
  IssuedCertificate issued;
  issued.chain_pem = x509::CertificatePem(certificate.get()) + x509::CertificatePem(authority);
  if (order.request_pem.empty()) issued.key_pem = x509::PrivateKeyPem(key.get());
  return issued;
}

}  // namespace tracegate
