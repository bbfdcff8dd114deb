#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PERIOD_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PERIOD_H_

#include "absl/time/time.h"

namespace tracegate {

// Calendar years and then days, in UTC. Neither is negative.
struct RetentionPeriod {
  int years = 0;
  int days = 0;
};

// The instant at which a period that began then is over: the same time of day, so many years and days later. Years from
// a 29 February end on 1 March where there is none: a period is rather a day too long.
absl::Time EndOf(absl::Time begin, const RetentionPeriod& period);

// Whether `next` can be over before `former` is, whenever both begin. Where leap days decide, it can.
bool CanBeShorter(const RetentionPeriod& next, const RetentionPeriod& former);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PERIOD_H_
