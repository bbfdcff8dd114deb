#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CA_BUNDLE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CA_BUNDLE_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/time_stamp/ts_handles.h"

namespace tracegate::ts {

// The CAs that an operator trusts to say who is a time-stamp authority. Internal to this room.
//
// Thread safety: read by many verifications at once.
struct CaBundle {
  std::vector<CertificatePtr> roots;          // self-signed
  std::vector<CertificatePtr> intermediates;  // help to find a path; trusted with nothing
};

// Text between the PEM blocks is allowed: people write comments.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `time_stamp.ca`: no self-signed certificate in
// it, a block of another kind (a private key there is a mishap to be told), a broken one, a
// certificate that is no CA's, more than 64 or 1 MiB. Validity in time is looked at when a token is
// verified, at the token's time.
absl::StatusOr<CaBundle> ReadCaBundle(std::string_view pem);

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CA_BUNDLE_H_
