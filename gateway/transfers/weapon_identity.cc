#include "gateway/transfers/weapon_identity.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/field_agreement.h"
#include "adapters/marking/item_view.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/match.h"
#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

// A barrel's number is not the weapon's, though it may be the same.
std::string PrefixOf(const v1::Item& item) {
  if (!item.has_essential_part()) return "";
  return "PART " + std::to_string(item.essential_part().part()) + " ";
}

}  // namespace

WeaponIdentity WeaponReader::Read(const v1::Item& item, const v1::Term& maker) {
  WeaponIdentity identity;
  const v1::Term& own = ItemView(item).Manufacturer();
  identity.maker = MakerOf(own.verbatim().empty() ? maker : own);
  if (item.has_ammunition_lot()) {
    const std::string lot = FoldWord(item.ammunition_lot().lot_number());
    identity.certain = !lot.empty();
    if (identity.certain) identity.number = "LOT " + lot;
    return identity;
  }
  SerialReading serial = ReadSerialOf(item);
  identity.certain = !serial.key.empty();
  identity.number = std::move(identity.certain ? serial.key : serial.pattern);
  if (!identity.number.empty()) identity.number.insert(0, PrefixOf(item));
  return identity;
}

uint32_t WeaponReader::MakerOf(const v1::Term& maker) {
  if (maker.verbatim().empty()) return 0;
  const auto [known, added] = spellings_.emplace(maker.verbatim(), 0);
  if (!added) return known->second;
  v1::Term read = MakerCatalogue::Standard().Read(maker.verbatim());
  const std::string name =
      read.canonical().empty() ? FoldWord(maker.verbatim()) : "=" + read.canonical();
  if (name.empty()) return 0;
  const auto [named, is_new] = names_.emplace(name, static_cast<uint32_t>(makers_.size()));
  if (is_new) makers_.push_back(std::move(read));
  known->second = named->second;
  return known->second;
}

bool WeaponReader::MayBeOne(uint32_t maker, uint32_t other) {
  if (maker == other || maker == 0 || other == 0) return true;
  const uint64_t pair =
      static_cast<uint64_t>(std::min(maker, other)) << 32 | std::max(maker, other);
  const auto [known, added] = may_be_one_.emplace(pair, false);
  if (added) known->second = !Contradicts(CompareMakers(makers_[maker], makers_[other]));
  return known->second;
}

}  // namespace tracegate
