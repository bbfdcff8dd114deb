#include "gateway/identity/certificate_path.h"

#include <openssl/err.h>

#include <algorithm>
#include <optional>
#include <string>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/revocation_watch.h"
#include "gateway/identity/trust_anchors.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// OpenSSL's authentication level 2: 112 bits, so RSA from 2048, no SHA-1 signatures.
constexpr int kAuthLevel = 2;

// Certificate policies are processed (RFC 5280, 6.1.3), any of them being good enough for us: a CA that demands one of
// those below it is obeyed. And what the RFC says a CA must do, it must have done: key identifiers, key usage and
// critical basic constraints, none of which OpenSSL asks for by itself.
constexpr unsigned long kFlags =
    X509_V_FLAG_POLICY_CHECK | X509_V_FLAG_X509_STRICT;  // NOLINT(runtime/int): OpenSSL's type

std::string RootsInWords(const TrustBundle& bundle) {
  if (bundle.state.empty()) return "any of the roots";
  return "a root of " + bundle.state + ", the State of trust domain '" + bundle.trust_domain +
         "', whose CA must issue it";
}

absl::Status Refusal(X509_STORE_CTX* context, X509* leaf, const TrustBundle& bundle,
                     absl::Time now) {
  const int error = X509_STORE_CTX_get_error(context);
  const X509* current = X509_STORE_CTX_get_current_cert(context);
  const X509* at_fault = current == nullptr ? leaf : current;
  const std::string which = x509::Describe(at_fault);
  const std::string library = X509_verify_cert_error_string(error);
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Failure(v1::REASON_CERTIFICATE_EXPIRED,
                     which + " ended at " + x509::Instant(x509::NotAfter(at_fault)) +
                         " and it is " + x509::Instant(now) + "; it must be renewed");
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Failure(v1::REASON_CERTIFICATE_EXPIRED,
                     which + " begins at " + x509::Instant(x509::NotBefore(at_fault)) +
                         " and it is " + x509::Instant(now) + "; wait, or correct the clock");
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                     which + " is too weak (" + library +
                         "); use ECDSA P-256, Ed25519 or RSA from 2048 bits, with SHA-256");
    case X509_V_ERR_INVALID_PURPOSE:
      return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                     which + " may not be used for TLS clients (" + library + ")");
    default:
      return Failure(
          v1::REASON_CERTIFICATE_UNTRUSTED,
          which + " has no valid path to " + RootsInWords(bundle) + " (" + library + ")");
  }
}

PathValidity ValidityOf(X509_STORE_CTX* context) {
  PathValidity validity{.not_before = absl::InfinitePast(), .not_after = absl::InfiniteFuture()};
  STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context);
  for (int i = 0; i < sk_X509_num(path); ++i) {
    const X509* certificate = sk_X509_value(path, i);
    validity.not_before = std::max(validity.not_before, x509::NotBefore(certificate));
    validity.not_after = std::min(validity.not_after, x509::NotAfter(certificate));
  }
  return validity;
}

x509::BorrowedStackPtr SteppingStones(const std::vector<x509::CertificatePtr>& sent,
                                      const TrustAnchors& anchors) {
  x509::BorrowedStackPtr stones(sk_X509_new_null());
  for (const auto& certificate : sent) sk_X509_push(stones.get(), certificate.get());
  for (const auto& certificate : anchors.intermediates)
    sk_X509_push(stones.get(), certificate.get());
  return stones;
}

void SetRules(X509_STORE_CTX* context, const PathRules& rules, absl::Time now) {
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(parameters, absl::ToTimeT(now));
  X509_VERIFY_PARAM_set_auth_level(parameters, kAuthLevel);
  X509_VERIFY_PARAM_set_depth(parameters, rules.intermediates_max);
  X509_VERIFY_PARAM_set_flags(parameters, kFlags);
  X509_VERIFY_PARAM_add0_policy(parameters, OBJ_nid2obj(NID_any_policy));
}

}  // namespace

absl::StatusOr<PathValidity> VerifyPath(X509* leaf, const std::vector<x509::CertificatePtr>& sent,
                                        const TrustBundle& bundle, const PathRules& rules,
                                        absl::Time now) {
  const x509::StoreContextPtr context(X509_STORE_CTX_new());
  const x509::BorrowedStackPtr stones = SteppingStones(sent, *bundle.anchors);
  const int purpose = rules.tls_client ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_ANY;
  if (X509_STORE_CTX_init(context.get(), bundle.anchors->store.get(), leaf, stones.get()) != 1 ||
      X509_STORE_CTX_set_purpose(context.get(), purpose) != 1) {
    return Failure(v1::REASON_INTERNAL, "no memory to verify a certificate");
  }
  SetRules(context.get(), rules, now);
  std::optional<RevocationWatch> watch;
  if (bundle.revocation != nullptr) watch.emplace(*bundle.revocation, now).Attach(context.get());

  const bool verified = X509_verify_cert(context.get()) == 1;
  // OpenSSL leaves its trail in a per-thread queue, where the next user would mistake it for theirs.
  ERR_clear_error();
  if (!verified && watch && !watch->refusal().ok()) return watch->refusal();
  if (!verified) return Refusal(context.get(), leaf, bundle, now);
  PathValidity validity = ValidityOf(context.get());
  if (watch) watch->Conclude(context.get(), &validity);
  return validity;
}

}  // namespace tracegate
