#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_NETWORK_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_NETWORK_H_

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

class SimulatedGateway;

// What lies between the gateways: loses, doubles, delays (and so reorders) what is sent, until the simulation is calm;
// and lets nothing through between two that are parted.
class SimulatedNetwork {
 public:
  explicit SimulatedNetwork(Stage* stage);

  void Add(SimulatedGateway* gateway);
  SimulatedGateway& At(const std::string& state) const { return *gateways_.at(state); }

  // `arrival` happens at `to`, at some time, once, twice or never.
  void Carry(const std::string& from, const std::string& to, const std::string& what,
             std::function<void()> arrival);

  void Part(const std::string& one, const std::string& other, absl::Time until);

 private:
  bool Parted(const std::string& one, const std::string& other) const;
  absl::Duration Delay();

  Stage* const stage_;
  // How bad it is: one message in so many.
  const int lost_one_in_;
  const int doubled_one_in_;
  const int slow_one_in_;
  std::map<std::string, SimulatedGateway*> gateways_;
  std::map<std::pair<std::string, std::string>, absl::Time> parted_until_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_NETWORK_H_
