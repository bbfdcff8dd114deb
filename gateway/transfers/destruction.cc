#include "gateway/transfers/destruction.h"

#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

std::string TextOf(const v1::LifeEvent& destruction) {
  const std::string day = DateText(destruction.date());
  return "was destroyed" + (day.empty() ? "" : " on " + day);
}

}  // namespace

std::optional<Destruction> DestructionIn(const v1::Answer& answer) {
  for (const v1::Candidate& candidate : answer.candidates()) {
    if (candidate.needs_confirmation()) continue;
    for (const v1::LifeEvent& event : candidate.record().events()) {
      if (event.kind() != v1::LIFE_EVENT_KIND_DESTRUCTION) continue;
      return Destruction{candidate.record().record_number(), TextOf(event)};
    }
  }
  return std::nullopt;
}

}  // namespace tracegate
