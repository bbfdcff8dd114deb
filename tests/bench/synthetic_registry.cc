#include "tests/bench/synthetic_registry.h"

#include <algorithm>

#include "adapters/marking/serial.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The one number that a cell holds, or empty.
std::string OneNumber(const std::string& cell) {
  const SerialReading reading = ReadSerial(cell);
  const std::string& key = reading.key;
  const bool ascii = std::all_of(key.begin(), key.end(), [](char c) { return (c & 0x80) == 0; });
  const bool one = reading.numbers.size() == 1 && !reading.model_token && ascii;
  const bool plain =
      key.size() >= 4 && key.size() <= 12 && std::count_if(key.begin(), key.end(), IsDigit) >= 2;
  return one && plain ? key : "";
}

}  // namespace

SyntheticRegistry::SyntheticRegistry(const std::vector<Seizure>& seizures, uint64_t seed)
    : random_(seed) {
  for (const Seizure& seizure : seizures) {
    const std::string number = OneNumber(seizure.serial);
    if (number.empty() || TellsNothing(seizure.make)) continue;
    sources_.push_back({.make = seizure.make,
                        .model = seizure.model,
                        .calibre = seizure.calibre,
                        .serial = number});
  }
}

WrittenWeapon SyntheticRegistry::Next() {
  WrittenWeapon weapon = sources_[random_() % sources_.size()];
  for (char& c : weapon.serial) {
    if (IsDigit(c)) c = static_cast<char>('0' + random_() % 10);
  }
  weapon.year = std::to_string(1970 + random_() % 53);
  return weapon;
}

const std::string& SyntheticRegistry::AnyCalibre(std::mt19937_64& random) const {
  return sources_[random() % sources_.size()].calibre;
}

}  // namespace tracegate
