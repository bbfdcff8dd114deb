#include "adapters/marking/field_memo.h"

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/proof_years.h"

namespace tracegate {
namespace {

constexpr size_t kWordingsExpected = 7;  // what a flat_hash_map of eight holds

FieldMemo::Effect EffectOf(const FieldAgreement& agreement) {
  return {FactorOf(agreement), Contradicts(agreement)};
}

}  // namespace

FieldMemo::FieldMemo(const WeaponRows& rows, const v1::Item& asked)
    : rows_(rows),
      asked_(asked),
      makers_{MakerWord(ItemView(asked).Manufacturer()), {}},
      models_{ModelWord(asked.weapon().model()), {}},
      calibres_{CalibreWord(ItemView(asked).Calibre()), {}},
      proved_(FirstProofOf(asked.weapon())) {
  makers_.entries.reserve(kWordingsExpected);
  models_.entries.reserve(kWordingsExpected);
  calibres_.entries.reserve(kWordingsExpected);
}

template <typename Word>
const typename FieldMemo::Memo<Word>::Entry& FieldMemo::Memo<Word>::Of(
    const FieldWordings<Word>& wordings, uint32_t wording) {
  const auto [found, added] = entries.try_emplace(wording);
  if (added) {
    const FieldAgreement agreement = AgreementOf(asked, wordings[wording]);
    found->second = {agreement, EffectOf(agreement)};
  }
  return found->second;
}

template <typename Word>
ComparedWord FieldMemo::Memo<Word>::Compared(const FieldWordings<Word>& wordings,
                                             uint32_t wording) {
  return {&asked, &wordings[wording], Of(wordings, wording).agreement};
}

FieldMemo::Effect FieldMemo::Make(uint32_t row) {
  return makers_.Of(rows_.Makers(), rows_.DescriptionOf(row).maker).effect;
}

double FieldMemo::Calibre(uint32_t row) {
  return calibres_.Of(rows_.Calibres(), rows_.DescriptionOf(row).calibre).effect.factor;
}

double FieldMemo::ModelAndYear(uint32_t row) {
  double factor = 1;
  if (asked_.has_weapon())
    factor = models_.Of(rows_.Models(), rows_.DescriptionOf(row).model).effect.factor;
  const int year = asked_.weapon().year_of_manufacture();
  if (year != 0 || proved_ != 0)
    factor *= FactorOf(AgreementOfYears(year, proved_, rows_.Year(row)));
  return factor;
}

ComparedRecord FieldMemo::Record(uint32_t row, const SerialReading& serial) {
  const WeaponRows::Description& description = rows_.DescriptionOf(row);
  return {serial,
          rows_.ReadOf(row),
          rows_.Year(row),
          makers_.Compared(rows_.Makers(), description.maker),
          models_.Compared(rows_.Models(), description.model),
          calibres_.Compared(rows_.Calibres(), description.calibre)};
}

}  // namespace tracegate
