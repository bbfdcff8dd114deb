#ifndef TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_
#define TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_

#include <cstdint>

#include "adapters/marking/field_words.h"

namespace tracegate {

// Numbers that put weapons in order: those of one maker side by side, in them those of one calibre.
// Now and then two makers, or two calibres, share a number: a group says what to look at first, never
// what a weapon is.
//
// Pure; any thread.
using WeaponGroup = uint32_t;

inline constexpr int kWeaponGroupBits = 18;

WeaponGroup GroupOf(const MakerWord& maker, const CalibreWord& calibre);

struct WeaponGroups {
  WeaponGroup first = 0;
  WeaponGroup last = 0;
};

// Those of the same maker.
WeaponGroups GroupsOfMaker(WeaponGroup group);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WEAPON_GROUP_H_
