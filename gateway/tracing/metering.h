#ifndef TRACEGATE_GATEWAY_TRACING_METERING_H_
#define TRACEGATE_GATEWAY_TRACING_METERING_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/marking/reading.h"
#include "gateway/tracing/house.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// How much one State asks a registry of another that stands in this house: counted once a question, before the registry
// is asked, whoever carries the question.

// Counts the question against the agreement's quota, and shows it to the harvest guard; where that changes its mind, the
// log and `house.tell_suspicion` hear of it. RATE_LIMITED, QUOTA_EXCEEDED, HARVEST_SUSPECTED or HARVEST_REFUSED.
absl::Status MeterQuestion(const House& house, const config::v1::Agreement& agreement,
                           const v1::TraceRequest& request, const ItemReading& read,
                           absl::Time now);

// Tells the guard whether that question found a record.
void MeterAnswer(const House& house, const config::v1::Agreement& agreement,
                 const v1::TraceRequest& request, const ItemReading& read, bool hit);

// Tells the quota what was asked earlier in the UTC day of `now`, by the log: a restart gives nobody a second day.
absl::Status RestoreQuota(RecordStore* store, absl::Time now, PairQuota* quota);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_METERING_H_
