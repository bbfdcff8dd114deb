#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_VERDICT_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_VERDICT_H_

#include <string>
#include <utility>

namespace tracegate {

// What one case found: the adapter does as the contract has it, does not, or could not be tried.
struct Verdict {
  enum class Kind { kPassed, kFailed, kSkipped };

  Kind kind = Kind::kPassed;
  std::string why = {};  // of a failure, or of what was skipped

  static Verdict Passed() { return {}; }
  static Verdict Failed(std::string why) { return {Kind::kFailed, std::move(why)}; }
  static Verdict Skipped(std::string why) { return {Kind::kSkipped, std::move(why)}; }

  bool passed() const { return kind == Kind::kPassed; }
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_VERDICT_H_
