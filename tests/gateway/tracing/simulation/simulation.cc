#include "tests/gateway/tracing/simulation/simulation.h"

#include <memory>
#include <thread>

#include "tests/gateway/tracing/simulation/case_officer.h"
#include "tests/gateway/tracing/simulation/desk_officer.h"
#include "tests/gateway/tracing/simulation/faults.h"
#include "tests/gateway/tracing/simulation/invariants.h"
#include "tests/gateway/tracing/simulation/seeded_entropy.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"
#include "tests/gateway/tracing/simulation/simulated_network.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {
namespace {

// Past so many, the first ones tell enough.
constexpr size_t kComplaintsMax = 10;

// Ten times what any seed needs.
constexpr int kEventsMax = 30'000;

class Simulation {
 public:
  Simulation(uint64_t seed, Sabotage sabotage)
      : entropy_(seed), stage_(seed, sabotage), invariants_(&stage_.world), network_(&stage_) {
    stage_.observer = &invariants_;
    OpenGateways();
    faults_ = std::make_unique<Faults>(&stage_, &network_, Gateways());
    AppointOfficers();
  }

  // None tells another that is gone already.
  ~Simulation() {
    for (auto& gateway : gateways_) {
      if (gateway->up()) gateway->Kill();
    }
  }

  Report Run() {
    for (auto& gateway : gateways_) {
      gateway->At(stage_.world.start, [&gateway] { gateway->Start(); });
    }
    faults_->Begin();
    for (auto& officer : case_officers_) officer->Begin();
    for (auto& officer : desk_officers_) officer->Begin();
    RunUntil(TimeWhenAllHasEnded());
    for (auto& gateway : gateways_) invariants_.CheckAllEnded(*gateway);
    // Twice: the second reply must be the first.
    for (int i = 0; i < 2; ++i) AskAtTheEnd();
    for (auto& gateway : gateways_) invariants_.CheckLog(*gateway);
    return Told();
  }

 private:
  void OpenGateways() {
    for (const std::string& state : stage_.world.states) {
      auto& gateway =
          gateways_.emplace_back(std::make_unique<SimulatedGateway>(&stage_, &network_, state));
      gateway->on_event_end = [this, &at = *gateway] { invariants_.CheckEvent(at); };
      network_.Add(gateway.get());
    }
  }

  std::vector<SimulatedGateway*> Gateways() const {
    std::vector<SimulatedGateway*> gateways;
    for (const auto& gateway : gateways_) gateways.push_back(gateway.get());
    return gateways;
  }

  void AppointOfficers() {
    const int cases = stage_.chance.Between(2, 8);
    for (int i = 0; i < cases; ++i) {
      const Weapon& weapon = stage_.chance.OneOf(stage_.world.weapons);
      case_officers_.push_back(std::make_unique<CaseOfficer>(
          &stage_, &invariants_, &network_.At(weapon.found_in), weapon, i));
    }
    for (const std::string& state : stage_.world.by_desk) {
      desk_officers_.push_back(std::make_unique<DeskOfficer>(&stage_, &network_.At(state)));
    }
  }

  // A trace that a peer opens on the last day lives as long again, until somebody looks.
  absl::Time TimeWhenAllHasEnded() const {
    const World& world = stage_.world;
    return faults_->end() + 2 * world.limits.expiry + 2 * world.limits.retry_max +
           2 * world.look_every + absl::Hours(24);
  }

  void RunUntil(absl::Time end) {
    while (invariants_.complaints().size() < kComplaintsMax && stage_.queue.RunNext(end)) {
      if (++events_ >= kEventsMax) return invariants_.ComplainOfNoEnd();
    }
  }

  void AskAtTheEnd() {
    for (auto& officer : case_officers_) officer->AskAtTheEnd();
    RunUntil(stage_.queue.Now() + absl::Hours(1));
  }

  Report Told() {
    for (auto& gateway : gateways_) {
      const auto checkpoint = gateway->store().LatestCheckpoint();
      if (*checkpoint) stage_.Note((*checkpoint)->note);
    }
    return {invariants_.complaints(), stage_.history.lines(), events_, invariants_.releases()};
  }

  SeededEntropy entropy_;
  Stage stage_;
  Invariants invariants_;
  SimulatedNetwork network_;
  std::unique_ptr<Faults> faults_;
  std::vector<std::unique_ptr<CaseOfficer>> case_officers_;
  std::vector<std::unique_ptr<DeskOfficer>> desk_officers_;
  std::vector<std::unique_ptr<SimulatedGateway>> gateways_;  // stop first, and tell the others
  int events_ = 0;
};

}  // namespace

Report Simulate(uint64_t seed, Sabotage sabotage) {
  Report report;
  // A thread of its own has no chance left over from another seed.
  std::thread([&] { report = Simulation(seed, sabotage).Run(); }).join();
  return report;
}

}  // namespace tracegate::simulation
