#include "tests/bench/look_up_trial.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace tracegate {
namespace {

struct Timings {
  std::vector<double> microseconds;  // of each look-up
  absl::Duration total;              // of the rounds

  double PerSecond() const {
    return static_cast<double>(microseconds.size()) / absl::ToDoubleSeconds(total);
  }
  double At(double share) {
    const auto at = static_cast<size_t>(share * static_cast<double>(microseconds.size() - 1));
    std::nth_element(microseconds.begin(), microseconds.begin() + static_cast<ptrdiff_t>(at),
                     microseconds.end());
    return microseconds[at];
  }
};

// What one caller does in a round; how long each look-up took.
std::vector<double> Call(const LookUp& look_up, const LookUpTrial& trial, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int64_t> row(1, trial.rows);
  std::vector<double> microseconds;
  for (int i = 0; i < trial.lookups; ++i) {
    const std::string serial = SerialOfRow(row(random));
    const absl::Time start = absl::Now();
    if (!look_up(serial)) {
      std::fprintf(stderr, "%s: %s was not found\n", trial.name.c_str(), serial.c_str());
      std::_Exit(1);
    }
    microseconds.push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
  }
  return microseconds;
}

void Round(const std::vector<LookUp>& look_ups, const LookUpTrial& trial, uint32_t seed,
           Timings* timings) {
  std::vector<std::vector<double>> took(look_ups.size());
  std::vector<std::thread> callers;
  const absl::Time start = absl::Now();
  for (size_t i = 0; i < look_ups.size(); ++i) {
    callers.emplace_back([&, i, seed] {
      took[i] = Call(look_ups[i], trial, seed * 100 + static_cast<uint32_t>(i));
    });
  }
  for (std::thread& caller : callers) caller.join();
  timings->total += absl::Now() - start;
  for (const auto& each : took) {
    timings->microseconds.insert(timings->microseconds.end(), each.begin(), each.end());
  }
}

std::vector<LookUp> Make(const LookUpSource& source, int callers) {
  std::vector<LookUp> look_ups;
  for (int i = 0; i < callers; ++i) look_ups.push_back(source());
  return look_ups;
}

}  // namespace

std::string SerialOfRow(int64_t row) { return absl::StrFormat("SN%09d", row); }

void CompareLookUps(const LookUpTrial& trial, const LookUpSource& bare,
                    const LookUpSource& adapter) {
  const std::vector<LookUp> by_driver = Make(bare, trial.callers);
  const std::vector<LookUp> by_adapter = Make(adapter, trial.callers);
  Timings warm_up;
  Timings driver_took;
  Timings adapter_took;
  Round(by_driver, trial, 1, &warm_up);
  Round(by_adapter, trial, 2, &warm_up);
  for (int i = 0; i < trial.rounds; ++i) {
    const auto seed = static_cast<uint32_t>(2 * i + 3);
    Round(by_driver, trial, seed, &driver_took);
    Round(by_adapter, trial, seed + 1, &adapter_took);
  }
  std::printf("%-9s %d at once", trial.name.c_str(), trial.callers);
  for (Timings* took : {&driver_took, &adapter_took}) {
    std::printf("   %s %7.0f/s p50 %6.1f p99 %7.1f us", took == &driver_took ? "bare" : "adapter",
                took->PerSecond(), took->At(0.5), took->At(0.99));
  }
  std::printf("   ratio %.2f, p50 %.1f, p99 %.1f times\n",
              adapter_took.PerSecond() / driver_took.PerSecond(),
              adapter_took.At(0.5) / driver_took.At(0.5),
              adapter_took.At(0.99) / driver_took.At(0.99));
  std::fflush(stdout);
}

}  // namespace tracegate
