#include "gateway/transfers/weapon_pairing.h"

#include <algorithm>

namespace tracegate {
namespace {

// Makers that are compared for one number: few share one, and a list may be wrong throughout.
constexpr size_t kSameNumberMax = 64;

}  // namespace

void WeaponPairing::AddSent(const v1::Item& item, const v1::Term& line_maker) {
  const WeaponIdentity identity = reader_.Read(item, line_maker);
  const uint32_t index = sent();
  auto found = newest_.find(Key{identity.number, identity.maker});
  if (found == newest_.end()) {
    found = newest_.emplace(Key{texts_.Keep(identity.number), identity.maker}, kNone).first;
  }
  before_.push_back(found->second);
  paired_.push_back(false);
  found->second = index;
}

void WeaponPairing::AddReceived(const v1::Item& item, const v1::Term& line_maker) {
  const WeaponIdentity identity = reader_.Read(item, line_maker);
  const auto found = newest_.find(Key{identity.number, identity.maker});
  if (found != newest_.end() && found->second != kNone) {
    Take(&found->second);
  } else {
    waiting_.push_back({{texts_.Keep(identity.number), identity.maker}, received_});
  }
  ++received_;
}

// Pairs the newest that is the same, and leaves the one before.
void WeaponPairing::Take(uint32_t* newest) {
  paired_[*newest] = true;
  *newest = before_[*newest];
}

void WeaponPairing::PairByNumber() {
  absl::flat_hash_map<std::string_view, std::vector<std::pair<uint32_t, const Key*>>> left;
  for (const Waiting& waiting : waiting_) left.try_emplace(waiting.key.number);
  for (const auto& [key, newest] : newest_) {
    const auto found = newest == kNone ? left.end() : left.find(key.number);
    if (found != left.end()) found->second.emplace_back(newest, &key);
  }
  for (auto& [number, sent] : left) {
    std::sort(sent.begin(), sent.end());
    if (sent.size() > kSameNumberMax) sent.resize(kSameNumberMax);
  }
  std::vector<Waiting> still_waiting;
  for (const Waiting& waiting : waiting_) {
    bool taken = false;
    for (auto& [newest, key] : left[waiting.key.number]) {
      if (newest == kNone || !reader_.MayBeOne(waiting.key.maker, key->maker)) continue;
      Take(&newest);
      taken = true;
      break;
    }
    if (!taken) still_waiting.push_back(waiting);
  }
  waiting_ = std::move(still_waiting);
}

WeaponPairing::Unpaired WeaponPairing::Finish() {
  if (!waiting_.empty()) PairByNumber();
  Unpaired unpaired;
  for (uint32_t i = 0; i < sent(); ++i) {
    if (!paired_[i]) unpaired.sent.push_back(i);
  }
  for (const Waiting& waiting : waiting_) unpaired.received.push_back(waiting.received);
  return unpaired;
}

}  // namespace tracegate
