#include "tests/gateway/evidence/time_stamp/minted_token.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace tracegate {
namespace {

void Require(bool good, const char* step) {
  if (good) return;
  std::fprintf(stderr, "minting a time-stamp failed at: %s\n", step);
  ERR_print_errors_fp(stderr);
  std::abort();
}

template <typename Object, typename Read>
Object* FromPem(const std::string& pem, Read read) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Object* object = read(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  Require(object != nullptr, "reading PEM");
  return object;
}

X509* CertificateOf(const Minted& minted) { return FromPem<X509>(minted.pem(), PEM_read_bio_X509); }

EVP_PKEY* KeyOf(const Minted& minted) {
  return FromPem<EVP_PKEY>(minted.key_pem(), PEM_read_bio_PrivateKey);
}

template <typename Object, typename Write>
std::string DerOf(const Object* object, Write write) {
  unsigned char* der = nullptr;
  const int size = write(object, &der);
  Require(size > 0, "writing DER");
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

std::string BytesOf(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<size_t>(ASN1_STRING_length(string))};
}

std::string DigestOf(const std::string& bytes, const std::string& algorithm) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(EVP_Digest(bytes.data(), bytes.size(), digest, &size,
                     EVP_get_digestbyname(algorithm.c_str()), nullptr) == 1,
          "a digest");
  return {reinterpret_cast<const char*>(digest), size};
}

void SetImprint(TS_TST_INFO* info, const MintToken& mint) {
  std::string digest =
      mint.imprint.empty() ? DigestOf(mint.note, mint.imprint_algorithm) : mint.imprint;
  X509_ALGOR* algorithm = X509_ALGOR_new();
  X509_ALGOR_set0(algorithm, OBJ_txt2obj(mint.imprint_algorithm.c_str(), 0), V_ASN1_NULL, nullptr);
  TS_MSG_IMPRINT* imprint = TS_MSG_IMPRINT_new();
  TS_MSG_IMPRINT_set_algo(imprint, algorithm);
  TS_MSG_IMPRINT_set_msg(imprint, reinterpret_cast<unsigned char*>(digest.data()),
                         static_cast<int>(digest.size()));
  Require(TS_TST_INFO_set_msg_imprint(info, imprint) == 1, "the imprint");
  TS_MSG_IMPRINT_free(imprint);
  X509_ALGOR_free(algorithm);
}

ASN1_INTEGER* IntegerOf(uint64_t number) {
  ASN1_INTEGER* integer = ASN1_INTEGER_new();
  ASN1_INTEGER_set_uint64(integer, number);
  return integer;
}

void SetNumbers(TS_TST_INFO* info, const MintToken& mint) {
  TS_TST_INFO_set_version(info, mint.version);
  ASN1_INTEGER* serial = IntegerOf(mint.serial);
  TS_TST_INFO_set_serial(info, serial);
  ASN1_INTEGER_free(serial);
  if (!mint.nonce) return;
  ASN1_INTEGER* nonce = IntegerOf(*mint.nonce);
  TS_TST_INFO_set_nonce(info, nonce);
  ASN1_INTEGER_free(nonce);
}

void SetTime(TS_TST_INFO* info, const MintToken& mint) {
  // As text, so that a test can write down what is no time.
  ASN1_GENERALIZEDTIME* time = ASN1_GENERALIZEDTIME_new();
  ASN1_STRING_set(time, mint.gen_time.data(), static_cast<int>(mint.gen_time.size()));
  TS_TST_INFO_set_time(info, time);
  ASN1_GENERALIZEDTIME_free(time);
  if (!mint.accuracy) return;
  TS_ACCURACY* accuracy = TS_ACCURACY_new();
  ASN1_INTEGER *seconds = IntegerOf(1), *millis = IntegerOf(2), *micros = IntegerOf(3);
  TS_ACCURACY_set_seconds(accuracy, seconds);
  TS_ACCURACY_set_millis(accuracy, millis);
  TS_ACCURACY_set_micros(accuracy, micros);
  TS_TST_INFO_set_accuracy(info, accuracy);
  for (ASN1_INTEGER* integer : {seconds, millis, micros}) ASN1_INTEGER_free(integer);
  TS_ACCURACY_free(accuracy);
}

void SetNames(TS_TST_INFO* info, const MintToken& mint) {
  ASN1_OBJECT* policy = OBJ_txt2obj(mint.policy.c_str(), 1);
  Require(policy != nullptr && TS_TST_INFO_set_policy_id(info, policy) == 1, "the policy");
  ASN1_OBJECT_free(policy);
  if (!mint.tsa.empty()) {
    X509_NAME* name = X509_NAME_new();
    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(mint.tsa.c_str()), -1, -1, 0);
    GENERAL_NAME* general = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(general, GEN_DIRNAME, name);
    Require(TS_TST_INFO_set_tsa(info, general) == 1, "the tsa name");
    GENERAL_NAME_free(general);
  }
  if (!mint.critical_extension) return;
  ASN1_OBJECT* type = OBJ_txt2obj("2.999.2", 1);
  ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
  const unsigned char null_value[] = {0x05, 0x00};
  ASN1_OCTET_STRING_set(value, null_value, sizeof null_value);
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, type, 1, value);
  Require(TS_TST_INFO_add_ext(info, extension, -1) == 1, "an extension");
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(value);
  ASN1_OBJECT_free(type);
}

std::string ContentOf(const MintToken& mint) {
  TS_TST_INFO* info = TS_TST_INFO_new();
  SetNumbers(info, mint);
  SetNames(info, mint);
  SetImprint(info, mint);
  SetTime(info, mint);
  std::string der = DerOf(info, i2d_TS_TST_INFO);
  TS_TST_INFO_free(info);
  return der + mint.behind_content;
}

// A place for the content, which PKCS7_content_new has no way to make of this type. Signing fills it.
void AddContent(PKCS7* signed_data) {
  PKCS7* inner = PKCS7_new();
  inner->type = OBJ_nid2obj(NID_id_smime_ct_TSTInfo);
  inner->d.other = ASN1_TYPE_new();
  ASN1_TYPE_set(inner->d.other, V_ASN1_OCTET_STRING, ASN1_OCTET_STRING_new());
  Require(PKCS7_set_content(signed_data, inner) == 1, "the content");
}

// ESS signingCertificateV2 (RFC 5816).
void NameSigner(PKCS7_SIGNER_INFO* info, X509* certificate) {
  ESS_SIGNING_CERT_V2* named =
      OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), certificate, nullptr, 0);
  Require(named != nullptr, "naming the signer");
  const std::string der = DerOf(named, i2d_ESS_SIGNING_CERT_V2);
  ESS_SIGNING_CERT_V2_free(named);
  ASN1_STRING* sequence = ASN1_STRING_new();
  ASN1_STRING_set(sequence, der.data(), static_cast<int>(der.size()));
  Require(PKCS7_add_signed_attribute(info, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE,
                                     sequence) == 1,
          "naming the signer");
}

void Sign(PKCS7* signed_data, const std::string& content) {
  BIO* bio = PKCS7_dataInit(signed_data, nullptr);
  Require(bio != nullptr && BIO_write(bio, content.data(), static_cast<int>(content.size())) > 0 &&
              PKCS7_dataFinal(signed_data, bio) == 1,
          "the signature");
  BIO_free_all(bio);
}

std::string Der(char tag, const std::string& contents) {
  std::string length;
  if (contents.size() < 0x80) {
    length = std::string(1, static_cast<char>(contents.size()));
  } else {
    length = {'\x82', static_cast<char>(contents.size() >> 8),
              static_cast<char>(contents.size() & 0xff)};
  }
  return std::string(1, tag) + length + contents;
}

}  // namespace

Mint StamperMint() {
  Mint mint;
  mint.common_name = "Stamper";
  mint.extended_key_usage = "critical,timeStamping";
  return mint;
}

MintedAuthority::MintedAuthority(Minted signer, std::vector<Minted> chain)
    : signer_(std::move(signer)), chain_(std::move(chain)) {}

std::string MintedAuthority::Token(const MintToken& mint) const {
  X509* certificate = CertificateOf(signer_);
  EVP_PKEY* key = KeyOf(signer_);
  PKCS7* signed_data = PKCS7_new();
  PKCS7_set_type(signed_data, NID_pkcs7_signed);
  if (mint.with_certificates) {
    PKCS7_add_certificate(signed_data, certificate);
    for (const Minted& other : chain_) {
      X509* link = CertificateOf(other);
      PKCS7_add_certificate(signed_data, link);
      X509_free(link);
    }
  }
  const std::string content = ContentOf(mint);
  AddContent(signed_data);
  PKCS7_SIGNER_INFO* info =
      PKCS7_add_signature(signed_data, certificate, key, EVP_get_digestbyname(mint.digest.c_str()));
  Require(info != nullptr, "the signer");
  if (mint.names_content_type) {
    PKCS7_add_signed_attribute(info, NID_pkcs9_contentType, V_ASN1_OBJECT,
                               OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
  }
  X509* named = mint.names_signer ? CertificateOf(*mint.names_signer) : X509_dup(certificate);
  NameSigner(info, named);
  Sign(signed_data, content);
  std::string der = DerOf(signed_data, i2d_PKCS7);
  X509_free(named);
  PKCS7_free(signed_data);
  EVP_PKEY_free(key);
  X509_free(certificate);
  return der;
}

std::string MintedAuthority::Answer(const std::string& request, MintToken mint) const {
  const AskedFor asked = ReadRequest(request);
  mint.imprint = asked.imprint;
  mint.nonce = asked.nonce;
  if (!asked.policy.empty()) mint.policy = asked.policy;
  return ResponseOf(TS_STATUS_GRANTED, Token(mint));
}

AskedFor ReadRequest(const std::string& request) {
  const auto* at = reinterpret_cast<const unsigned char*>(request.data());
  const unsigned char* const end = at + request.size();
  TS_REQ* read = d2i_TS_REQ(nullptr, &at, static_cast<long>(request.size()));
  Require(read != nullptr && at == end, "reading a request");
  AskedFor asked;
  asked.imprint = BytesOf(TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(read)));
  ASN1_INTEGER_get_uint64(&asked.nonce, TS_REQ_get_nonce(read));
  asked.certificates = TS_REQ_get_cert_req(read) != 0;
  if (const ASN1_OBJECT* policy = TS_REQ_get_policy_id(read)) {
    char text[80];
    OBJ_obj2txt(text, sizeof text, policy, 1);
    asked.policy = text;
  }
  TS_REQ_free(read);
  return asked;
}

std::string ResponseOf(int status, const std::string& token) {
  return Der(0x30, Der(0x30, Der(0x02, std::string(1, static_cast<char>(status)))) + token);
}

std::string RefusalOf(int failure_bit, const std::string& words) {
  const int byte = failure_bit / 8;
  std::string bits(static_cast<size_t>(byte) + 2, '\0');
  bits[0] = static_cast<char>(7 - failure_bit % 8);  // of the last byte, not used
  bits.back() = static_cast<char>(0x80 >> (failure_bit % 8));
  return Der(0x30, Der(0x30, Der(0x02, std::string(1, TS_STATUS_REJECTION)) +
                                 Der(0x30, Der(0x0c, words)) + Der(0x03, bits)));
}

}  // namespace tracegate
