#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATION_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/gateway/tracing/simulation/complaints.h"
#include "tests/gateway/tracing/simulation/sabotage.h"

namespace tracegate::simulation {

struct Report {
  Complaints complaints;  // of what did not hold
  std::vector<std::string> history;
  int events = 0;
  int replies = 0;
};

// Months of some States' gateways, their officers and their bad luck, in one thread and a few milliseconds. All of it
// follows from the seed: the same seed gives the same report.
Report Simulate(uint64_t seed, Sabotage sabotage = Sabotage::kNone);

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATION_H_
