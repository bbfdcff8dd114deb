#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_GATEWAY_LIFE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_GATEWAY_LIFE_H_

#include <memory>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/policy/agreement_book.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/tracing/tracer.h"
#include "tests/gateway/tracing/simulation/simulated_timers.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

class SimulatedGateway;
class SimulatedNetwork;

// One life of a gateway's process: all that is gone when it ends.
class GatewayLife {
 public:
  GatewayLife(Stage* stage, SimulatedNetwork* network, SimulatedGateway* gateway);
  ~GatewayLife();

  void TakeUp(const std::vector<config::v1::Agreement>& agreements);
  // Records what is queued, and what that leads to.
  void Settle();

  // As the daemon stops: whoever waits is told, and what is queued is recorded.
  void Stop();

  EvidenceLog& log() { return *log_; }
  Tracer& tracer() { return *tracer_; }
  // Every RPC of TraceService, as the daemon serves them.
  const HandlerTable& handlers() const { return handlers_; }

  bool dead = false;  // was killed: nothing it does counts any more

 private:
  std::unique_ptr<RegistryTable> Registries(SimulatedNetwork* network, SimulatedGateway* gateway);

  Stage* const stage_;
  SimulatedTimers timers_;
  Current<AgreementBook> book_{nullptr};
  PairQuota quota_;
  HarvestGuard harvest_guard_;
  std::unique_ptr<RegistryTable> registries_;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<Tracer> tracer_;
  HandlerTable handlers_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_GATEWAY_LIFE_H_
