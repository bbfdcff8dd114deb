#ifndef TRACEGATE_GATEWAY_DAEMON_RETENTION_CHECK_H_
#define TRACEGATE_GATEWAY_DAEMON_RETENTION_CHECK_H_

#include "absl/status/status.h"
#include "gateway/daemon/configuration.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Holds the retention rules against those that the gateway last ran with, as its log has them: none became shorter
// (gateway/evidence/retention/lengthening.h). Errors: CONFIG_INVALID naming the rule; the store's.
absl::Status CheckRetentionKept(const Configuration& configuration, RecordStore* store);

// The same with the store's file, read only: for a check beside a running gateway, or before the first start, when
// there is none yet.
absl::Status CheckRetentionKept(const Configuration& configuration);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_RETENTION_CHECK_H_
