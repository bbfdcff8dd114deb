#ifndef TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_
#define TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_

#include <vector>

#include "gateway/identity/x509_handles.h"

namespace tracegate {

// A bundle as OpenSSL uses it. Internal to this room.
//
// Thread safety: read by many verifications at once, which X509_STORE allows once it is filled.
struct TrustAnchors {
  x509::StorePtr roots;
  std::vector<x509::CertificatePtr> intermediates;  // untrusted
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_TRUST_ANCHORS_H_
