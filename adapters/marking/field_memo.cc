#include "adapters/marking/field_memo.h"

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/match.h"
#include "adapters/marking/proof_years.h"

namespace tracegate {
namespace {

FieldMemo::Effect EffectOf(const v1::MatchReason& reason) {
  return {FactorOf(reason), Contradicts(reason), reason.effect() == v1::MATCH_EFFECT_AGREES};
}

}  // namespace

FieldMemo::FieldMemo(const WeaponRows& rows, const v1::Item& asked)
    : rows_(rows),
      asked_(asked.weapon()),
      proved_(FirstProofOf(asked_)),
      maker_class_(rows.ClassOf(asked_.manufacturer())),
      calibre_class_(rows.ClassOf(asked_.calibre())) {}

template <typename Compare>
FieldMemo::Effect FieldMemo::Remembered(uint32_t field, Compare compare) {
  if (const auto found = effects_.find(field); found != effects_.end()) return found->second;
  return effects_.emplace(field, EffectOf(compare())).first->second;
}

FieldMemo::Effect FieldMemo::Make(uint32_t row) {
  const WeaponRows::Description& description = rows_.DescriptionOf(row);
  return Remembered(description.make, [&] {
    return CompareMakers(asked_.manufacturer(), description.read.manufacturer());
  });
}

FieldMemo::Effect FieldMemo::All(uint32_t row) {
  const WeaponRows::Description& description = rows_.DescriptionOf(row);
  Effect all = Make(row);
  const auto add = [&](const Effect& effect) {
    all.factor *= effect.factor;
    all.contradicts = all.contradicts || effect.contradicts;
  };
  add(Remembered(description.calibre,
                 [&] { return CompareCalibres(asked_.calibre(), description.read.calibre()); }));
  add(Remembered(description.model,
                 [&] { return CompareModels(asked_.model(), description.read.model()); }));
  if (asked_.year_of_manufacture() != 0 || proved_ != 0)
    add(EffectOf(CompareYears(asked_.year_of_manufacture(), proved_, rows_.Year(row))));
  all.agrees = all.agrees && !all.contradicts;
  return all;
}

}  // namespace tracegate
