#ifndef TRACEGATE_GATEWAY_TRANSFERS_ALERT_TELLING_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ALERT_TELLING_H_

#include <functional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/transfers/transfer_house.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Tells States what another State has to say of an alert, as agreements let know today (ATT 11). A State served here is told
// by `here`; one behind another gateway is left to the errand. `recipients` gets an entry for each: told, why it cannot be,
// or neither yet. Returns whether any is left to the errand. Errors: those of `here`, but for DOCUMENT_NOT_FOUND, which is
// that State's failure.
absl::StatusOr<bool> TellStates(
    const TransferHouse& house, const std::string& from, const std::set<std::string>& states,
    const std::function<absl::Status(const config::v1::Agreement&, const std::string& state)>& here,
    google::protobuf::RepeatedPtrField<v1::AlertRecipient>* recipients);

// Whether that State is still to be told, now or later.
bool IsUntold(const v1::AlertRecipient& recipient);

// The last day on which States behind other gateways are told.
std::string LastDayOfTelling(const TransferHouse& house);

// What a gateway is told that told this one something of an alert: that it arrived, and no more. Serialised.
std::string ArrivalOf(const std::string& request_id, const std::string& state, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ALERT_TELLING_H_
