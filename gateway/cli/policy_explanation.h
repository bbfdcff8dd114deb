#ifndef TRACEGATE_GATEWAY_CLI_POLICY_EXPLANATION_H_
#define TRACEGATE_GATEWAY_CLI_POLICY_EXPLANATION_H_

#include <string>

#include "absl/time/time.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/policy/agreement_book.h"
#include "nlohmann/json.hpp"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What somebody wants explained.
struct PolicyQuestion {
  std::string method;        // "/package.Service/Method"
  std::string to_state;      // empty: no State is asked, and no agreement decides
  v1::TraceRequest request;  // of it, the intended use and the guarantee
  absl::Time at;
};

// What the gateway of that configuration makes of the caller, by its own verifier, table and agreements. `verdict` is
// "allowed" or "refused"; then `certificate`, `access` and, where a State is asked, `agreement` with `considered`,
// `told`, `withheld`, `handling` and `quota`; `limits`. The first refusal is in `reason` and `message`.
nlohmann::json ExplainPolicy(const config::v1::GatewayConfig& config, const AgreementBook& book,
                             const absl::StatusOr<Caller>& caller, const PolicyQuestion& question);

// The same, for people.
std::string PolicyText(const nlohmann::json& explanation);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_POLICY_EXPLANATION_H_
