#ifndef TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_CALLER_H_
#define TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_CALLER_H_

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/v1/party.pb.h"

namespace tracegate {

// Who records what arrived before any agency took it in hand: the gateway itself.
inline constexpr char kGatewayAgency[] = "gateway";

// The agency that a certificate speaks for.
v1::Agency AgencyBehind(const Caller& caller);

// OK where the caller's State uses this house as its own; STATE_MISMATCH.
absl::Status CheckOwn(const TransferHouse& house, const Caller& caller);

// OK where that State's transfers are kept here and the peer's log is sound; STATE_NOT_SERVED naming `field`.
absl::Status CheckAsked(const TransferHouse& house, const Caller& peer, const std::string& state,
                        const std::string& field);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_TRANSFER_CALLER_H_
