#ifndef TRACEGATE_GATEWAY_CLI_VERIFIER_KEYS_H_
#define TRACEGATE_GATEWAY_CLI_VERIFIER_KEYS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/verifier_key.h"

namespace tracegate {

// The keys typed after --key. Errors: CONFIG_INVALID naming `--key`.
absl::StatusOr<std::vector<audit::VerifierKey>> TypedVerifierKeys(
    const std::vector<std::string>& texts);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_VERIFIER_KEYS_H_
