#ifndef TRACEGATE_GATEWAY_TRANSFERS_WEAPON_IDENTITY_H_
#define TRACEGATE_GATEWAY_TRANSFERS_WEAPON_IDENTITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What tells one arm in a list from the others: its number, and who made it. A number alone is never unique: makers reuse
// them (27 CFR 478.92).
struct WeaponIdentity {
  // The serial number as marking folds it, and what of it is known where characters are unread; behind the part's number
  // where it is of a barrel or slide, and "LOT " of ammunition. Empty: it has none.
  std::string number;
  uint32_t maker = 0;    // as WeaponReader numbers them; 0: not told
  bool certain = false;  // every character was read
};

// Reads the identities of arms in lists, each maker's name once.
//
// Thread safety: none. Memory: grows with the spellings of makers.
class WeaponReader {
 public:
  // The identity of an item. The maker of the item; where it names none, `maker`: that of the line it stands in.
  WeaponIdentity Read(const v1::Item& item, const v1::Term& maker);
  WeaponIdentity Read(const v1::Item& item) { return Read(item, v1::Term()); }

  // Whether two makers may be one: not told, ambiguous, or one the successor of the other (CompareMakers).
  bool MayBeOne(uint32_t maker, uint32_t other);

 private:
  uint32_t MakerOf(const v1::Term& maker);

  absl::flat_hash_map<std::string, uint32_t> spellings_;  // as written
  absl::flat_hash_map<std::string, uint32_t> names_;      // canonical, or folded
  std::vector<v1::Term> makers_{v1::Term()};
  absl::flat_hash_map<uint64_t, bool> may_be_one_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_WEAPON_IDENTITY_H_
