#ifndef TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_
#define TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_

#include <cstdint>

#include "adapters/marking/field_words.h"

namespace tracegate {

// Numbers for a maker and a calibre, for who has many weapons to choose from. Now and then two makers
// or two calibres share one: it says what to look at first, never what a weapon is.
struct WeaponGroup {
  uint32_t maker = 0;    // a maker counts with those that it followed and that followed it
  uint32_t calibre = 0;  // below kCalibreNumbers
};

// Makers that the catalogue knows have numbers below the first. Two of them that differ contradict each
// other (see AgreementOf); from there on stand words that are in no catalogue, or may be several.
inline constexpr uint32_t kKnownMakerNumbers = 1U << 10;
inline constexpr uint32_t kMakerNumbers = 2 * kKnownMakerNumbers;
inline constexpr uint32_t kCalibreNumbers = 1U << 7;

// Pure; any thread.
WeaponGroup GroupOf(const MakerWord& maker, const CalibreWord& calibre);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_
