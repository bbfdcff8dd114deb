#include "tests/gateway/identity/minted_pki.h"

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace tracegate {
namespace {

void Require(bool good, const char* step) {
  if (good) return;
  std::fprintf(stderr, "minting a certificate failed at: %s\n", step);
  ERR_print_errors_fp(stderr);
  std::abort();
}

EVP_PKEY* MakeKey(KeyType type) {
  switch (type) {
    case KeyType::kP256: return EVP_EC_gen("P-256");
    case KeyType::kEd25519: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case KeyType::kRsa1024: return EVP_RSA_gen(1024);
    case KeyType::kRsa2048: return EVP_RSA_gen(2048);
  }
  return nullptr;
}

void SetName(X509* certificate, const std::string& common_name, const std::string& country) {
  if (!country.empty()) {
    Require(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "C", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(country.c_str()), -1,
                                       -1, 0) == 1,
            "the country");
  }
  Require(
      X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(common_name.data()),
                                 static_cast<int>(common_name.size()), -1, 0) == 1,
      "the common name");
}

void SetValidity(X509* certificate, const Mint& mint) {
  Require(
      ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(mint.not_before)) != nullptr &&
          ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(mint.not_after)) != nullptr,
      "the validity");
}

void AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  // Some extensions ask for a configuration, if only for an empty one.
  const std::unique_ptr<CONF, decltype(&NCONF_free)> empty(NCONF_new(nullptr), NCONF_free);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_nconf(&context, empty.get());
  X509_EXTENSION* extension = X509V3_EXT_nconf_nid(empty.get(), &context, nid, value.c_str());
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
  X509_EXTENSION_free(extension);
}

// Ed25519 brings its own digest.
const EVP_MD* DigestFor(EVP_PKEY* key, const std::string& name) {
  return EVP_PKEY_is_a(key, "ED25519") == 1 ? nullptr : EVP_get_digestbyname(name.c_str());
}

// 2.999.1, from the arc that is kept for examples.
X509_EXTENSION* UnknownCriticalExtension() {
  ASN1_OBJECT* name = OBJ_txt2obj("2.999.1", 1);
  ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
  const unsigned char null_value[] = {0x05, 0x00};
  ASN1_OCTET_STRING_set(value, null_value, sizeof null_value);
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, name, 1, value);
  Require(extension != nullptr, "an unknown extension");
  ASN1_OCTET_STRING_free(value);
  ASN1_OBJECT_free(name);
  return extension;
}

ASN1_TIME* TimeFor(absl::Time time) { return ASN1_TIME_set(nullptr, absl::ToTimeT(time)); }

void SetUpdates(X509_CRL* crl, const MintCrl& mint) {
  ASN1_TIME* this_update = TimeFor(mint.this_update);
  X509_CRL_set1_lastUpdate(crl, this_update);
  ASN1_TIME_free(this_update);
  if (!mint.next_update) return;
  ASN1_TIME* next_update = TimeFor(*mint.next_update);
  X509_CRL_set1_nextUpdate(crl, next_update);
  ASN1_TIME_free(next_update);
}

void AddEntry(X509_CRL* crl, X509* revoked, const MintCrl& mint) {
  X509_REVOKED* entry = X509_REVOKED_new();
  X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(revoked));
  ASN1_TIME* date = TimeFor(mint.this_update);
  X509_REVOKED_set_revocationDate(entry, date);
  ASN1_TIME_free(date);
  if (mint.reason) {
    ASN1_ENUMERATED* reason = ASN1_ENUMERATED_new();
    ASN1_ENUMERATED_set(reason, *mint.reason);
    X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0);
    ASN1_ENUMERATED_free(reason);
  }
  if (mint.unknown_critical_entry_extension) {
    X509_EXTENSION* unknown = UnknownCriticalExtension();
    X509_REVOKED_add_ext(entry, unknown, -1);
    X509_EXTENSION_free(unknown);
  }
  Require(X509_CRL_add0_revoked(crl, entry) == 1, "an entry");
}

void AddScope(X509_CRL* crl, const MintCrl& mint) {
  if (mint.is_delta) {
    ASN1_INTEGER* base = ASN1_INTEGER_new();
    ASN1_INTEGER_set(base, 1);
    Require(X509_CRL_add1_ext_i2d(crl, NID_delta_crl, base, 1, 0) == 1, "the base of a delta");
    ASN1_INTEGER_free(base);
  }
  if (mint.is_indirect) {
    ISSUING_DIST_POINT* point = ISSUING_DIST_POINT_new();
    point->indirectCRL = 0xff;
    Require(X509_CRL_add1_ext_i2d(crl, NID_issuing_distribution_point, point, 1, 0) == 1,
            "the scope");
    ISSUING_DIST_POINT_free(point);
  }
  if (mint.unknown_critical_extension) {
    X509_EXTENSION* unknown = UnknownCriticalExtension();
    Require(X509_CRL_add_ext(crl, unknown, -1) == 1, "an unknown extension");
    X509_EXTENSION_free(unknown);
  }
}

// Built by hand and not from text, so that a test can put a comma or a NUL into a name.
void AddAlternativeNames(X509* certificate, const Mint& mint) {
  GENERAL_NAMES* names = GENERAL_NAMES_new();
  const auto add = [names](int type, const std::string& text) {
    GENERAL_NAME* name = GENERAL_NAME_new();
    ASN1_IA5STRING* value = ASN1_IA5STRING_new();
    ASN1_STRING_set(value, text.data(), static_cast<int>(text.size()));
    GENERAL_NAME_set0_value(name, type, value);
    sk_GENERAL_NAME_push(names, name);
  };
  for (const auto& uri : mint.uris) add(GEN_URI, uri);
  for (const auto& dns : mint.dns_names) add(GEN_DNS, dns);
  for (const auto& ip : mint.ip_addresses) {
    sk_GENERAL_NAME_push(names,
                         a2i_GENERAL_NAME(nullptr, nullptr, nullptr, GEN_IPADD, ip.c_str(), 0));
  }
  if (sk_GENERAL_NAME_num(names) > 0) {
    Require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0) == 1, "the names");
  }
  GENERAL_NAMES_free(names);
}

template <typename Write>
std::string ToPem(Write write) {
  BIO* bio = BIO_new(BIO_s_mem());
  Require(write(bio) == 1, "writing PEM");
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio, &bytes);
  std::string pem(bytes, static_cast<size_t>(size));
  BIO_free(bio);
  return pem;
}

}  // namespace

struct Minted::Parts {
  X509* certificate = nullptr;
  EVP_PKEY* key = nullptr;
  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
};

Mint CaMint(std::string_view common_name) {
  Mint mint;
  mint.common_name = std::string(common_name);
  mint.key_usage = "critical,keyCertSign,cRLSign";
  mint.extended_key_usage = "";
  mint.basic_constraints = "critical,CA:TRUE";
  return mint;
}

Mint LeafMint(std::string_view spiffe_id, std::vector<std::string> dns_names) {
  Mint mint;
  mint.uris = {std::string(spiffe_id)};
  mint.dns_names = std::move(dns_names);
  return mint;
}

Minted Minted::Root(std::string_view state) {
  return SelfSigned(CaMint(std::string(state) + " root"));
}

Minted Minted::SelfSigned(const Mint& mint) { return Make(mint, nullptr); }

Minted Minted::Issue(const Mint& mint) const { return Make(mint, parts_.get()); }

std::string Minted::Crl() const { return CrlSignedBy(*this, MintCrl{}); }

std::string Minted::CrlSignedBy(const Minted& signer) const {
  return CrlSignedBy(signer, MintCrl{});
}

std::string Minted::CrlSignedBy(const Minted& signer, const MintCrl& mint) const {
  X509_CRL* crl = X509_CRL_new();
  X509_CRL_set_version(crl, X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl, X509_get_subject_name(parts_->certificate));
  SetUpdates(crl, mint);
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, parts_->certificate, nullptr, nullptr, crl, 0);
  X509_EXTENSION* key =
      X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always");
  Require(key != nullptr && X509_CRL_add_ext(crl, key, -1) == 1, "a CRL's authority key");
  X509_EXTENSION_free(key);
  if (mint.has_number) {
    ASN1_INTEGER* number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, 1);
    Require(X509_CRL_add1_ext_i2d(crl, NID_crl_number, number, 0, 0) == 1, "a CRL's number");
    ASN1_INTEGER_free(number);
  }
  for (const Minted& revoked : mint.revoked) AddEntry(crl, revoked.parts_->certificate, mint);
  AddScope(crl, mint);
  EVP_PKEY* signing_key = signer.parts_->key;
  Require(X509_CRL_sign(crl, signing_key, DigestFor(signing_key, mint.digest)) > 0,
          "a CRL's signature");
  std::string text = ToPem([&](BIO* bio) {
    return mint.der ? i2d_X509_CRL_bio(bio, crl) : PEM_write_bio_X509_CRL(bio, crl);
  });
  X509_CRL_free(crl);
  return text;
}

Minted Minted::Make(const Mint& mint, const Parts* issuer) {
  auto parts = std::make_shared<Parts>();
  parts->key = MakeKey(mint.key_type);
  parts->certificate = X509_new();
  Require(parts->key != nullptr && parts->certificate != nullptr, "the key");
  X509* certificate = parts->certificate;
  X509* issuing_certificate = issuer == nullptr ? certificate : issuer->certificate;
  EVP_PKEY* issuing_key = issuer == nullptr ? parts->key : issuer->key;

  uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (serial >> 1) | 1);
  X509_set_version(certificate, X509_VERSION_3);
  SetName(certificate, mint.common_name, mint.country);
  SetValidity(certificate, mint);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuing_certificate));
  X509_set_pubkey(certificate, parts->key);
  AddExtension(certificate, issuing_certificate, NID_basic_constraints, mint.basic_constraints);
  AddExtension(certificate, issuing_certificate, NID_key_usage, mint.key_usage);
  AddExtension(certificate, issuing_certificate, NID_ext_key_usage, mint.extended_key_usage);
  AddExtension(certificate, issuing_certificate, NID_name_constraints, mint.name_constraints);
  AddExtension(certificate, issuing_certificate, NID_certificate_policies,
               mint.certificate_policies);
  AddExtension(certificate, issuing_certificate, NID_policy_constraints, mint.policy_constraints);
  if (mint.unknown_critical_extension) {
    X509_EXTENSION* unknown = UnknownCriticalExtension();
    Require(X509_add_ext(certificate, unknown, -1) == 1, "an unknown extension");
    X509_EXTENSION_free(unknown);
  }
  AddExtension(certificate, issuing_certificate, NID_subject_key_identifier, "hash");
  AddExtension(certificate, issuing_certificate, NID_authority_key_identifier, "keyid");
  AddAlternativeNames(certificate, mint);
  Require(X509_sign(certificate, issuing_key, DigestFor(issuing_key, mint.digest)) > 0,
          "the signature");

  Minted minted;
  minted.pem_ = ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
  minted.key_pem_ = ToPem([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, parts->key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  minted.parts_ = std::move(parts);
  return minted;
}

}  // namespace tracegate
