#include "gateway/cli/certificate_verdict.h"

#include "gateway/cli/typed_time.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

nlohmann::json Refused(const absl::Status& status) {
  return {{"verdict", "refused"},
          {"reason", ReasonName(DetailOf(status).reason())},
          {"message", std::string(status.message())}};
}

void AddStanding(RevocationStanding standing, absl::Time until, nlohmann::json* verdict) {
  (*verdict)["revocation"] = RevocationStandingName(standing);
  if (until != absl::InfiniteFuture()) (*verdict)["revocation_until"] = TimeText(until);
}

}  // namespace

std::pair<std::string, std::string> LeafAndRest(const std::string& chain_pem) {
  const size_t end = chain_pem.find(kEnd);
  if (end == std::string::npos) return {chain_pem, ""};
  return {chain_pem.substr(0, end + kEnd.size()) + "\n", chain_pem.substr(end + kEnd.size())};
}

nlohmann::json VerdictOf(const absl::StatusOr<Caller>& caller) {
  if (!caller.ok()) return Refused(caller.status());
  nlohmann::json verdict = {{"verdict", "accepted"},
                            {"spiffe_id", caller->spiffe_id},
                            {"state", caller->state},
                            {"agency", caller->agency},
                            {"role", RoleName(caller->role)},
                            {"fingerprint", caller->certificate_fingerprint},
                            {"not_after", TimeText(caller->not_after)}};
  AddStanding(caller->revocation, caller->revocation_until, &verdict);
  return verdict;
}

nlohmann::json VerdictOf(const absl::StatusOr<PathValidity>& path) {
  if (!path.ok()) return Refused(path.status());
  nlohmann::json verdict = {{"verdict", "accepted"},
                            {"not_before", TimeText(path->not_before)},
                            {"not_after", TimeText(path->not_after)}};
  AddStanding(path->revocation, path->revocation_until, &verdict);
  return verdict;
}

std::string VerdictText(const nlohmann::json& verdict) {
  std::string text = "accepted";
  for (const char* key : {"spiffe_id", "state", "agency", "role", "fingerprint", "not_before",
                          "not_after", "revocation", "revocation_until"}) {
    const auto found = verdict.find(key);
    if (found == verdict.end()) continue;
    text += "\n  " + std::string(key) + std::string(18 - std::string_view(key).size(), ' ') +
            found->get<std::string>();
  }
  return text + "\n";
}

std::string OneLine(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace tracegate
