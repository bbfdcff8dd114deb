#ifndef TRACEGATE_TESTS_BENCH_LOOK_UP_TRIAL_H_
#define TRACEGATE_TESTS_BENCH_LOOK_UP_TRIAL_H_

#include <cstdint>
#include <functional>
#include <string>

namespace tracegate {

// Looks a serial up; false where it was not found. One thread at a time.
using LookUp = std::function<bool(const std::string& serial)>;
// Makes one more.
using LookUpSource = std::function<LookUp()>;

struct LookUpTrial {
  std::string name;  // of the database
  int64_t rows = 0;  // of serials that are there: SerialOfRow(1) to SerialOfRow(rows)
  int lookups = 0;   // of each caller in a round
  int rounds = 0;
  int callers = 1;  // at once, each with a LookUp of its own
};

// The serial in row `row`.
std::string SerialOfRow(int64_t row);

// Looks serials up at random in both ways, round by round in turns, and prints how fast each was and what the adapter makes
// of the bare driver. Ends the program where one is not found.
void CompareLookUps(const LookUpTrial& trial, const LookUpSource& bare,
                    const LookUpSource& adapter);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_LOOK_UP_TRIAL_H_
