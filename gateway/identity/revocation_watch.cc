#include "gateway/identity/revocation_watch.h"

#include <algorithm>
#include <string>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/crl_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsIssuedInPath(X509_STORE_CTX* context, const X509_CRL* crl) {
  STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context);
  for (int i = 0; i < sk_X509_num(path); ++i) {
    const X509_NAME* issuer = X509_get_issuer_name(sk_X509_value(path, i));
    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), issuer) == 0) return true;
  }
  return false;
}

std::string IssuerOf(const X509* certificate) {
  return x509::DescribeName(X509_get_issuer_name(certificate));
}

std::string RevokedSince(X509_CRL* crl, const X509* certificate) {
  X509_REVOKED* entry = nullptr;
  if (crl == nullptr || X509_CRL_get0_by_cert(crl, &entry, const_cast<X509*>(certificate)) == 0)
    return "";
  const absl::Time since =
      x509::TimeOf(X509_REVOKED_get0_revocationDate(entry), absl::InfinitePast());
  return " on " + x509::Instant(since);
}

// The refusal for an error of revocation checking; OK for any other error. To be asked while OpenSSL is at it: it keeps
// no CRL for afterwards.
absl::Status RefusalFor(X509_STORE_CTX* context, absl::Time now) {
  const X509* at_fault = X509_STORE_CTX_get_current_cert(context);
  if (at_fault == nullptr)
    return absl::OkStatus();  // some faults are the whole path's; none of these
  const int error = X509_STORE_CTX_get_error(context);
  X509_CRL* crl = X509_STORE_CTX_get0_current_crl(context);
  const std::string which = x509::Describe(at_fault);
  const auto unknown = [&](const std::string& problem) {
    return Failure(v1::REASON_REVOCATION_UNKNOWN,
                   "whether " + which + " was revoked is not known: " + problem +
                       "; the gateway's operator must install that CA's current CRL");
  };
  switch (error) {
    case X509_V_ERR_CERT_REVOKED:
      return Failure(v1::REASON_CERTIFICATE_REVOKED,
                     which + " was revoked by " + IssuerOf(at_fault) + RevokedSince(crl, at_fault) +
                         "; it stays so, a new one must be issued");
    case X509_V_ERR_UNABLE_TO_GET_CRL: return unknown("there is no CRL of " + IssuerOf(at_fault));
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return unknown("the " + x509::DescribeCrl(crl) + " ended at " +
                     x509::Instant(x509::NextUpdate(crl)) + " and it is " + x509::Instant(now));
    case X509_V_ERR_CRL_NOT_YET_VALID:
      return unknown("the " + x509::DescribeCrl(crl) + " begins at " +
                     x509::Instant(x509::ThisUpdate(crl)) + " and it is " + x509::Instant(now));
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
      return unknown("the CRL of " + IssuerOf(at_fault) + " cannot be used (" +
                     X509_verify_cert_error_string(error) + ")");
    default: return absl::OkStatus();
  }
}

}  // namespace

void RevocationWatch::Attach(X509_STORE_CTX* context) {
  X509_STORE_CTX_set0_crls(context, lists_.stack.get());
  X509_STORE_CTX_set_flags(context, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  X509_STORE_CTX_set_app_data(context, this);
  X509_STORE_CTX_set_verify_cb(context, &RevocationWatch::OnVerdict);
}

int RevocationWatch::OnVerdict(int good, X509_STORE_CTX* context) {
  if (good == 1) return 1;
  auto* watch = static_cast<RevocationWatch*>(X509_STORE_CTX_get_app_data(context));
  if (watch->PutsUpWith(context)) return 1;
  watch->refusal_ = RefusalFor(context, watch->now_);
  return 0;
}

bool RevocationWatch::PutsUpWith(X509_STORE_CTX* context) {
  switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return Grants(RevocationStanding::kStaleInGrace,
                    x509::NextUpdate(X509_STORE_CTX_get0_current_crl(context)) + lists_.grace);
    case X509_V_ERR_UNABLE_TO_GET_CRL:
      return Grants(RevocationStanding::kMissingInGrace, lists_.loaded_at + lists_.grace);
    default: return false;
  }
}

bool RevocationWatch::Grants(RevocationStanding standing, absl::Time until) {
  if (now_ >= until) return false;
  standing_ = std::max(standing_, standing);
  until_ = std::min(until_, until);
  return true;
}

void RevocationWatch::Conclude(X509_STORE_CTX* context, PathValidity* validity) const {
  validity->revocation = standing_;
  validity->revocation_until = until_;
  // OpenSSL does not tell which CRLs it took. Whichever they were, none ends before the first of those whose time is
  // not over.
  for (const auto& crl : lists_.crls) {
    const absl::Time next = x509::NextUpdate(crl.get());
    if (next <= now_ || !IsIssuedInPath(context, crl.get())) continue;
    validity->revocation_until = std::min(validity->revocation_until, next);
  }
}

}  // namespace tracegate
