#ifndef TRACEGATE_TESTS_BENCH_MISREADING_H_
#define TRACEGATE_TESTS_BENCH_MISREADING_H_

#include <optional>
#include <random>
#include <string>

#include "adapters/marking/written_weapon.h"
#include "tests/bench/synthetic_registry.h"

namespace tracegate {

// How an officer's words differ from the registry's: the noise model of the benchmark, described in
// docs/reference/marks/matching.md.
enum class Misreading {
  kAsWritten,      // the same marks; the serial with other separators and in either case
  kConfused,       // one character, one time in three two, taken for one that looks like it
  kPrefixLost,     // the letters in front were left out
  kSwapped,        // two different neighbouring digits changed places
  kPartlyRemoved,  // one to three characters, a third at most, side by side or not, are `?`
  kWrongCalibre,   // the calibre is another one's
  kOneLost,        // one character is missing
  kConfusedAndWrongCalibre,
  kNotRegistered,  // another number in the same layout: no row is this weapon
};

inline constexpr Misreading kMisreadings[] = {
    Misreading::kAsWritten,     Misreading::kConfused,
    Misreading::kPrefixLost,    Misreading::kSwapped,
    Misreading::kPartlyRemoved, Misreading::kWrongCalibre,
    Misreading::kOneLost,       Misreading::kConfusedAndWrongCalibre,
    Misreading::kNotRegistered};

const char* NameOf(Misreading kind);

// The weapon so misread; none where it cannot be (no letters in front to lose).
std::optional<WrittenWeapon> Misread(const WrittenWeapon& weapon, Misreading kind,
                                     const SyntheticRegistry& registry, std::mt19937_64& random);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_MISREADING_H_
