#include "adapters/peer/peer_word.h"

#include <utility>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Unusable(const std::string& why) {
  return Failure(v1::REASON_PEER_REFUSED, "the peer's word cannot be used: " + why);
}

absl::Status CheckHits(const v1::CrossCheckResponse& response, const std::string& state) {
  const bool is_hit = response.outcome() == v1::CROSS_CHECK_OUTCOME_HIT;
  if (is_hit != !response.hits().empty()) {
    return Unusable(is_hit ? "it tells a hit and no owner" : "it tells an owner and no hit");
  }
  for (const v1::Hit& hit : response.hits()) {
    if (hit.state() != state) return Unusable("it speaks for " + hit.state());
  }
  return absl::OkStatus();
}

absl::Status CheckWord(const v1::CrossCheckResponse& response, const std::string& state) {
  if (response.state() != state) return Unusable("it does not speak for " + state);
  switch (response.outcome()) {
    case v1::CROSS_CHECK_OUTCOME_HIT:
    case v1::CROSS_CHECK_OUTCOME_NO_HIT:
    case v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT:
    case v1::CROSS_CHECK_OUTCOME_UNAVAILABLE: return CheckHits(response, state);
    case v1::CROSS_CHECK_OUTCOME_REFUSED:
      return response.legal_ground() == v1::LEGAL_GROUND_UNSPECIFIED
                 ? Unusable("it refuses without a legal ground")
                 : CheckHits(response, state);
    default: return Unusable("it says neither hit nor no hit, nor why");
  }
}

}  // namespace

absl::StatusOr<CrossCheckWord> ReadPeerWord(std::string reply, const std::string& state) {
  CrossCheckWord word;
  if (auto status = ParseChecked(reply, &word.response); !status.ok()) {
    if (DetailOf(status).reason() == v1::REASON_ENUM_UNKNOWN) {
      return Failure(v1::REASON_PEER_NEWER, "the peer's word needs a newer Tracegate here: " +
                                                std::string(status.message()));
    }
    return Unusable(std::string(status.message()));
  }
  if (auto status = CheckWord(word.response, state); !status.ok()) return status;
  word.verbatim = std::move(reply);
  return word;
}

}  // namespace tracegate
