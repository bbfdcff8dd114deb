#ifndef TRACEGATE_GATEWAY_TRANSFERS_WEAPON_PAIRING_H_
#define TRACEGATE_GATEWAY_TRANSFERS_WEAPON_PAIRING_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "gateway/transfers/text_arena.h"
#include "gateway/transfers/weapon_identity.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Finds the weapons of one list in another: those that left among those that arrived, say. A weapon is found by its number
// and its maker (WeaponIdentity); where that pairs none, by its number and a maker that may be the same. Each is paired
// once: what is listed twice here and once there is missing once. Items without a number are paired by their makers and how
// many they are.
//
// Time and memory are linear; of a weapon some tens of bytes are kept, not its message.
//
// Thread safety: none.
class WeaponPairing {
 public:
  // The weapons that are looked for, then those among which. The maker of an item that names none is the line's. Each list
  // is numbered from 0 on in the order in which it is added.
  void AddSent(const v1::Item& item, const v1::Term& line_maker);
  void AddReceived(const v1::Item& item, const v1::Term& line_maker);

  // What was not paired, by its numbers, in order. `sent` were not received; `received` were not sent.
  struct Unpaired {
    std::vector<uint32_t> sent;
    std::vector<uint32_t> received;
  };

  // Call once, after all were added.
  Unpaired Finish();

  uint32_t sent() const { return static_cast<uint32_t>(before_.size()); }
  uint32_t received() const { return received_; }

 private:
  struct Key {
    std::string_view number;
    uint32_t maker;

    bool operator==(const Key&) const = default;
    template <typename H>
    friend H AbslHashValue(H h, const Key& key) {
      return H::combine(std::move(h), key.number, key.maker);
    }
  };
  struct Waiting {
    Key key;
    uint32_t received;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  void Take(uint32_t* newest);
  void PairByNumber();

  WeaponReader reader_;
  TextArena texts_;
  absl::flat_hash_map<Key, uint32_t> newest_;  // of those sent and not paired, by what they are
  std::vector<uint32_t> before_;               // of each sent, the one before that is the same
  std::vector<bool> paired_;                   // of each sent
  std::vector<Waiting> waiting_;               // received and not paired
  uint32_t received_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_WEAPON_PAIRING_H_
