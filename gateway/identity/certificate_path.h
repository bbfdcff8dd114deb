#ifndef TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_
#define TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/trust_bundle.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// When every certificate of a path is valid: from `not_before` until just before `not_after`.
struct PathValidity {
  absl::Time not_before;
  absl::Time not_after;
};

// Builds and verifies a path (RFC 5280, section 6) from the leaf to a root of this one bundle at
// the instant `now`, for a TLS client, with 112 bits of strength throughout and at most
// `intermediates_max` certificates between leaf and root. `sent` and the bundle's own intermediates
// serve as stepping stones. Internal to this room.
//
// Thread safety: safe. Errors: CERTIFICATE_UNTRUSTED, CERTIFICATE_EXPIRED, CERTIFICATE_UNSUITABLE
// (a weak key or digest, a wrong purpose), naming the certificate of the path that is at fault.
absl::StatusOr<PathValidity> VerifyPath(X509* leaf, const std::vector<x509::CertificatePtr>& sent,
                                        const TrustBundle& bundle, int intermediates_max,
                                        absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_PATH_H_
