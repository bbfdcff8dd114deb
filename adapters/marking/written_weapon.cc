#include "adapters/marking/written_weapon.h"

#include "adapters/marking/text.h"

namespace tracegate {
namespace {

void Set(const std::string& cell, v1::Term* (v1::Firearm::*mutable_term)(), v1::Firearm& weapon) {
  if (!Trimmed(cell).empty()) (weapon.*mutable_term)()->set_verbatim(cell);
}

}  // namespace

int YearOf(std::string_view cell) {
  std::string_view digits = Trimmed(cell);
  if (digits.size() == 6 && digits.substr(4) == ".0") digits.remove_suffix(2);
  if (digits.size() != 4) return 0;
  int year = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return 0;
    year = year * 10 + (c - '0');
  }
  return year >= 1500 && year < 2200 ? year : 0;
}

v1::Item ItemOf(const WrittenWeapon& weapon) {
  v1::Item item;
  v1::Firearm& firearm = *item.mutable_weapon();
  Set(weapon.make, &v1::Firearm::mutable_manufacturer, firearm);
  Set(weapon.model, &v1::Firearm::mutable_model, firearm);
  Set(weapon.calibre, &v1::Firearm::mutable_calibre, firearm);
  firearm.set_type_verbatim(weapon.type);
  if (!Trimmed(weapon.country).empty())
    firearm.mutable_country_of_manufacture()->set_verbatim(weapon.country);
  firearm.set_serial_number(weapon.serial);
  firearm.set_year_of_manufacture(YearOf(weapon.year));
  return item;
}

}  // namespace tracegate
