#ifndef TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_
#define TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// One field of the weapon asked for beside the same field of a record, both read (see ReadItem):
// how they agree, both spellings, and why in words where it is not plain. NOT_RECORDED where either
// tells nothing; COMPATIBLE where one is ambiguous, less precise or in no catalogue; DIFFERS only
// where both are known. Pure; any thread. Symmetric in effect.
v1::MatchReason CompareMakers(const v1::Term& asked, const v1::Term& recorded);
v1::MatchReason CompareCalibres(const v1::Term& asked, const v1::Term& recorded);
v1::MatchReason CompareModels(const v1::Term& asked, const v1::Term& recorded);

// The same, written to `reason`, which is empty before.
void CompareCountries(const v1::Country& asked, const v1::Country& recorded,
                      v1::MatchReason& reason);

// `proved` is when the weapon asked for was proved first (see FirstProofOf): it was not made later.
// Each 0 where it is not known.
v1::MatchEffect EffectOfYears(int asked, int proved, int recorded);
void CompareYears(int asked, int proved, int recorded, v1::MatchReason& reason);

void CompareTypes(v1::FirearmType asked, v1::FirearmType recorded, v1::MatchReason& reason);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIELD_AGREEMENT_H_
