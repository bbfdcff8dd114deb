#ifndef TRACEGATE_GATEWAY_IDENTITY_PATH_JUDGEMENT_H_
#define TRACEGATE_GATEWAY_IDENTITY_PATH_JUDGEMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/path_validity.h"

namespace tracegate {

// A certification path in question, without any State: for published test suites and for looking at a chain by hand.
struct PathQuestion {
  std::string roots;  // PEM: the self-signed ones are the anchors, the rest stepping stones
  std::string chain;  // PEM: leaf first, then whatever else is known
  std::string crls;   // PEM, or one in DER; empty: revocation is not checked
  absl::Time at;
  int intermediates_max = 4;
};

// Judges it with the code that judges callers (certificate_path.h), leaving out what is ours alone: SPIFFE ID, profile
// of the leaf, TLS client as its purpose, and the binding of roots to a State.
//
// Thread safety: safe. Errors: as CallerVerifier's; CONFIG_INVALID where roots or CRLs cannot be read.
absl::StatusOr<PathValidity> JudgePath(const PathQuestion& question);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_PATH_JUDGEMENT_H_
