#include "gateway/tracing/judge.h"

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/match.h"

namespace tracegate {
namespace {

std::vector<v1::Candidate> Rank(const ItemReading& item, const adapter::v1::Records& records) {
  std::vector<v1::Candidate> ranked;
  for (const auto& record : records.records()) {
    v1::Candidate candidate = Compare(item, record);
    if (candidate.grade() != v1::MATCH_GRADE_UNSPECIFIED) ranked.push_back(std::move(candidate));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    if (a.grade() != b.grade()) return a.grade() < b.grade();
    return a.score() > b.score();
  });
  return ranked;
}

// Several that agree exactly, or records nobody looked at, leave the weapon in doubt.
bool IsDecided(const std::vector<v1::Candidate>& ranked, bool more) {
  if (ranked.empty() || more || ranked[0].grade() != v1::MATCH_GRADE_EXACT) return false;
  return ranked.size() == 1 || ranked[1].grade() != v1::MATCH_GRADE_EXACT;
}

void Explain(v1::Answer* answer) {
  switch (answer->outcome()) {
    case v1::OUTCOME_NO_RECORD: answer->set_explanation("No record has this serial number."); break;
    case v1::OUTCOME_CANDIDATE_UNCONFIRMED:
      answer->set_explanation(
          "One record may be this weapon. Compare it with the weapon before acting on it.");
      break;
    case v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES:
      answer->set_explanation(
          "Several records may be this weapon. Compare them with the weapon before acting on any.");
      break;
    default: answer->set_explanation("One record agrees in every mark that both give.");
  }
}

}  // namespace

v1::Outcome OutcomeOfLife(const v1::RegistryRecord& record, std::string* next_state) {
  // The last thing that happened decides.
  for (int i = record.events_size() - 1; i >= 0; --i) {
    const v1::LifeEvent& event = record.events(i);
    switch (event.kind()) {
      case v1::LIFE_EVENT_KIND_DESTRUCTION: return v1::OUTCOME_DESTROYED_ON_RECORD;
      case v1::LIFE_EVENT_KIND_DEACTIVATION: return v1::OUTCOME_DEACTIVATED_ON_RECORD;
      case v1::LIFE_EVENT_KIND_LOSS:
      case v1::LIFE_EVENT_KIND_THEFT: return v1::OUTCOME_REPORTED_LOST_OR_STOLEN;
      case v1::LIFE_EVENT_KIND_SEIZURE:
      case v1::LIFE_EVENT_KIND_STATE_STOCK: return v1::OUTCOME_HELD_IN_STATE_STOCK;
      case v1::LIFE_EVENT_KIND_EXPORT:
        *next_state = event.to_state();
        return v1::OUTCOME_TRANSFERRED_TO_STATE;
      case v1::LIFE_EVENT_KIND_IMPORT:
      case v1::LIFE_EVENT_KIND_DOMESTIC_TRANSFER:
      case v1::LIFE_EVENT_KIND_RECOVERY:
      case v1::LIFE_EVENT_KIND_CONVERSION:
        return record.has_holder() || event.has_to_party() ? v1::OUTCOME_LAST_HOLDER_IDENTIFIED
                                                           : v1::OUTCOME_NO_RECORD_OF_EXPORT;
      default: break;
    }
  }
  return record.has_holder() ? v1::OUTCOME_LAST_HOLDER_IDENTIFIED : v1::OUTCOME_NO_RECORD_OF_EXPORT;
}

v1::Answer JudgeRecords(const ItemReading& item, const adapter::v1::Records& records) {
  v1::Answer answer;
  std::vector<v1::Candidate> ranked = Rank(item, records);
  if (ranked.empty() && !records.more()) {
    answer.set_outcome(v1::OUTCOME_NO_RECORD);
  } else if (IsDecided(ranked, records.more())) {
    answer.set_outcome(OutcomeOfLife(ranked[0].record(), answer.mutable_next_state()));
  } else {
    answer.set_outcome(ranked.size() == 1 && !records.more()
                           ? v1::OUTCOME_CANDIDATE_UNCONFIRMED
                           : v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES);
    for (auto& candidate : ranked) candidate.set_needs_confirmation(true);
  }
  answer.set_more_candidates(records.more());
  Explain(&answer);
  for (auto& candidate : ranked) *answer.add_candidates() = std::move(candidate);
  return answer;
}

}  // namespace tracegate
