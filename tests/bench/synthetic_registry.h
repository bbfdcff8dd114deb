#ifndef TRACEGATE_TESTS_BENCH_SYNTHETIC_REGISTRY_H_
#define TRACEGATE_TESTS_BENCH_SYNTHETIC_REGISTRY_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "adapters/marking/written_weapon.h"
#include "tests/integration/seizures/seizure_file.h"

namespace tracegate {

// Weapons as a registry would hold them, drawn from real seizures: make, model and calibre of one
// weapon together, in the police's words, and its serial's layout and letters, with other digits.
// The weapons drawn from are those with a make and one wholly read number of four to twelve
// characters, two of them digits. The year of manufacture is any from 1970 to 2022.
class SyntheticRegistry {
 public:
  SyntheticRegistry(const std::vector<Seizure>& seizures, uint64_t seed);

  // As many weapons can be drawn as one likes; the same seed gives the same ones.
  WrittenWeapon Next();

  // Calibres as often as they are written.
  const std::string& AnyCalibre(std::mt19937_64& random) const;

  size_t SourceRows() const { return sources_.size(); }

 private:
  std::vector<WrittenWeapon> sources_;
  std::mt19937_64 random_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_SYNTHETIC_REGISTRY_H_
