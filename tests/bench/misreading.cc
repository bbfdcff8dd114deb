#include "tests/bench/misreading.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/marking/calibres.h"

namespace tracegate {
namespace {

// Pairs of the domain reference (6.1), each as often as the other; the weights of the matcher are
// not asked.
constexpr std::string_view kPairs[] = {"0O", "0Q", "0D", "1I", "1L", "2Z", "5S", "8B", "6G", "UV",
                                       "4A", "3E", "MN", "KX", "PR", "EF", "VY", "38", "69", "17"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Confuse(std::string& serial, std::mt19937_64& random) {
  for (int tries = 0; tries < 100; ++tries) {
    char& c = serial[random() % serial.size()];
    const std::string_view pair = kPairs[random() % std::size(kPairs)];
    if (c != pair[0] && c != pair[1]) continue;
    c = c == pair[0] ? pair[1] : pair[0];
    return true;
  }
  return false;
}

bool ConfuseSome(std::string& serial, std::mt19937_64& random) {
  const bool two = random() % 3 == 0;
  const std::string before = serial;
  if (!Confuse(serial, random)) return false;
  if (two && !Confuse(serial, random)) return false;
  return serial != before;
}

bool LosePrefix(std::string& serial) {
  const auto digit = std::find_if(serial.begin(), serial.end(), IsDigit);
  if (digit == serial.begin() || serial.end() - digit < 4) return false;
  serial.erase(serial.begin(), digit);
  return true;
}

bool Swap(std::string& serial, std::mt19937_64& random) {
  for (int tries = 0; tries < 100; ++tries) {
    const size_t i = random() % (serial.size() - 1);
    if (!IsDigit(serial[i]) || !IsDigit(serial[i + 1]) || serial[i] == serial[i + 1]) continue;
    std::swap(serial[i], serial[i + 1]);
    return true;
  }
  return false;
}

void RemovePart(std::string& serial, std::mt19937_64& random) {
  const size_t removed = std::min<size_t>(1 + random() % 3, std::max<size_t>(serial.size() / 3, 1));
  const bool together = random() % 2 == 0;
  const size_t first = random() % (serial.size() - removed + 1);
  for (size_t i = 0; i < removed; ++i)
    serial[together ? first + i : random() % serial.size()] = '?';
}

bool ChangeCalibre(std::string& calibre, const SyntheticRegistry& registry,
                   std::mt19937_64& random) {
  const CalibreCatalogue& calibres = CalibreCatalogue::Standard();
  const std::string right = calibres.Read(calibre).canonical();
  for (int tries = 0; tries < 100; ++tries) {
    const std::string& other = registry.AnyCalibre(random);
    const std::string read = calibres.Read(other).canonical();
    if (read.empty() || read == right || calibres.AreNear(read, right)) continue;
    calibre = other;
    return true;
  }
  return false;
}

void Relayout(std::string& serial, std::mt19937_64& random) {
  const auto digit = std::find_if(serial.begin(), serial.end(), IsDigit);
  const bool apart = digit != serial.begin() && digit != serial.end();
  if (apart && random() % 2 == 0) serial.insert(digit, random() % 2 == 0 ? ' ' : '-');
  if (random() % 2 == 0) return;
  for (char& c : serial) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const char* NameOf(Misreading kind) {
  switch (kind) {
    case Misreading::kAsWritten: return "as written";
    case Misreading::kConfused: return "confused characters";
    case Misreading::kPrefixLost: return "prefix dropped";
    case Misreading::kSwapped: return "digits swapped";
    case Misreading::kPartlyRemoved: return "partly removed";
    case Misreading::kWrongCalibre: return "wrong calibre";
    case Misreading::kOneLost: return "one character lost";
    case Misreading::kConfusedAndWrongCalibre: return "confused, wrong calibre";
    case Misreading::kNotRegistered: return "not in the registry";
  }
  return "";
}

std::optional<WrittenWeapon> Misread(const WrittenWeapon& weapon, Misreading kind,
                                     const SyntheticRegistry& registry, std::mt19937_64& random) {
  WrittenWeapon read = weapon;
  bool done = true;
  switch (kind) {
    case Misreading::kAsWritten: Relayout(read.serial, random); break;
    case Misreading::kConfused: done = ConfuseSome(read.serial, random); break;
    case Misreading::kPrefixLost: done = LosePrefix(read.serial); break;
    case Misreading::kSwapped: done = Swap(read.serial, random); break;
    case Misreading::kPartlyRemoved: RemovePart(read.serial, random); break;
    case Misreading::kWrongCalibre: done = ChangeCalibre(read.calibre, registry, random); break;
    case Misreading::kOneLost: read.serial.erase(random() % read.serial.size(), 1); break;
    case Misreading::kConfusedAndWrongCalibre:
      done = ConfuseSome(read.serial, random) && ChangeCalibre(read.calibre, registry, random);
      break;
    case Misreading::kNotRegistered:
      for (char& c : read.serial) c = IsDigit(c) ? static_cast<char>('0' + random() % 10) : c;
      break;
  }
  if (!done) return std::nullopt;
  return read;
}

}  // namespace tracegate
