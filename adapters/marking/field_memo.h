#ifndef TRACEGATE_ADAPTERS_MARKING_FIELD_MEMO_H_
#define TRACEGATE_ADAPTERS_MARKING_FIELD_MEMO_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "adapters/marking/match.h"
#include "adapters/marking/weapon_rows.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// How the fields of rows agree with those asked for, each field's wording compared once.
//
// Lifetime: rows and asked outlive it. Thread safety: none.
class FieldMemo {
 public:
  struct Effect {
    double factor = 1;  // as FactorOf
    bool contradicts = false;
  };

  FieldMemo(const WeaponRows& rows, const v1::Item& asked);

  Effect Make(uint32_t row);
  // The factor of a field, of two together.
  double Calibre(uint32_t row);
  double ModelAndYear(uint32_t row);
  // The row, its words compared. `serial`, the reading of its serial, outlives it.
  ComparedRecord Record(uint32_t row, const SerialReading& serial);

  // The group of the weapon asked for.
  WeaponGroup Group() const { return GroupOf(makers_.asked, calibres_.asked); }

 private:
  // What each wording of one field comes to.
  template <typename Word>
  struct Memo {
    struct Entry {
      FieldAgreement agreement;
      Effect effect;
    };

    const Word asked;
    absl::flat_hash_map<uint32_t, Entry> entries;

    const Entry& Of(const FieldWordings<Word>& wordings, uint32_t wording);
    ComparedWord Compared(const FieldWordings<Word>& wordings, uint32_t wording);
  };

  const WeaponRows& rows_;
  const v1::Item& asked_;
  Memo<MakerWord> makers_;
  Memo<ModelWord> models_;
  Memo<CalibreWord> calibres_;
  const int proved_;  // as FirstProofOf
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIELD_MEMO_H_
