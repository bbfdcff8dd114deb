#include "gateway/transfers/transfer_caller.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

v1::Agency AgencyBehind(const Caller& caller) {
  v1::Agency agency;
  agency.set_state(caller.state);
  agency.set_name(caller.agency);
  return agency;
}

absl::Status CheckOwn(const TransferHouse& house, const Caller& caller) {
  if (house.registries->Serves(caller.state)) return absl::OkStatus();
  return Failure(v1::REASON_STATE_MISMATCH, "agencies of " + caller.state +
                                                " keep their records at their own State's gateway");
}

absl::Status CheckAsked(const TransferHouse& house, const Caller& peer, const std::string& state,
                        const std::string& field) {
  if (!house.registries->Serves(state)) {
    return FieldFailure(v1::REASON_STATE_NOT_SERVED, field,
                        "this gateway does not answer for " + state);
  }
  return house.check_peer_log ? house.check_peer_log(peer.state) : absl::OkStatus();
}

}  // namespace tracegate
