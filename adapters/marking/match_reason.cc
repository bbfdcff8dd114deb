#include "adapters/marking/match_reason.h"

namespace tracegate {

v1::MatchReason ReasonOf(const std::string& field, const std::string& asked,
                         const std::string& recorded) {
  v1::MatchReason reason;
  reason.set_field(field);
  reason.set_asked(asked);
  reason.set_recorded(recorded);
  reason.set_effect(v1::MATCH_EFFECT_NOT_RECORDED);
  return reason;
}

void SetEffect(v1::MatchReason& reason, v1::MatchEffect effect, const std::string& note) {
  reason.set_effect(effect);
  reason.set_note(note);
}

}  // namespace tracegate
