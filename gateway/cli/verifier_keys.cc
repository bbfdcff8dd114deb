#include "gateway/cli/verifier_keys.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<std::vector<audit::VerifierKey>> TypedVerifierKeys(
    const std::vector<std::string>& texts) {
  auto keys = audit::ParseVerifierKeys(texts);
  if (keys.ok()) return keys;
  return FieldFailure(v1::REASON_CONFIG_INVALID, "--key",
                      DetailOf(keys.status()).violations(0).description());
}

}  // namespace tracegate
