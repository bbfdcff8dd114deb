#include "adapters/marking/field_agreement.h"

#include "adapters/marking/field_words.h"
#include "adapters/marking/states.h"

namespace tracegate {
namespace {

template <typename Word>
v1::MatchReason CompareWords(const v1::Term& asked, const v1::Term& recorded) {
  const Word ours(asked);
  const Word theirs(recorded);
  v1::MatchReason reason;
  Explain(AgreementOf(ours, theirs), asked.verbatim(), recorded.verbatim(), reason);
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

FieldAgreement AgreementOf(const v1::Country& asked, const v1::Country& recorded) {
  FieldAgreement agreement{.field = "country_of_manufacture",
                           .same_text = ShownOf(asked) == ShownOf(recorded)};
  if (asked.iso_code().empty() || recorded.iso_code().empty()) return agreement;
  const State* ours = StateCatalogue::Standard().Find(asked.iso_code());
  const State* theirs = StateCatalogue::Standard().Find(recorded.iso_code());
  if (ours == nullptr || theirs == nullptr) return agreement;
  if (ours == theirs) {
    agreement.effect = v1::MATCH_EFFECT_AGREES;
  } else if (ours->IsSucceededBy(theirs->code) || theirs->IsSucceededBy(ours->code)) {
    agreement.effect = v1::MATCH_EFFECT_COMPATIBLE;
    agreement.note = "one is a successor of the other";
  } else {
    agreement.effect = v1::MATCH_EFFECT_DIFFERS;
  }
  return agreement;
}

FieldAgreement AgreementOf(v1::FirearmType asked, v1::FirearmType recorded) {
  FieldAgreement agreement{.field = "type", .same_text = asked == recorded};
  if (asked == v1::FIREARM_TYPE_UNSPECIFIED || recorded == v1::FIREARM_TYPE_UNSPECIFIED)
    return agreement;
  const int ours = FamilyOf(asked);
  const int theirs = FamilyOf(recorded);
  if (asked == recorded) {
    agreement.effect = v1::MATCH_EFFECT_AGREES;
  } else if (ours == 0 || theirs == 0 || ours == theirs) {
    agreement.effect = v1::MATCH_EFFECT_COMPATIBLE;
    agreement.note = "types that are not always told apart";
  } else {
    agreement.effect = v1::MATCH_EFFECT_DIFFERS;
  }
  return agreement;
}

FieldAgreement AgreementOfYears(int asked, int proved, int recorded) {
  FieldAgreement agreement{.field = "year_of_manufacture", .same_text = asked == recorded};
  if (recorded == 0) return agreement;
  if (asked != 0) {
    agreement.effect = asked == recorded ? v1::MATCH_EFFECT_AGREES : v1::MATCH_EFFECT_DIFFERS;
  } else if (proved != 0) {
    agreement.effect = recorded <= proved ? v1::MATCH_EFFECT_COMPATIBLE : v1::MATCH_EFFECT_DIFFERS;
    agreement.note = "proved in ";
  }
  return agreement;
}

std::string_view ShownOf(const v1::Country& country) {
  return country.verbatim().empty() ? country.iso_code() : country.verbatim();
}

std::string_view ShownOf(v1::FirearmType type) {
  if (type == v1::FIREARM_TYPE_UNSPECIFIED) return "";
  return v1::FirearmType_Name(type);
}

// What is empty stays unset, without a string of its own.
void Explain(const FieldAgreement& field, std::string_view asked, std::string_view recorded,
             v1::MatchReason& reason) {
  *reason.mutable_field() = field.field;
  if (!asked.empty()) *reason.mutable_asked() = asked;
  if (!recorded.empty()) *reason.mutable_recorded() = recorded;
  reason.set_effect(field.effect);
  if (!field.note.empty()) reason.mutable_note()->assign(field.note).append(field.noted_word);
}

}  // namespace tracegate
