#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_OBSERVER_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_OBSERVER_H_

#include <string>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate::simulation {

class SimulatedGateway;

// A trace that leaves a gateway as the reply to a call.
struct Release {
  Caller to;
  std::string method;  // full name of the RPC
  std::string bytes;
};

// Hears what happens at a gateway, in the moment.
class Observer {
 public:
  virtual ~Observer() = default;
  // The store has told the gateway that this is durable.
  virtual void OnCommit(SimulatedGateway& at, const WriteBatch& batch) = 0;
  virtual void OnRelease(SimulatedGateway& by, const Release& release) = 0;
  virtual void OnFailure(SimulatedGateway& by, const Caller& to, const absl::Status& failure) = 0;
  // A question goes on its way to another gateway.
  virtual void OnQuestion(SimulatedGateway& by, const adapter::v1::FindRequest& question) = 0;
  // The log's own judgement of itself when the gateway starts.
  virtual void OnStart(SimulatedGateway& at, const absl::Status& log_damage) = 0;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_OBSERVER_H_
