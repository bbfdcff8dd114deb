#ifndef TRACEGATE_GATEWAY_TRACING_HOP_CLOCK_H_
#define TRACEGATE_GATEWAY_TRACING_HOP_CLOCK_H_

#include <string_view>

#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What a State asked owes by when: by the agreement's targets and, at a desk, by its own. The ITI sets none.

// What is past its target: "acknowledgement", "answer", or nothing. Never while the clocks stand: while information is
// wanted, and until the time that a delay names. `hop` is open.
std::string_view Overdue(const v1::Hop& hop, absl::Time now);

// The target that was missed last; InfinitePast where none was.
absl::Time MissedTarget(const v1::Hop& hop, absl::Time now);

// When to look next: at `latest`, or where a target or a delay ends before.
absl::Time NextLook(const v1::Hop& hop, absl::Time now, absl::Time latest);

// The information that was wanted came: the clocks go on, and every target moves by as long as they stood.
void ResumeClocks(v1::Hop* hop, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_HOP_CLOCK_H_
