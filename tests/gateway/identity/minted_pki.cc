#include "tests/gateway/identity/minted_pki.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
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

void SetName(X509* certificate, const std::string& common_name) {
  Require(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(common_name.data()),
                                     static_cast<int>(common_name.size()), -1, 0) == 1,
          "the common name");
}

void SetValidity(X509* certificate, const Mint& mint) {
  Require(ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(mint.not_before)) != nullptr &&
              ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(mint.not_after)) != nullptr,
          "the validity");
}

void AddExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
  X509_EXTENSION_free(extension);
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
    sk_GENERAL_NAME_push(names, a2i_GENERAL_NAME(nullptr, nullptr, nullptr, GEN_IPADD, ip.c_str(), 0));
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
  SetName(certificate, mint.common_name);
  SetValidity(certificate, mint);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuing_certificate));
  X509_set_pubkey(certificate, parts->key);
  AddExtension(certificate, issuing_certificate, NID_basic_constraints, mint.basic_constraints);
  AddExtension(certificate, issuing_certificate, NID_key_usage, mint.key_usage);
  AddExtension(certificate, issuing_certificate, NID_ext_key_usage, mint.extended_key_usage);
  AddExtension(certificate, issuing_certificate, NID_name_constraints, mint.name_constraints);
  AddExtension(certificate, issuing_certificate, NID_subject_key_identifier, "hash");
  AddExtension(certificate, issuing_certificate, NID_authority_key_identifier, "keyid");
  AddAlternativeNames(certificate, mint);
  // Ed25519 brings its own digest.
  const EVP_MD* digest = EVP_PKEY_is_a(issuing_key, "ED25519") == 1 ? nullptr : EVP_sha256();
  Require(X509_sign(certificate, issuing_key, digest) > 0, "the signature");

  Minted minted;
  minted.pem_ = ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
  minted.key_pem_ = ToPem([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, parts->key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  minted.parts_ = std::move(parts);
  return minted;
}

}  // namespace tracegate
