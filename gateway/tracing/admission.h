#ifndef TRACEGATE_GATEWAY_TRACING_ADMISSION_H_
#define TRACEGATE_GATEWAY_TRACING_ADMISSION_H_

#include <string>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/tracing/house.h"

namespace tracegate {

// Whether the caller may ask this house at all: an officer where their State uses it as its own (STATE_MISMATCH); a peer
// where the house answers for `to_state` from a registry of its own (STATE_NOT_SERVED, naming `field`), and unless the
// peer's log contradicts itself. Agreements come later.
absl::Status CheckAdmission(const House& house, const Caller& caller, const std::string& to_state,
                            const std::string& field);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_ADMISSION_H_
