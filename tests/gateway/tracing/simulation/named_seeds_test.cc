#include <cstdint>
#include <ostream>

#include "gtest/gtest.h"
#include "tests/gateway/tracing/simulation/simulation.h"

namespace tracegate::simulation {
namespace {

// Seeds that failed once, named for what was wrong. What happens under a seed changes with the simulation: where it can
// be, the same is tested by itself beside the code that was mended.
struct Named {
  const char* name;
  uint64_t seed;
};

void PrintTo(const Named& named, std::ostream* out) { *out << named.name; }

class NamedSeeds : public testing::TestWithParam<Named> {};

TEST_P(NamedSeeds, KeepEveryPromise) {
  for (const Complaint& complaint : Simulate(GetParam().seed).complaints)
    ADD_FAILURE() << complaint;
}

INSTANTIATE_TEST_SUITE_P(
    Simulation, NamedSeeds,
    testing::Values(
        // Each record of a trace that a disk refused had the trace taken up again: more and more often.
        Named{"ADiskThatRefusesForDaysLeavesOneRunOfATrace", 367},
        // A peer that took back what was answered long ago was told the answer again, without an agreement.
        Named{"WhoTakesAQuestionBackIsToldNothingWithoutAgreement", 1599}),
    [](const auto& named) { return named.param.name; });

}  // namespace
}  // namespace tracegate::simulation
