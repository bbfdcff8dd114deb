#include "gateway/tracing/admission.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::Status CheckAdmission(const House& house, const Caller& caller, const std::string& to_state,
                            const std::string& field) {
  if (caller.role != Role::kPeer) {
    if (house.registries->Serves(caller.state)) return absl::OkStatus();
    return Failure(v1::REASON_STATE_MISMATCH,
                   "agencies of " + caller.state + " ask through their own State's gateway");
  }
  const Registry* registry = house.registries->ForState(to_state);
  if (!house.registries->Serves(to_state) || registry == nullptr || registry->is_peer) {
    return FieldFailure(v1::REASON_STATE_NOT_SERVED, field,
                        "this gateway does not answer for " + to_state);
  }
  return house.check_peer_log ? house.check_peer_log(caller.state) : absl::OkStatus();
}

}  // namespace tracegate
