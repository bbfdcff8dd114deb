#ifndef TRACEGATE_GATEWAY_DAEMON_CHECKPOINT_STAMPS_H_
#define TRACEGATE_GATEWAY_DAEMON_CHECKPOINT_STAMPS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "gateway/daemon/own_entries.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/time_stamp/checkpoint_stamper.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// The stamper that a configuration asks for, begun: each token is an entry of the log. `log` and `own` outlive it.
//
// Errors: CONFIG_INVALID naming a key below `evidence.time_stamping`.
absl::StatusOr<std::unique_ptr<CheckpointStamper>> BeginStamping(
    const config::v1::TimeStamping& config, const EvidenceLog* log, const OwnEntries* own);

// The same, without beginning: what of the configuration is wrong.
absl::Status CheckTimeStamping(const config::v1::TimeStamping& config);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_CHECKPOINT_STAMPS_H_
