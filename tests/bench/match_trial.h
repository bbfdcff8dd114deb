#ifndef TRACEGATE_TESTS_BENCH_MATCH_TRIAL_H_
#define TRACEGATE_TESTS_BENCH_MATCH_TRIAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "adapters/marking/weapon_index.h"
#include "tests/bench/misreading.h"

namespace tracegate {

// A weapon asked for, and the row that it is.
struct Question {
  static constexpr uint32_t kNoRow = UINT32_MAX;

  Misreading kind = Misreading::kAsWritten;
  WrittenWeapon asked;
  uint32_t row = kNoRow;
  bool alone = false;  // no other row has that make and serial
};

// A registry of synthetic weapons and an index over it.
struct Trial {
  SyntheticRegistry source;
  std::unique_ptr<WeaponIndex> index;
  std::vector<Question> questions;
  double build_seconds = 0;
};

// `rows` weapons, and `per_kind` questions of each kind, which tell the year of
// manufacture where `years`. `told` is given each row as it is made.
Trial MakeTrial(const std::vector<Seizure>& seizures, size_t rows, size_t per_kind, bool years,
                const std::function<void(uint32_t row, const WrittenWeapon&)>& told);

// How an answerer did on one kind of question.
struct Score {
  size_t asked = 0;
  size_t first = 0;  // the weapon is the first candidate
  size_t among_five = 0;
  size_t identities = 0;        // that are the weapon
  size_t false_identities = 0;  // that are not
  size_t asked_alone = 0;       // questions about a weapon with a make and serial of its own
  size_t identities_alone = 0;
  std::vector<double> us;      // of the clock on the wall
  std::vector<double> cpu_us;  // of this thread; on a busy machine the truer
};

// The answered rows, best first.
struct Ranked {
  std::vector<uint32_t> rows;
  bool identity = false;  // rows[0] is called the weapon
};

Score Judge(const std::vector<Question>& questions, Misreading kind,
            const std::function<Ranked(const WrittenWeapon&)>& ask);

// By the index, as `tracegate marks match` asks it.
Ranked AskIndex(const WeaponIndex& index, const WrittenWeapon& weapon);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_MATCH_TRIAL_H_
