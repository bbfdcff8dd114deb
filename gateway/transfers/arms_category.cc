#include "gateway/transfers/arms_category.h"

namespace tracegate {
namespace {

struct Subcategory {
  v1::ArmsSubcategory subcategory;
  v1::ArmsCategory category;
  const char* words;
};

constexpr Subcategory kSubcategories[] = {
    {v1::ARMS_SUBCATEGORY_MANNED_COMBAT_AIRCRAFT, v1::ARMS_CATEGORY_COMBAT_AIRCRAFT,
     "manned combat aircraft"},
    {v1::ARMS_SUBCATEGORY_UNMANNED_COMBAT_AIRCRAFT, v1::ARMS_CATEGORY_COMBAT_AIRCRAFT,
     "unmanned combat aircraft"},
    {v1::ARMS_SUBCATEGORY_MANNED_ATTACK_HELICOPTERS, v1::ARMS_CATEGORY_ATTACK_HELICOPTERS,
     "manned attack helicopters"},
    {v1::ARMS_SUBCATEGORY_UNMANNED_ATTACK_HELICOPTERS, v1::ARMS_CATEGORY_ATTACK_HELICOPTERS,
     "unmanned attack helicopters"},
    {v1::ARMS_SUBCATEGORY_MISSILES, v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS,
     "missiles and launchers"},
    {v1::ARMS_SUBCATEGORY_MAN_PORTABLE_AIR_DEFENCE, v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS,
     "man-portable air-defence systems"},
    {v1::ARMS_SUBCATEGORY_REVOLVERS_AND_SELF_LOADING_PISTOLS,
     v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS, "revolvers and self-loading pistols"},
    {v1::ARMS_SUBCATEGORY_RIFLES_AND_CARBINES, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "rifles and carbines"},
    {v1::ARMS_SUBCATEGORY_SUB_MACHINE_GUNS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "sub-machine guns"},
    {v1::ARMS_SUBCATEGORY_ASSAULT_RIFLES, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "assault rifles"},
    {v1::ARMS_SUBCATEGORY_LIGHT_MACHINE_GUNS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "light machine guns"},
    {v1::ARMS_SUBCATEGORY_OTHER_SMALL_ARMS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "other small arms"},
    {v1::ARMS_SUBCATEGORY_HEAVY_MACHINE_GUNS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "heavy machine guns"},
    {v1::ARMS_SUBCATEGORY_GRENADE_LAUNCHERS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "grenade launchers"},
    {v1::ARMS_SUBCATEGORY_PORTABLE_ANTI_TANK_GUNS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "portable anti-tank guns"},
    {v1::ARMS_SUBCATEGORY_RECOILLESS_RIFLES, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "recoilless rifles"},
    {v1::ARMS_SUBCATEGORY_PORTABLE_ANTI_TANK_LAUNCHERS,
     v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS, "portable anti-tank launchers"},
    {v1::ARMS_SUBCATEGORY_MORTARS_UNDER_75_MM, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "mortars under 75 mm"},
    {v1::ARMS_SUBCATEGORY_OTHER_LIGHT_WEAPONS, v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS,
     "other light weapons"},
};

const Subcategory* Find(v1::ArmsSubcategory subcategory) {
  for (const Subcategory& row : kSubcategories) {
    if (row.subcategory == subcategory) return &row;
  }
  return nullptr;
}

std::string CategoryWords(v1::ArmsCategory category) {
  switch (category) {
    case v1::ARMS_CATEGORY_BATTLE_TANKS: return "battle tanks";
    case v1::ARMS_CATEGORY_ARMOURED_COMBAT_VEHICLES: return "armoured combat vehicles";
    case v1::ARMS_CATEGORY_LARGE_CALIBRE_ARTILLERY: return "large-calibre artillery";
    case v1::ARMS_CATEGORY_COMBAT_AIRCRAFT: return "combat aircraft";
    case v1::ARMS_CATEGORY_ATTACK_HELICOPTERS: return "attack helicopters";
    case v1::ARMS_CATEGORY_WARSHIPS: return "warships";
    case v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS: return "missiles and missile launchers";
    case v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS: return "small arms and light weapons";
    case v1::ARMS_CATEGORY_AMMUNITION: return "ammunition";
    case v1::ARMS_CATEGORY_PARTS_AND_COMPONENTS: return "parts and components";
    default: return "arms of a national category";
  }
}

}  // namespace

v1::ArmsCategory CategoryOf(v1::ArmsSubcategory subcategory) {
  const Subcategory* row = Find(subcategory);
  return row == nullptr ? v1::ARMS_CATEGORY_UNSPECIFIED : row->category;
}

bool HasSubcategories(v1::ArmsCategory category) {
  for (const Subcategory& row : kSubcategories) {
    if (row.category == category) return true;
  }
  return false;
}

bool IsConventionalArms(v1::ArmsCategory category) {
  return category >= v1::ARMS_CATEGORY_BATTLE_TANKS &&
         category <= v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS;
}

std::string ArmsWords(v1::ArmsCategory category, v1::ArmsSubcategory subcategory) {
  const Subcategory* row = Find(subcategory);
  return row != nullptr ? row->words : CategoryWords(category);
}

std::string UnitWords(v1::QuantityUnit unit) {
  switch (unit) {
    case v1::QUANTITY_UNIT_CARTRIDGES: return "cartridges";
    case v1::QUANTITY_UNIT_GRAMS: return "grams";
    default: return "items";
  }
}

}  // namespace tracegate
