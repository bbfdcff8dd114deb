#ifndef TRACEGATE_ADAPTERS_MARKING_WRITTEN_WEAPON_H_
#define TRACEGATE_ADAPTERS_MARKING_WRITTEN_WEAPON_H_

#include <string>
#include <string_view>

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// A weapon as somebody wrote it into a form or a table: one cell a field, each empty where nothing
// stands.
struct WrittenWeapon {
  std::string make = "";
  std::string model = "";
  std::string calibre = "";
  std::string type = "";
  std::string country = "";  // of manufacture
  std::string serial = "";
  std::string year = "";  // of manufacture
};

// The item to be read (see ReadItem). A cell without text is a field that is not set; a year that is
// no year is none.
v1::Item ItemOf(const WrittenWeapon& weapon);

// The year that a cell tells: four digits, 1500 to 2199, or a spreadsheet's "2019.0"; else 0.
int YearOf(std::string_view cell);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_WRITTEN_WEAPON_H_
