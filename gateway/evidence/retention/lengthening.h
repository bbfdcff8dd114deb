#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LENGTHENING_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LENGTHENING_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/storage/record_store.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// Retention can lengthen, never shorten: a rule that stood under its id may become longer and wider, and nothing else. Who
// means to keep less gives the rule a new id, so that nobody takes it for the old one; both configurations stand in the
// log then. A rule may be left out: what no rule fits is kept.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming the key of the rule in `next`, as in `retention.rules[0].years`.
absl::Status CheckNotShortened(const config::v1::Retention& former,
                               const config::v1::Retention& next);

// The rules that the newest configuration in a log has (GATEWAY_STARTED, POLICY_CHANGED); nothing where there is none
// yet. `size`: of the log; `read` gives the entry of an index. DATA_LOSS (LOG_DAMAGED) where it cannot be read.
absl::StatusOr<std::optional<config::v1::Retention>> NewestRecordedRetention(
    int64_t size, const std::function<absl::StatusOr<EntryRow>(int64_t)>& read);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_LENGTHENING_H_
