#include "gateway/evidence/time_stamp/token_signer.h"

#include <openssl/err.h>

#include <ctime>

#include "gateway/evidence/time_stamp/ts_text.h"

namespace tracegate::ts {
namespace {

// OpenSSL's authentication level 2: 112 bits, so RSA from 2048, no SHA-1 signatures.
constexpr int kAuthLevel = 2;
constexpr int kIntermediatesMax = 5;

absl::Status NoSignature(std::string_view problem) { return Refused("signature", problem); }

PKCS7_SIGNER_INFO* SignerInfoOf(const Token& token) {
  return sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token.signed_data.get()), 0);
}

// Whether the attribute is not there, or of the type that OpenSSL takes it to be without looking.
bool IsSafe(PKCS7_SIGNER_INFO* signer, int attribute, int type) {
  const ASN1_TYPE* value = PKCS7_get_signed_attribute(signer, attribute);
  return value == nullptr || ASN1_TYPE_get(value) == type;
}

// RFC 5652, 11.1: signed data of this type cannot be passed off as another.
bool NamesContentType(PKCS7_SIGNER_INFO* signer) {
  const ASN1_TYPE* type = PKCS7_get_signed_attribute(signer, NID_pkcs9_contentType);
  return type != nullptr && ASN1_TYPE_get(type) == V_ASN1_OBJECT &&
         OBJ_obj2nid(type->value.object) == NID_id_smime_ct_TSTInfo;
}

absl::Status CheckAttributes(const Token& token) {
  PKCS7_SIGNER_INFO* signer = SignerInfoOf(token);
  if (!NamesContentType(signer)) return NoSignature("is not marked as one of a time-stamp");
  if (!IsSafe(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING) ||
      !IsSafe(signer, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE) ||
      !IsSafe(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE)) {
    return NoSignature("has a signed attribute of the wrong type");
  }
  const ASN1_OBJECT* digest = nullptr;
  X509_ALGOR_get0(&digest, nullptr, nullptr, signer->digest_alg);
  switch (OBJ_obj2nid(digest)) {
    case NID_sha256:
    case NID_sha384:
    case NID_sha512: return absl::OkStatus();
    default:
      return NoSignature("is over a digest other than SHA-256, SHA-384 or SHA-512: " +
                         Dotted(digest));
  }
}

// OpenSSL's purpose check alone would let an unknown purpose stand beside timeStamping.
absl::Status CheckPurpose(const X509* certificate) {
  int critical = 0;  // -1: not there; -2: there twice
  const UsagesPtr usages(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr)));
  ERR_clear_error();
  const std::string who = "certificate '" + Subject(certificate) + "' ";
  if (usages == nullptr || sk_ASN1_OBJECT_num(usages.get()) != 1 ||
      OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), 0)) != NID_time_stamp) {
    return Refused("signer", who + "does not have timeStamping as its only extended key usage");
  }
  if (critical != 1)
    return Refused("signer", who + "has an extended key usage that is not critical");
  return absl::OkStatus();
}

BorrowedStackPtr Borrowed(const std::vector<CertificatePtr>& certificates) {
  BorrowedStackPtr stack(sk_X509_new_null());
  for (const CertificatePtr& certificate : certificates) {
    sk_X509_push(stack.get(), certificate.get());
  }
  return stack;
}

// A store is filled for each verification: the instant at which it judges is part of it.
StorePtr StoreAt(const CaBundle& bundle, absl::Time at) {
  StorePtr store(X509_STORE_new());
  for (const CertificatePtr& root : bundle.roots) X509_STORE_add_cert(store.get(), root.get());
  X509_VERIFY_PARAM* rules = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(rules, absl::ToTimeT(at));
  X509_VERIFY_PARAM_set_auth_level(rules, kAuthLevel);
  X509_VERIFY_PARAM_set_depth(rules, kIntermediatesMax);
  return store;
}

absl::Status CheckSignature(const Token& token, const CaBundle& bundle, const X509* signer) {
  const VerificationPtr verification(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(verification.get(), TS_VFY_SIGNATURE | TS_VFY_SIGNER);
  // Both become the context's own.
  TS_VERIFY_CTX_set_store(verification.get(), StoreAt(bundle, token.gen_time).release());
  STACK_OF(X509)* stones = X509_chain_up_ref(Borrowed(bundle.intermediates).get());
  TS_VERIFY_CTX_set_certs(verification.get(), stones);
  const bool holds = TS_RESP_verify_token(verification.get(), token.signed_data.get()) == 1;
  const std::string library = holds ? "" : TakeLibraryError();
  ERR_clear_error();
  if (holds) return absl::OkStatus();
  return NoSignature("of '" + Subject(signer) + "' does not hold at " +
                     absl::FormatTime(absl::RFC3339_full, token.gen_time, absl::UTCTimeZone()) +
                     " by the CAs trusted here (" + library + ")");
}

}  // namespace

absl::StatusOr<std::string> ProveSigner(const Token& token, const CaBundle& bundle) {
  if (absl::Status sound = CheckAttributes(token); !sound.ok()) return sound;
  const BorrowedStackPtr stones = Borrowed(bundle.intermediates);
  const BorrowedStackPtr signers(
      PKCS7_get0_signers(token.signed_data.get(), stones.get(), /*flags=*/0));
  ERR_clear_error();
  if (signers == nullptr || sk_X509_num(signers.get()) != 1) {
    return Refused("signer", "certificate is not in the token");
  }
  const X509* signer = sk_X509_value(signers.get(), 0);
  if (absl::Status fit = CheckPurpose(signer); !fit.ok()) return fit;
  if (absl::Status holds = CheckSignature(token, bundle, signer); !holds.ok()) return holds;
  return Subject(signer);
}

}  // namespace tracegate::ts
