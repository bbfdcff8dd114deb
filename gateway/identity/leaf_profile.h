#ifndef TRACEGATE_GATEWAY_IDENTITY_LEAF_PROFILE_H_
#define TRACEGATE_GATEWAY_IDENTITY_LEAF_PROFILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// Which ends of a TLS connection a certificate must be fit for.
struct LeafUsages {
  bool client = false;
  bool server = false;
};

// What a certificate must be to identify somebody here, apart from who issued it (X509-SVID
// specification, sections 2 to 4, and stricter: extended key usage must be present, because an
// absent one allows everything). Internal to this room.
// Errors: INVALID_ARGUMENT saying what is wrong and right; callers add the reason.
absl::Status CheckLeafProfile(X509* certificate, LeafUsages usages);

// Its one URI name. Errors as above: none, several, malformed.
absl::StatusOr<std::string> SoleUriName(X509* certificate);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_LEAF_PROFILE_H_
