#include "adapters/marking/field_agreement.h"

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/calibres.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

v1::MatchReason Reason(const std::string& field, const std::string& asked,
                       const std::string& recorded) {
  v1::MatchReason reason;
  reason.set_field(field);
  reason.set_asked(asked);
  reason.set_recorded(recorded);
  reason.set_effect(v1::MATCH_EFFECT_NOT_RECORDED);
  return reason;
}

void Set(v1::MatchReason& reason, v1::MatchEffect effect, const std::string& note = "") {
  reason.set_effect(effect);
  reason.set_note(note);
}

std::vector<std::string> Meanings(const v1::Term& term) {
  std::vector<std::string> meanings(term.could_be().begin(), term.could_be().end());
  if (!term.canonical().empty()) meanings.push_back(term.canonical());
  return meanings;
}

// What two words of a catalogue come to. `are_near` says which canonical words stand for one
// another.
template <typename AreNear>
v1::MatchReason CompareTerms(const std::string& field, const v1::Term& asked,
                             const v1::Term& recorded, AreNear are_near) {
  v1::MatchReason reason = Reason(field, asked.verbatim(), recorded.verbatim());
  if (TellsNothing(asked.verbatim()) || TellsNothing(recorded.verbatim())) return reason;
  const std::vector<std::string> ours = Meanings(asked);
  const std::vector<std::string> theirs = Meanings(recorded);
  if (!asked.canonical().empty() && asked.canonical() == recorded.canonical()) {
    Set(reason, v1::MATCH_EFFECT_AGREES);
  } else if (ours.empty() && theirs.empty()) {
    const bool same = FoldWord(asked.verbatim()) == FoldWord(recorded.verbatim());
    Set(reason, same ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS,
        same ? "the same word, in no catalogue" : "two words, neither in the catalogue");
  } else if (ours.empty() || theirs.empty()) {
    Set(reason, v1::MATCH_EFFECT_COMPATIBLE, "one of the words is not in the catalogue");
  } else {
    const bool meet = std::any_of(ours.begin(), ours.end(), [&](const std::string& one) {
      return std::any_of(theirs.begin(), theirs.end(), [&](const std::string& other) {
        return one == other || are_near(one, other);
      });
    });
    Set(reason, meet ? v1::MATCH_EFFECT_COMPATIBLE : v1::MATCH_EFFECT_DIFFERS,
        meet ? "one of the words may mean the other" : "");
  }
  return reason;
}

bool Follows(const std::string& one, const std::string& other) {
  const Maker* maker = MakerCatalogue::Standard().Find(one);
  return maker != nullptr && maker->successor == other;
}

bool Succeeds(const State* state, const State* former) {
  return state != nullptr && former != nullptr &&
         std::find(former->successors.begin(), former->successors.end(), state->code) !=
             former->successors.end();
}

// Types that officers and registries do not tell apart alike.
int FamilyOf(v1::FirearmType type) {
  switch (type) {
    case v1::FIREARM_TYPE_REVOLVER: return 1;
    case v1::FIREARM_TYPE_SELF_LOADING_PISTOL:
    case v1::FIREARM_TYPE_OTHER_PISTOL: return 2;
    case v1::FIREARM_TYPE_RIFLE:
    case v1::FIREARM_TYPE_CARBINE:
    case v1::FIREARM_TYPE_ASSAULT_RIFLE:
    case v1::FIREARM_TYPE_LIGHT_MACHINE_GUN: return 3;
    case v1::FIREARM_TYPE_SHOTGUN: return 4;
    case v1::FIREARM_TYPE_SUB_MACHINE_GUN: return 5;
    default: return 0;
  }
}

}  // namespace

v1::MatchReason CompareMakers(const v1::Term& asked, const v1::Term& recorded) {
  return CompareTerms("manufacturer", asked, recorded,
                      [](const std::string& one, const std::string& other) {
                        return Follows(one, other) || Follows(other, one);
                      });
}

v1::MatchReason CompareCalibres(const v1::Term& asked, const v1::Term& recorded) {
  return CompareTerms("calibre", asked, recorded,
                      [](const std::string& one, const std::string& other) {
                        return CalibreCatalogue::Standard().AreNear(one, other);
                      });
}

v1::MatchReason CompareModels(const v1::Term& asked, const v1::Term& recorded) {
  v1::MatchReason reason = Reason("model", asked.verbatim(), recorded.verbatim());
  if (TellsNothing(asked.verbatim()) || TellsNothing(recorded.verbatim())) return reason;
  const std::string ours = FoldWord(asked.verbatim());
  const std::string theirs = FoldWord(recorded.verbatim());
  if (ours == theirs) {
    Set(reason, v1::MATCH_EFFECT_AGREES);
  } else if (ours.find(theirs) != std::string::npos || theirs.find(ours) != std::string::npos) {
    Set(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is written more fully");
  } else {
    Set(reason, v1::MATCH_EFFECT_DIFFERS);
  }
  return reason;
}

v1::MatchReason CompareCountries(const v1::Country& asked, const v1::Country& recorded) {
  const auto shown = [](const v1::Country& country) {
    return country.verbatim().empty() ? country.iso_code() : country.verbatim();
  };
  v1::MatchReason reason = Reason("country_of_manufacture", shown(asked), shown(recorded));
  const State* ours = StateCatalogue::Standard().Find(asked.iso_code());
  const State* theirs = StateCatalogue::Standard().Find(recorded.iso_code());
  if (ours == nullptr || theirs == nullptr) return reason;
  if (ours == theirs) {
    Set(reason, v1::MATCH_EFFECT_AGREES);
  } else if (Succeeds(ours, theirs) || Succeeds(theirs, ours)) {
    Set(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is a successor of the other");
  } else {
    Set(reason, v1::MATCH_EFFECT_DIFFERS);
  }
  return reason;
}

v1::MatchReason CompareYears(int asked, int recorded) {
  const auto shown = [](int year) { return year == 0 ? std::string() : std::to_string(year); };
  v1::MatchReason reason = Reason("year_of_manufacture", shown(asked), shown(recorded));
  if (asked == 0 || recorded == 0) return reason;
  Set(reason, asked == recorded ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS);
  return reason;
}

v1::MatchReason CompareTypes(v1::FirearmType asked, v1::FirearmType recorded) {
  v1::MatchReason reason =
      Reason("type", v1::FirearmType_Name(asked), v1::FirearmType_Name(recorded));
  if (asked == v1::FIREARM_TYPE_UNSPECIFIED || recorded == v1::FIREARM_TYPE_UNSPECIFIED)
    return reason;
  if (asked == recorded) {
    Set(reason, v1::MATCH_EFFECT_AGREES);
  } else if (FamilyOf(asked) == 0 || FamilyOf(recorded) == 0 ||
             FamilyOf(asked) == FamilyOf(recorded)) {
    Set(reason, v1::MATCH_EFFECT_COMPATIBLE, "types that are not always told apart");
  } else {
    Set(reason, v1::MATCH_EFFECT_DIFFERS);
  }
  return reason;
}

}  // namespace tracegate
