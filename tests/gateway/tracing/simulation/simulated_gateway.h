#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_GATEWAY_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gateway/rpc/call.h"
#include "gateway/tracing/tracer.h"
#include "tests/gateway/tracing/simulation/gateway_life.h"
#include "tests/gateway/tracing/simulation/simulated_network.h"
#include "tests/gateway/tracing/simulation/simulated_store.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

// One State's gateway without its sockets. Its disk stays; what it has in memory lives from Start to Drain or Kill.
//
// Each event happens at one gateway and is finished there (the log idle, every callback run) before the next is taken.
class SimulatedGateway {
 public:
  SimulatedGateway(Stage* stage, SimulatedNetwork* network, std::string state);
  ~SimulatedGateway();

  const std::string& state() const { return state_; }
  // By its own clock, which is ahead of the simulation's by `skew`.
  absl::Time Now() const { return stage_->queue.Now() + skew; }

  bool up() const { return life_ != nullptr; }
  // Was killed within the present event: whatever it still does has no effect.
  bool dead() const { return life_ != nullptr && life_->dead; }

  // An event here at that time of the simulation, whether it is up then or not.
  void At(absl::Time when, std::function<void()> event);
  // One that happens only if it has not stopped in between.
  void AtIfAlive(absl::Time when, std::function<void()> event) {
    At(when, IfAlive<>(std::move(event)));
  }
  template <typename... Arguments>
  std::function<void(Arguments...)> IfAlive(
      std::type_identity_t<std::function<void(Arguments...)>> event) const {
    return [this, life = lives_, event = std::move(event)](Arguments... arguments) {
      if (up() && !dead() && life == lives_) event(arguments...);
    };
  }

  // All that follow happen within an event.

  // The process begins: opens the log, and takes up the open traces.
  void Start();
  // It is told to stop, and finishes what it has to.
  void Drain();
  // As by kill -9: what is not on the disk is gone.
  void Kill();

  // A call that passed identity and policy, while up. What comes of it leaves the gateway by `reply`, unless the gateway
  // is killed before.
  void Serve(const Caller& caller, const std::string& method, const std::string& request_bytes,
             absl::Duration patience, const ReplyDone& reply);
  template <typename Request>
  void Serve(const Caller& caller, const std::string& name, const Request& request,
             absl::Duration patience, const ReplyDone& reply) {
    Serve(caller, "/tracegate.v1.TraceService/" + name, request.SerializeAsString(), patience,
          reply);
  }
  // The same for what only reads.
  Tracer& tracer() { return life_->tracer(); }

  // The agreements of its configuration; one of them may be taken out.
  const std::vector<config::v1::Agreement>& agreements() const { return agreements_; }
  void EndAgreement(const std::string& id);

  SimulatedStore& store() { return store_; }
  EvidenceLog::Options LogOptions() const;
  const std::string& verifier_key() const { return verifier_key_; }

  absl::Duration skew;
  std::function<void()> on_death;      // it has been killed, by Kill or at a commit
  std::function<void()> on_event_end;  // an event here is over

 private:
  void FinishEvent();
  // A reply that leaves it; the observer hears of it first.
  ReplyDone Released(const Caller& to, const std::string& method, const ReplyDone& reply);

  Stage* const stage_;
  SimulatedNetwork* const network_;
  const std::string state_;
  std::vector<config::v1::Agreement> agreements_;
  SimulatedStore store_;
  std::string verifier_key_;
  std::unique_ptr<GatewayLife> life_;
  int64_t lives_ = 0;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_GATEWAY_H_
