#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_FORECAST_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_FORECAST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/retention/legal_holds.h"
#include "gateway/evidence/retention/retained_log.h"
#include "gateway/evidence/retention/retention_plan.h"

namespace tracegate {

// Some entries of a log.
struct EntryCount {
  int64_t entries = 0;
  int64_t bytes = 0;   // of their contents
  int64_t first = -1;  // index
  int64_t last = -1;

  void Add(const EntryRow& row) {
    ++entries;
    bytes += static_cast<int64_t>(row.content.size());
    if (first < 0) first = row.index;
    last = row.index;
  }
};

// What the rules would do to a log at an instant.
struct RetentionForecast {
  struct OfRule {
    std::string id;
    std::string source;
    EntryCount due;  // would be erased under it
  };
  std::vector<OfRule> rules;  // in their order, also those under which nothing is due
  EntryCount held;            // would be erased, but for a hold
  EntryCount running;         // their time has not run out
  EntryCount open_trace;
  EntryCount no_rule;
  int64_t nothing = 0;               // without content: erased already, or never had any
  int64_t for_ever = 0;              // the gateway speaks of itself
  std::vector<v1::LegalHold> holds;  // that stand
};

// Reads the whole log; nothing is changed. Errors: the store's; DATA_LOSS (LOG_DAMAGED).
absl::StatusOr<RetentionForecast> ForecastRetention(RetainedLog& log, const RetentionPlan& plan,
                                                    absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_FORECAST_H_
