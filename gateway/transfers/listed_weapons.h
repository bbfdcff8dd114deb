#ifndef TRACEGATE_GATEWAY_TRANSFERS_LISTED_WEAPONS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_LISTED_WEAPONS_H_

#include <string>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A weapon that a record lists.
struct ListedWeapon {
  std::string field;  // where it stands: "record.lines[0].items[1]"
  const v1::Item* item;
};

// Those with a serial number, in the record's order. They live as long as the record.
std::vector<ListedWeapon> ListedWeapons(const v1::TransferRecord& record);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_LISTED_WEAPONS_H_
