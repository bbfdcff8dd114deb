#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_REGISTRY_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_REGISTRY_H_

#include <string>
#include <utility>

#include "adapters/registry_adapter.h"
#include "tests/gateway/tracing/simulation/pending_calls.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

class SimulatedGateway;

// A State's own registry with records of the weapons there are: answers after a while, and is away at times.
class SimulatedRegistry : public RegistryAdapter {
 public:
  SimulatedRegistry(Stage* stage, SimulatedGateway* here) : stage_(stage), here_(here) {}

  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_RECORD_NOT_FOUND, "none"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }

 private:
  PendingCalls::Found Look(const adapter::v1::FindRequest& request);

  Stage* const stage_;
  SimulatedGateway* const here_;
  PendingCalls calls_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_REGISTRY_H_
