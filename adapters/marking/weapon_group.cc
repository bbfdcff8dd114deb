#include "adapters/marking/weapon_group.h"

#include <functional>
#include <string_view>

namespace tracegate {
namespace {

constexpr uint32_t kCalibres = 1U << 7;
constexpr uint32_t kMakers = (1U << kWeaponGroupBits) / kCalibres;

// Words that mean the same have one number.
uint32_t NumberOf(const FieldWord& word, uint32_t numbers) {
  const std::string_view meaning = word.term.canonical().empty() ? word.key : word.term.canonical();
  return static_cast<uint32_t>(std::hash<std::string_view>()(meaning) % numbers);
}

}  // namespace

WeaponGroup GroupOf(const MakerWord& maker, const CalibreWord& calibre) {
  return NumberOf(maker, kMakers) * kCalibres + NumberOf(calibre, kCalibres);
}

WeaponGroups GroupsOfMaker(WeaponGroup group) {
  const WeaponGroup first = group / kCalibres * kCalibres;
  return {first, first + kCalibres - 1};
}

}  // namespace tracegate
