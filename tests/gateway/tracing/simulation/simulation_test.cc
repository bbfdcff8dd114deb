#include "tests/gateway/tracing/simulation/simulation.h"

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace tracegate::simulation {
namespace {

std::string Told(uint64_t seed, const Report& report) {
  return absl::StrCat("seed ", seed, ": ", report.events, " events\n  ",
                      absl::StrJoin(report.history, "\n  "), "\n",
                      absl::StrJoin(report.complaints, "\n", absl::StreamFormatter()), "\n");
}

// The first seed that fails tells its history; the others only that they fail.
void RunSeeds(uint64_t from, uint64_t to) {
  bool told = false;
  for (uint64_t seed = from; seed < to; ++seed) {
    const Report report = Simulate(seed);
    if (report.complaints.empty()) continue;
    ADD_FAILURE() << (std::exchange(told, true) ? absl::StrCat("seed ", seed, " too")
                                                : Told(seed, report));
  }
}

constexpr uint64_t kSeedsPerTest = 1000;

class Seeds : public testing::TestWithParam<uint64_t> {};

TEST_P(Seeds, KeepEveryPromise) {
  RunSeeds(GetParam() * kSeedsPerTest, (GetParam() + 1) * kSeedsPerTest);
}

// Ten tests, so that several cores share them.
INSTANTIATE_TEST_SUITE_P(Simulation, Seeds, testing::Range<uint64_t>(0, 10),
                         testing::PrintToStringParamName());

// TRACEGATE_SIMULATION_SEEDS=17 tells what happens under one seed; =20000-30000 runs more of them.
TEST(Simulation, RunsTheSeedsThatAreAskedFor) {
  const char* asked = std::getenv("TRACEGATE_SIMULATION_SEEDS");
  if (asked == nullptr) GTEST_SKIP() << "TRACEGATE_SIMULATION_SEEDS is not set";
  const std::vector<std::string> ends = absl::StrSplit(asked, '-');
  uint64_t from = 0;
  uint64_t to = 0;
  ASSERT_TRUE(ends.size() <= 2 && absl::SimpleAtoi(ends.front(), &from) &&
              absl::SimpleAtoi(ends.back(), &to))
      << "expected a seed such as 17, or a range such as 20000-30000: " << asked;
  if (ends.size() == 1) std::cout << Told(from, Simulate(from));
  RunSeeds(from, to + 1);
}

TEST(Simulation, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(Simulate(seed).history, Simulate(seed).history) << seed;
  }
}

}  // namespace
}  // namespace tracegate::simulation
