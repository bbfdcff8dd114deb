#include "adapters/marking/weapon_group.h"

#include <functional>
#include <string_view>

#include "adapters/marking/makers.h"

namespace tracegate {
namespace {

uint32_t NumberOf(std::string_view word, uint32_t numbers) {
  return static_cast<uint32_t>(std::hash<std::string_view>()(word) % numbers);
}

}  // namespace

WeaponGroup GroupOf(const MakerWord& maker, const CalibreWord& calibre) {
  const std::string& name = maker.term.canonical();
  const std::string& designation = calibre.term.canonical();
  WeaponGroup group;
  group.maker = name.empty()
                    ? kKnownMakerNumbers + NumberOf(maker.key, kMakerNumbers - kKnownMakerNumbers)
                    : NumberOf(MakerCatalogue::Standard().LastOf(name), kKnownMakerNumbers);
  group.calibre = NumberOf(designation.empty() ? calibre.key : designation, kCalibreNumbers);
  return group;
}

}  // namespace tracegate
