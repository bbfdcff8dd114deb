#include "adapters/marking/match_reason.h"

namespace tracegate {

// What is empty stays unset, without a string of its own.
void SetWords(v1::MatchReason& reason, std::string_view field, std::string_view asked,
              std::string_view recorded) {
  if (!field.empty()) *reason.mutable_field() = field;
  if (!asked.empty()) *reason.mutable_asked() = asked;
  if (!recorded.empty()) *reason.mutable_recorded() = recorded;
  reason.set_effect(v1::MATCH_EFFECT_NOT_RECORDED);
}

void SetEffect(v1::MatchReason& reason, v1::MatchEffect effect, std::string_view note,
               std::string_view noted_word) {
  reason.set_effect(effect);
  if (!note.empty()) reason.mutable_note()->assign(note).append(noted_word);
}

}  // namespace tracegate
