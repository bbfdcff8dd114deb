#ifndef TRACEGATE_TESTS_ADAPTERS_EVENTUALLY_H_
#define TRACEGATE_TESTS_ADAPTERS_EVENTUALLY_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tracegate {

// Looks until it holds, within a bound that is only reached by a failure: for what an adapter does in the background.
template <typename Condition>
bool Eventually(Condition holds) {
  for (const absl::Time until = absl::Now() + absl::Minutes(2); absl::Now() < until;) {
    if (holds()) return true;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return false;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_EVENTUALLY_H_
