#ifndef TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_
#define TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/path_validity.h"
#include "gateway/identity/trust_bundle.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// What a path must be, beside valid.
struct PathRules {
  int intermediates_max = 0;  // certificates between leaf and root
  bool tls_client = true;     // else good for any purpose
};

// Builds and verifies a path (RFC 5280, section 6) from the leaf to a root of this one bundle at
// the instant `now`, with 112 bits of strength throughout and, where the bundle has CRLs, with none of its
// certificates revoked and a CRL in its time from every CA of it. `sent` and the bundle's own
// intermediates serve as stepping stones. Internal to this room.
//
// Thread safety: safe. Errors: CERTIFICATE_UNTRUSTED, CERTIFICATE_EXPIRED, CERTIFICATE_UNSUITABLE
// (a weak key or digest, a wrong purpose), CERTIFICATE_REVOKED, REVOCATION_UNKNOWN (a CRL is missing, stale
// past its grace, or not its CA's), naming the certificate of the path that is at fault.
absl::StatusOr<PathValidity> VerifyPath(X509* leaf, const std::vector<x509::CertificatePtr>& sent,
                                        const TrustBundle& bundle, const PathRules& rules,
                                        absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_
