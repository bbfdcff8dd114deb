#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_TRIAL_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_TRIAL_H_

#include <memory>
#include <vector>

#include "adapters/conformance/bench.h"
#include "adapters/conformance/cases.h"
#include "adapters/conformance/verdict.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// What one case of the list came to.
struct TriedCase {
  const ConformanceCase* tried;
  Verdict verdict;
};

// Runs the whole list over one adapter, in order. One that is not healthy at first is tried no further: the other cases but
// the last are skipped.
std::vector<TriedCase> TryAdapter(std::unique_ptr<RegistryAdapter> adapter, Bench::Options options);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_TRIAL_H_
