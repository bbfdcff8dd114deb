#include "adapters/marking/field_agreement.h"

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/calibres.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/match_reason.h"
#include "adapters/marking/states.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

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
  v1::MatchReason reason = ReasonOf(field, asked.verbatim(), recorded.verbatim());
  const std::vector<std::string> ours = Meanings(asked);
  const std::vector<std::string> theirs = Meanings(recorded);
  if ((ours.empty() && TellsNothing(asked.verbatim())) ||
      (theirs.empty() && TellsNothing(recorded.verbatim())))
    return reason;
  if (!asked.canonical().empty() && asked.canonical() == recorded.canonical()) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (ours.empty() && theirs.empty()) {
    const bool same = FoldWord(asked.verbatim()) == FoldWord(recorded.verbatim());
    SetEffect(reason, same ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS,
              same ? "the same word, in no catalogue" : "two words, neither in the catalogue");
  } else if (ours.empty() || theirs.empty()) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one of the words is not in the catalogue");
  } else {
    const bool meet = std::any_of(ours.begin(), ours.end(), [&](const std::string& one) {
      return std::any_of(theirs.begin(), theirs.end(), [&](const std::string& other) {
        return one == other || are_near(one, other);
      });
    });
    SetEffect(reason, meet ? v1::MATCH_EFFECT_COMPATIBLE : v1::MATCH_EFFECT_DIFFERS,
              meet ? "one of the words may mean the other" : "");
  }
  return reason;
}

bool IsName(const v1::Term& maker) {
  return MakerCatalogue::Standard().FindName(FoldWord(maker.verbatim())) != nullptr;
}

bool Follows(const std::string& one, const std::string& other) {
  const Maker* maker = MakerCatalogue::Standard().Find(one);
  return maker != nullptr && maker->successor == other;
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
  v1::MatchReason reason = CompareTerms("manufacturer", asked, recorded,
                                        [](const std::string& one, const std::string& other) {
                                          return Follows(one, other) || Follows(other, one);
                                        });
  if (reason.effect() == v1::MATCH_EFFECT_AGREES && !asked.canonical().empty() &&
      (!IsName(asked) || !IsName(recorded))) {
    reason.set_note("read as " + asked.canonical());
  }
  return reason;
}

v1::MatchReason CompareCalibres(const v1::Term& asked, const v1::Term& recorded) {
  return CompareTerms("calibre", asked, recorded,
                      [](const std::string& one, const std::string& other) {
                        return CalibreCatalogue::Standard().AreNear(one, other);
                      });
}

v1::MatchReason CompareCountries(const v1::Country& asked, const v1::Country& recorded) {
  const auto shown = [](const v1::Country& country) {
    return country.verbatim().empty() ? country.iso_code() : country.verbatim();
  };
  v1::MatchReason reason = ReasonOf("country_of_manufacture", shown(asked), shown(recorded));
  const State* ours = StateCatalogue::Standard().Find(asked.iso_code());
  const State* theirs = StateCatalogue::Standard().Find(recorded.iso_code());
  if (ours == nullptr || theirs == nullptr) return reason;
  if (ours == theirs) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (ours->IsSucceededBy(theirs->code) || theirs->IsSucceededBy(ours->code)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is a successor of the other");
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
  return reason;
}

v1::MatchReason CompareYears(int asked, int proved, int recorded) {
  const auto shown = [](int year) { return year == 0 ? std::string() : std::to_string(year); };
  v1::MatchReason reason = ReasonOf("year_of_manufacture", shown(asked), shown(recorded));
  if (recorded == 0) return reason;
  if (asked == 0 && proved != 0) {
    SetEffect(reason, recorded <= proved ? v1::MATCH_EFFECT_COMPATIBLE : v1::MATCH_EFFECT_DIFFERS,
              "proved in " + shown(proved) + ": made then or before");
  }
  if (asked == 0) return reason;
  SetEffect(reason, asked == recorded ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS);
  return reason;
}

v1::MatchReason CompareTypes(v1::FirearmType asked, v1::FirearmType recorded) {
  v1::MatchReason reason =
      ReasonOf("type", v1::FirearmType_Name(asked), v1::FirearmType_Name(recorded));
  if (asked == v1::FIREARM_TYPE_UNSPECIFIED || recorded == v1::FIREARM_TYPE_UNSPECIFIED)
    return reason;
  if (asked == recorded) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (FamilyOf(asked) == 0 || FamilyOf(recorded) == 0 ||
             FamilyOf(asked) == FamilyOf(recorded)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "types that are not always told apart");
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
  return reason;
}

}  // namespace tracegate
