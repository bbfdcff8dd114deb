#ifndef TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_
#define TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_

#include <string_view>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// How one field of the weapon asked for agrees with the same field of a record.
struct FieldAgreement {
  std::string_view field = "";  // as in MatchReason
  v1::MatchEffect effect = v1::MATCH_EFFECT_NOT_RECORDED;
  bool same_text = false;
  // Why, in two halves; both empty where it is plain. The second half is the catalogues' or the asked
  // word's.
  std::string_view note = "";
  std::string_view noted_word = "";
};

// Whether the field contradicts: both sides tell something, and it cannot be the same.
inline bool Contradicts(const FieldAgreement& field) {
  return field.effect == v1::MATCH_EFFECT_DIFFERS;
}
inline bool Contradicts(const v1::MatchReason& field) {
  return field.effect() == v1::MATCH_EFFECT_DIFFERS;
}

// The same for people, with both spellings, written to `reason`, which is empty before.
void Explain(const FieldAgreement& field, std::string_view asked, std::string_view recorded,
             v1::MatchReason& reason);

// One field of the weapon asked for beside the same field of a record, both read (see ReadItem):
// how they agree, both spellings, and why in words where it is not plain. NOT_RECORDED where either
// tells nothing; COMPATIBLE where one is ambiguous, less precise or in no catalogue; DIFFERS only
// where both are known. Pure; any thread. Symmetric in effect.
v1::MatchReason CompareMakers(const v1::Term& asked, const v1::Term& recorded);
v1::MatchReason CompareCalibres(const v1::Term& asked, const v1::Term& recorded);
v1::MatchReason CompareModels(const v1::Term& asked, const v1::Term& recorded);

// The same, not yet in words; nothing is allocated.
FieldAgreement AgreementOf(const v1::Country& asked, const v1::Country& recorded);
FieldAgreement AgreementOf(v1::FirearmType asked, v1::FirearmType recorded);
// `proved` is when the weapon asked for was proved first (see FirstProofOf): it was not made later.
// Each 0 where it is not known.
FieldAgreement AgreementOfYears(int asked, int proved, int recorded);

// What is shown of a country, of a type: empty where nothing is told.
std::string_view ShownOf(const v1::Country& country);
std::string_view ShownOf(v1::FirearmType type);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_
