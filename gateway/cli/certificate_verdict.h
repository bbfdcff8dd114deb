#ifndef TRACEGATE_GATEWAY_CLI_CERTIFICATE_VERDICT_H_
#define TRACEGATE_GATEWAY_CLI_CERTIFICATE_VERDICT_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"
#include "gateway/identity/path_validity.h"
#include "nlohmann/json.hpp"

namespace tracegate {

// The first certificate of a PEM text, and what follows it.
std::pair<std::string, std::string> LeafAndRest(const std::string& chain_pem);

// What is said of a chain: `verdict` is "accepted" or "refused"; then who it is and until when, or reason and message.
nlohmann::json VerdictOf(const absl::StatusOr<Caller>& caller);
nlohmann::json VerdictOf(const absl::StatusOr<PathValidity>& path);

// An accepted verdict for people.
std::string VerdictText(const nlohmann::json& verdict);

// One line of JSON. Bytes that are no UTF-8 are replaced.
std::string OneLine(const nlohmann::json& json);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_CERTIFICATE_VERDICT_H_
