#include "gateway/cli/arms_label.h"

#include <iterator>

#include "adapters/marking/states.h"

namespace tracegate {
namespace {

struct Label {
  const char* numeral;
  const char* name;
};

// By ArmsCategory.
constexpr Label kCategories[] = {
    {"", "Not told"},
    {"I", "Battle tanks"},
    {"II", "Armoured combat vehicles"},
    {"III", "Large-calibre artillery systems"},
    {"IV", "Combat aircraft"},
    {"V", "Attack helicopters"},
    {"VI", "Warships"},
    {"VII", "Missiles and missile launchers"},
    {"VIII", "Small arms and light weapons"},
    {"", "Ammunition and munitions"},
    {"", "Parts and components"},
    {"", "Other, by national category"},
};

// By ArmsSubcategory.
constexpr Label kSubcategories[] = {
    {"", ""},
    {"IV a", "Combat aircraft, manned"},
    {"IV b", "Combat aircraft, unmanned"},
    {"V a", "Attack helicopters, manned"},
    {"V b", "Attack helicopters, unmanned"},
    {"VII a", "Missiles and their launchers"},
    {"VII b", "Man-portable air-defence systems"},
    {"VIII, small arms 1", "Revolvers and self-loading pistols"},
    {"VIII, small arms 2", "Rifles and carbines"},
    {"VIII, small arms 3", "Sub-machine guns"},
    {"VIII, small arms 4", "Assault rifles"},
    {"VIII, small arms 5", "Light machine guns"},
    {"VIII, small arms 6", "Other small arms"},
    {"VIII, light weapons 1", "Heavy machine guns"},
    {"VIII, light weapons 2", "Hand-held, under-barrel and mounted grenade launchers"},
    {"VIII, light weapons 3", "Portable anti-tank guns"},
    {"VIII, light weapons 4", "Recoilless rifles"},
    {"VIII, light weapons 5", "Portable anti-tank missile launchers and rocket systems"},
    {"VIII, light weapons 6", "Mortars of calibres under 75 mm"},
    {"VIII, light weapons 7", "Other light weapons"},
};
static_assert(std::size(kCategories) == v1::ArmsCategory_ARRAYSIZE);
static_assert(std::size(kSubcategories) == v1::ArmsSubcategory_ARRAYSIZE);

// Of a value that this program does not know yet: nothing.
Label LabelOf(v1::ArmsCategory category, v1::ArmsSubcategory subcategory) {
  if (subcategory > 0 && subcategory < v1::ArmsSubcategory_ARRAYSIZE) {
    return kSubcategories[subcategory];
  }
  if (category >= 0 && category < v1::ArmsCategory_ARRAYSIZE) return kCategories[category];
  return kCategories[0];
}

}  // namespace

std::string ArmsNumeral(v1::ArmsCategory category, v1::ArmsSubcategory subcategory) {
  return LabelOf(category, subcategory).numeral;
}

std::string ArmsName(v1::ArmsCategory category, v1::ArmsSubcategory subcategory) {
  return LabelOf(category, subcategory).name;
}

std::string ArmsLabel(v1::ArmsCategory category, v1::ArmsSubcategory subcategory) {
  const Label label = LabelOf(category, subcategory);
  return *label.numeral == '\0' ? label.name : std::string(label.numeral) + ": " + label.name;
}

std::string StateLabel(const std::string& code) {
  const State* state = StateCatalogue::Standard().Find(code);
  return state == nullptr ? code : state->name + " (" + code + ")";
}

}  // namespace tracegate
