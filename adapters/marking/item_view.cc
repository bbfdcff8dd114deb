#include "adapters/marking/item_view.h"

#include <algorithm>

namespace tracegate {

ItemView::ItemView(const v1::Item& item) {
  Set("", v1::Firearm::default_instance());
  if (item.has_weapon()) Set("weapon", item.weapon());
  if (item.has_essential_part()) Set("essential_part", item.essential_part());
  if (item.has_ammunition_lot()) Set("ammunition_lot", item.ammunition_lot());
}

template <typename Thing>
void ItemView::Set(std::string_view path, const Thing& thing) {
  path_ = path;
  marks_ = &thing.marks();
  manufacturer_ = &thing.manufacturer();
  calibre_ = &thing.calibre();
  country_ = &thing.country_of_manufacture();
}

bool IsLegible(const v1::Mark& mark) {
  return mark.legibility() != v1::LEGIBILITY_ILLEGIBLE &&
         mark.legibility() != v1::LEGIBILITY_REMOVED;
}

bool HasWorksIn(const std::vector<const Maker*>& makers, const State& state) {
  const auto is_there = [&](const Maker::Site& site) {
    return site.state == state.code || state.IsSucceededBy(site.state);
  };
  return std::any_of(makers.begin(), makers.end(), [&](const Maker* maker) {
    return std::any_of(maker->sites.begin(), maker->sites.end(), is_there);
  });
}

}  // namespace tracegate
