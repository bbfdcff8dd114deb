#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PLAN_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PLAN_H_

#include <cstdint>
#include <utility>

#include "absl/time/time.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Where the trace of an entry stands.
struct TraceStanding {
  bool known = false;  // the entry is of a trace that the store has
  bool open = false;
  absl::Time end_time;       // of an ended one
  int64_t reply_entry = -1;  // its final reply, once there is one
};

// Why a content is kept, or that it is not.
enum class Keeping {
  kNothing,    // there is none, or it is erased already
  kForEver,    // the gateway speaks of itself: no rule can fit
  kNoRule,     // no rule fits
  kOpenTrace,  // its trace goes on
  kRunning,    // its time has not run out
  kHeld,       // its time has run out, and a legal hold stands
  kDue,        // to be erased
};

struct RetentionVerdict {
  Keeping keeping = Keeping::kNoRule;
  const config::v1::RetentionRule* rule =
      nullptr;  // the one that decides: the longest that fits; the plan's own
  absl::Time until = absl::InfiniteFuture();  // kept so long by it
};

// What the configured rules say of each entry. Of several that fit, the one wins that keeps longest; what none fits is
// kept, and so are the contents of an open trace.
//
// A rule by the trace's end counts from the end; for what was recorded later (a reply given again), from then. It fits no
// entry without a trace.
//
// Thread safety: const methods from any thread.
class RetentionPlan {
 public:
  // `retention` was found right by CheckConfig (gateway/daemon/config_defaults.h).
  explicit RetentionPlan(config::v1::Retention retention) : retention_(std::move(retention)) {}

  // `has_content`: whether salt and content are still there. `held`: whether a legal hold on its trace stands.
  RetentionVerdict Judge(const v1::EntryHeader& header, bool has_content,
                         const TraceStanding& trace, bool held, absl::Time now) const;

  // Whether anything recorded then, or earlier, can be due by now: where not, nothing behind it can.
  bool CanBeDue(absl::Time record_time, absl::Time now) const;

  const config::v1::Retention& retention() const { return retention_; }

 private:
  const config::v1::Retention retention_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_RETENTION_PLAN_H_
