#ifndef TRACEGATE_GATEWAY_IDENTITY_PATH_VALIDITY_H_
#define TRACEGATE_GATEWAY_IDENTITY_PATH_VALIDITY_H_

#include "absl/time/time.h"
#include "gateway/identity/revocation.h"

namespace tracegate {

// How long a verified path holds.
struct PathValidity {
  // Every certificate of it is valid from `not_before` until just before `not_after`.
  absl::Time not_before;
  absl::Time not_after;
  RevocationStanding revocation = RevocationStanding::kNotChecked;
  // First instant at which the standing may be another: the next end of a CRL's time or of a grace. Past it the path
  // must be verified anew. Infinite where revocation is not checked.
  absl::Time revocation_until = absl::InfiniteFuture();
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_PATH_VALIDITY_H_
