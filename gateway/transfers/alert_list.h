#ifndef TRACEGATE_GATEWAY_TRANSFERS_ALERT_LIST_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ALERT_LIST_H_

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Alerts that the caller's State raised or was told of, newest first. FIELD_INVALID, PAGE_TOKEN_INVALID; the store's errors. A
// page may be shorter than asked for though another follows.
absl::StatusOr<v1::ListAlertsResponse> ListAlerts(RecordStore* store, const Caller& caller,
                                                  const v1::ListAlertsRequest& request);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ALERT_LIST_H_
