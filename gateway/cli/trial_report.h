#ifndef TRACEGATE_GATEWAY_CLI_TRIAL_REPORT_H_
#define TRACEGATE_GATEWAY_CLI_TRIAL_REPORT_H_

#include <string>
#include <vector>

#include "adapters/conformance/trial.h"

namespace tracegate {

// What the conformance cases came to, for people.
std::string TrialReport(const std::string& registry, const std::vector<TriedCase>& tried);

// The same as JSON, a line each case: registry, case, proves, verdict, and why where there is something to say.
std::string TrialLines(const std::string& registry, const std::vector<TriedCase>& tried);

// Whether no case failed.
bool HasPassed(const std::vector<TriedCase>& tried);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRIAL_REPORT_H_
