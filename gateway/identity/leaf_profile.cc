#include "gateway/identity/leaf_profile.h"

#include "gateway/identity/certificate_text.h"

namespace tracegate {
namespace {

absl::Status Wrong(X509* certificate, const std::string& problem) {
  return absl::InvalidArgumentError(x509::Describe(certificate) + " " + problem);
}

}  // namespace

absl::Status CheckLeafProfile(X509* certificate, LeafUsages usages) {
  // X509_check_ca comes first: it makes OpenSSL read the extensions that the rest asks about.
  const bool can_sign = X509_check_ca(certificate) != 0;
  const uint32_t flags = X509_get_extension_flags(certificate);
  // One that says CA:TRUE and has no keyCertSign can sign nothing, and is still no caller's.
  const bool is_ca = can_sign || (flags & EXFLAG_CA) != 0;
  if ((flags & EXFLAG_INVALID) != 0) return Wrong(certificate, "has a malformed extension");
  if (is_ca) return Wrong(certificate, "is a CA certificate; a caller needs an end-entity one");

  const uint32_t key_usage = X509_get_key_usage(certificate);
  if ((flags & EXFLAG_KUSAGE) == 0 || (key_usage & KU_DIGITAL_SIGNATURE) == 0) {
    return Wrong(certificate, "lacks the key usage digitalSignature");
  }
  if ((key_usage & (KU_KEY_CERT_SIGN | KU_CRL_SIGN)) != 0) {
    return Wrong(certificate, "has a CA's key usage (keyCertSign or cRLSign)");
  }
  const uint32_t extended = X509_get_extended_key_usage(certificate);
  const bool has_extended = (flags & EXFLAG_XKUSAGE) != 0;
  if (usages.client && (!has_extended || (extended & XKU_SSL_CLIENT) == 0)) {
    return Wrong(certificate, "lacks the extended key usage clientAuth");
  }
  if (usages.server && (!has_extended || (extended & XKU_SSL_SERVER) == 0)) {
    return Wrong(certificate, "lacks the extended key usage serverAuth");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SoleUriName(X509* certificate) {
  auto uris = x509::UriNames(certificate);
  if (!uris.ok()) return Wrong(certificate, std::string(uris.status().message()));
  if (uris->empty())
    return Wrong(certificate, "has no URI alternative name; it needs one SPIFFE ID");
  if (uris->size() > 1) {
    return Wrong(certificate, "has " + std::to_string(uris->size()) +
                                  " URI alternative names; it needs exactly one, a SPIFFE ID");
  }
  return std::move(uris->front());
}

}  // namespace tracegate
