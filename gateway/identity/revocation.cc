#include "gateway/identity/revocation.h"

namespace tracegate {

std::string_view RevocationStandingName(RevocationStanding standing) {
  switch (standing) {
    case RevocationStanding::kNotChecked: return "not_checked";
    case RevocationStanding::kCurrent: return "current";
    case RevocationStanding::kStaleInGrace: return "stale_in_grace";
    case RevocationStanding::kMissingInGrace: return "missing_in_grace";
  }
  return "";
}

}  // namespace tracegate
