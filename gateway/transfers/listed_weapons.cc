#include "gateway/transfers/listed_weapons.h"

namespace tracegate {

std::vector<ListedWeapon> ListedWeapons(const v1::TransferRecord& record) {
  std::vector<ListedWeapon> weapons;
  for (int i = 0; i < record.lines_size(); ++i) {
    for (int j = 0; j < record.lines(i).items_size(); ++j) {
      const v1::Item& item = record.lines(i).items(j);
      if (!item.has_weapon() || item.weapon().serial_number().empty()) continue;
      weapons.push_back(
          {"record.lines[" + std::to_string(i) + "].items[" + std::to_string(j) + "]", &item});
    }
  }
  return weapons;
}

}  // namespace tracegate
