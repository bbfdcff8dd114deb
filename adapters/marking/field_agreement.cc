#include "adapters/marking/field_agreement.h"

#include <string>

#include "adapters/marking/field_words.h"
#include "adapters/marking/match_reason.h"
#include "adapters/marking/states.h"

namespace tracegate {
namespace {

template <typename Word>
v1::MatchReason CompareWords(const v1::Term& asked, const v1::Term& recorded) {
  const Word ours(asked);
  const Word theirs(recorded);
  v1::MatchReason reason;
  Explain({&ours, &theirs, AgreementOf(ours, theirs)}, reason);
  return reason;
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
  return CompareWords<MakerWord>(asked, recorded);
}

v1::MatchReason CompareModels(const v1::Term& asked, const v1::Term& recorded) {
  return CompareWords<ModelWord>(asked, recorded);
}

v1::MatchReason CompareCalibres(const v1::Term& asked, const v1::Term& recorded) {
  return CompareWords<CalibreWord>(asked, recorded);
}

void CompareCountries(const v1::Country& asked, const v1::Country& recorded,
                      v1::MatchReason& reason) {
  const auto shown = [](const v1::Country& country) -> const std::string& {
    return country.verbatim().empty() ? country.iso_code() : country.verbatim();
  };
  SetWords(reason, "country_of_manufacture", shown(asked), shown(recorded));
  const State* ours = StateCatalogue::Standard().Find(asked.iso_code());
  const State* theirs = StateCatalogue::Standard().Find(recorded.iso_code());
  if (ours == nullptr || theirs == nullptr) return;
  if (ours == theirs) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (ours->IsSucceededBy(theirs->code) || theirs->IsSucceededBy(ours->code)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "one is a successor of the other");
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
}

v1::MatchEffect EffectOfYears(int asked, int proved, int recorded) {
  if (recorded == 0) return v1::MATCH_EFFECT_NOT_RECORDED;
  if (asked != 0) return asked == recorded ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS;
  if (proved == 0) return v1::MATCH_EFFECT_NOT_RECORDED;
  return recorded <= proved ? v1::MATCH_EFFECT_COMPATIBLE : v1::MATCH_EFFECT_DIFFERS;
}

void CompareYears(int asked, int proved, int recorded, v1::MatchReason& reason) {
  const auto shown = [](int year) { return year == 0 ? std::string() : std::to_string(year); };
  SetWords(reason, "year_of_manufacture", shown(asked), shown(recorded));
  const bool by_proof = asked == 0 && proved != 0 && recorded != 0;
  SetEffect(reason, EffectOfYears(asked, proved, recorded),
            by_proof ? "proved in " + shown(proved) + ": made then or before" : "");
}

void CompareTypes(v1::FirearmType asked, v1::FirearmType recorded, v1::MatchReason& reason) {
  SetWords(reason, "type", v1::FirearmType_Name(asked), v1::FirearmType_Name(recorded));
  if (asked == v1::FIREARM_TYPE_UNSPECIFIED || recorded == v1::FIREARM_TYPE_UNSPECIFIED) return;
  if (asked == recorded) {
    SetEffect(reason, v1::MATCH_EFFECT_AGREES);
  } else if (FamilyOf(asked) == 0 || FamilyOf(recorded) == 0 ||
             FamilyOf(asked) == FamilyOf(recorded)) {
    SetEffect(reason, v1::MATCH_EFFECT_COMPATIBLE, "types that are not always told apart");
  } else {
    SetEffect(reason, v1::MATCH_EFFECT_DIFFERS);
  }
}

}  // namespace tracegate
