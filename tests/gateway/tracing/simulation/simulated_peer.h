#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_PEER_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_PEER_H_

#include <memory>
#include <string>
#include <utility>

#include "adapters/peer/peer_exchange.h"
#include "adapters/registry_adapter.h"
#include "tests/gateway/tracing/simulation/pending_calls.h"
#include "tests/gateway/tracing/simulation/simulated_network.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

// What adapters/peer is, with the simulated network in the place of gRPC: what is
// said, and how replies are read, are the real ones.
class SimulatedPeer : public RegistryAdapter {
 public:
  SimulatedPeer(Stage* stage, SimulatedNetwork* network, SimulatedGateway* here, std::string there)
      : stage_(stage), network_(network), here_(here), there_(std::move(there)) {}

  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    done(Failure(v1::REASON_METHOD_UNKNOWN, "a peer shows no records"));
  }
  void Health(RegistryCall, HealthDone done) override { done(absl::OkStatus()); }

 private:
  using Reply = absl::StatusOr<std::string>;
  struct Asking {
    absl::Time deadline;
    PendingCalls::Id id;
    PeerExchange exchange;
  };

  void Say(const std::shared_ptr<Asking>& asking, const PeerCall& call);
  void OnReply(const std::shared_ptr<Asking>& asking, const Reply& reply);

  Stage* const stage_;
  SimulatedNetwork* const network_;
  SimulatedGateway* const here_;
  const std::string there_;
  PendingCalls calls_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_PEER_H_
