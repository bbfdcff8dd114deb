#ifndef TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_
#define TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// A bundle as OpenSSL uses it. Internal to this room.
//
// Thread safety: read by many verifications at once, which X509_STORE allows once it is filled.
struct TrustAnchors {
  x509::StorePtr store;
  std::vector<x509::CertificatePtr> roots;          // the same as in the store
  std::vector<x509::CertificatePtr> intermediates;  // untrusted
};

// Sorts certificates into roots, which are the self-signed ones, and the rest.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...": no self-signed one among them.
absl::StatusOr<std::shared_ptr<const TrustAnchors>> AnchorsOf(
    std::vector<x509::CertificatePtr> certificates);

// All of its certificates, still owned by it.
std::vector<X509*> AuthoritiesOf(const TrustAnchors& anchors);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_
