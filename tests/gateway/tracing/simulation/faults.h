#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_FAULTS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_FAULTS_H_

#include <functional>
#include <vector>

#include "absl/time/time.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"
#include "tests/gateway/tracing/simulation/simulated_network.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

// What goes wrong from outside, until it ends: gateways that stop, are killed at any event or at a commit, and come back
// with another clock; lines that are cut for hours or weeks; disks that refuse; agreements that are taken back.
class Faults {
 public:
  Faults(Stage* stage, SimulatedNetwork* network, std::vector<SimulatedGateway*> gateways);

  void Begin();
  // When they have ended.
  absl::Time end() const { return end_; }

 private:
  // So many times at most, at any time, at any gateway.
  void Happen(int times_max, const std::function<void(SimulatedGateway&)>& fault);
  void Stop(SimulatedGateway& gateway);
  void ComeBack(SimulatedGateway& gateway);
  void Part(SimulatedGateway& gateway);
  void TakeDiskAway(SimulatedGateway& gateway);
  void EndAgreement(SimulatedGateway& gateway);
  void CalmDown();
  absl::Duration DrawSkew();

  Stage* const stage_;
  SimulatedNetwork* const network_;
  const std::vector<SimulatedGateway*> gateways_;
  const absl::Time end_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_FAULTS_H_
