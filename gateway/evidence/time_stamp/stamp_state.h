#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMP_STATE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMP_STATE_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/evidence/time_stamp/time_stamp.h"

namespace tracegate {

// How the stamping of a log's checkpoints stands, for whoever watches the gateway. A plain value.
// Instants are of the gateway's clock, except `last_stamp->gen_time`.
struct StampState {
  std::optional<TimeStamp> last_stamp;  // since the gateway started
  int64_t tree_size = 0;                // of the checkpoint it is on; 0 without one
  absl::Time stamped_at;                // when it was kept; meaningless without one
  absl::Status last_error;              // of the newest attempt; OK where that one succeeded
  int failures = 0;                     // attempts in a row that failed
  // Since when a checkpoint waits for a stamp; nothing while the newest has one. Seen at the first
  // attempt on it, so it may be older by an interval.
  std::optional<absl::Time> waiting_since;
  bool beyond_grace = false;  // it waits for longer than the grace: an outage
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMP_STATE_H_
