#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_CASES_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_CASES_H_

#include <vector>

#include "adapters/conformance/bench.h"
#include "adapters/conformance/verdict.h"

namespace tracegate {

// One thing that every adapter owes, whatever it speaks to.
struct ConformanceCase {
  const char* name;
  const char* proves;
  Verdict (*run)(Bench& bench);
};

// The published list (docs/reference/adapter_conformance.md), in the order in which the cases are run: the last destroys
// the adapter.
const std::vector<ConformanceCase>& ConformanceCases();

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_CASES_H_
