#include "adapters/conformance/trial.h"

#include <utility>

namespace tracegate {

std::vector<TriedCase> TryAdapter(std::unique_ptr<RegistryAdapter> adapter,
                                  Bench::Options options) {
  Bench bench(std::move(adapter), std::move(options));
  const std::vector<ConformanceCase>& cases = ConformanceCases();
  std::vector<TriedCase> tried;
  for (const ConformanceCase& one : cases) {
    const bool can_be_asked = tried.empty() || tried.front().verdict.passed();
    const bool is_last = &one == &cases.back();
    tried.push_back({&one, can_be_asked || is_last
                               ? one.run(bench)
                               : Verdict::Skipped("the registry cannot be asked")});
  }
  return tried;
}

}  // namespace tracegate
