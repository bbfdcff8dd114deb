#include "tests/gateway/tracing/simulation/simulated_network.h"

#include <algorithm>

#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {

SimulatedNetwork::SimulatedNetwork(Stage* stage)
    : stage_(stage),
      lost_one_in_(stage->chance.Between(4, 40)),
      doubled_one_in_(stage->chance.Between(4, 40)),
      slow_one_in_(stage->chance.Between(4, 40)) {}

void SimulatedNetwork::Add(SimulatedGateway* gateway) { gateways_[gateway->state()] = gateway; }

void SimulatedNetwork::Carry(const std::string& from, const std::string& to,
                             const std::string& what, std::function<void()> arrival) {
  const bool lost = !stage_->calm && (Parted(from, to) || stage_->chance.OneIn(lost_one_in_));
  const int copies = lost ? 0 : !stage_->calm && stage_->chance.OneIn(doubled_one_in_) ? 2 : 1;
  stage_->Note(from, " > ", to, ": ", what, lost ? ", lost" : copies == 2 ? ", doubled" : "");
  for (int i = 0; i < copies; ++i) At(to).At(stage_->queue.Now() + Delay(), arrival);
}

void SimulatedNetwork::Part(const std::string& one, const std::string& other, absl::Time until) {
  absl::Time& parted = parted_until_[std::minmax(one, other)];
  parted = std::max(parted, until);
}

bool SimulatedNetwork::Parted(const std::string& one, const std::string& other) const {
  const auto found = parted_until_.find(std::minmax(one, other));
  return found != parted_until_.end() && stage_->queue.Now() < found->second;
}

absl::Duration SimulatedNetwork::Delay() {
  const bool slow = !stage_->calm && stage_->chance.OneIn(slow_one_in_);
  return slow ? stage_->chance.Between(absl::Seconds(1), absl::Hours(24))
              : stage_->chance.Between(absl::Milliseconds(1), absl::Milliseconds(500));
}

}  // namespace tracegate::simulation
