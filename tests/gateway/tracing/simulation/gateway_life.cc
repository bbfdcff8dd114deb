#include "tests/gateway/tracing/simulation/gateway_life.h"

#include <set>
#include <string>
#include <utility>

#include "adapters/desk/desk_adapter.h"
#include "gateway/policy/limit_defaults.h"
#include "gateway/rpc/trace_service.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"
#include "tests/gateway/tracing/simulation/simulated_network.h"
#include "tests/gateway/tracing/simulation/simulated_peer.h"
#include "tests/gateway/tracing/simulation/simulated_registry.h"

namespace tracegate::simulation {
namespace {

config::v1::HarvestGuard GuardConfig() {
  config::v1::HarvestGuard config;
  FillDefaults(&config);
  return config;
}

// The policy as it is in force.
std::shared_ptr<const AgreementBook> BookOf(std::vector<config::v1::Agreement> agreements,
                                            Sabotage sabotage) {
  for (config::v1::Agreement& agreement : agreements) {
    if (sabotage == Sabotage::kPolicyForgetsEnds) agreement.clear_valid_until();
    if (sabotage != Sabotage::kPolicyTellsMore) continue;
    for (const char* path : {"firearm", "events", "holder"}) agreement.add_disclose(path);
  }
  return *AgreementBook::Create({agreements.begin(), agreements.end()});
}

}  // namespace

GatewayLife::GatewayLife(Stage* stage, SimulatedNetwork* network, SimulatedGateway* gateway)
    : stage_(stage),
      timers_([stage, gateway](absl::Time when, std::function<void()> event) {
        if (stage->sabotage == Sabotage::kTimersForget) return;
        gateway->AtIfAlive(when - gateway->skew, std::move(event));
      }),
      harvest_guard_(GuardConfig()),
      registries_(Registries(network, gateway)),
      log_(*EvidenceLog::Open(&gateway->store(), gateway->LogOptions())) {
  House house;
  house.store = &gateway->store();
  house.log = log_.get();
  house.agreements = &book_;
  house.quota = &quota_;
  house.harvest_guard = &harvest_guard_;
  house.registries = registries_.get();
  house.timers = &timers_;
  house.clock = [gateway] { return gateway->Now(); };
  house.gateway_id = "spiffe://" + gateway->state() + ".example/gateway/peer";
  house.gateway_state = gateway->state();
  tracer_ = std::make_unique<Tracer>(std::move(house), stage->world.limits);
  ServeTraces(tracer_.get(), &handlers_);
}

GatewayLife::~GatewayLife() {
  Stop();
  registries_.reset();
  log_.reset();
  tracer_.reset();
}

void GatewayLife::Stop() {
  tracer_->Drain();
  Settle();
  timers_.Stop();
}

void GatewayLife::TakeUp(const std::vector<config::v1::Agreement>& agreements) {
  book_.Replace(BookOf(agreements, stage_->sabotage));
}

void GatewayLife::Settle() {
  while (log_->RecordQueued()) continue;
}

std::unique_ptr<RegistryTable> GatewayLife::Registries(SimulatedNetwork* network,
                                                       SimulatedGateway* gateway) {
  std::vector<Registry> registries;
  for (const std::string& state : stage_->world.states) {
    Registry& registry = registries.emplace_back();
    registry.name = "registry-" + state;
    registry.state = state;
    registry.is_peer = state != gateway->state();
    registry.timeout = absl::Seconds(30);
    if (registry.is_peer) {
      registry.adapter = std::make_unique<SimulatedPeer>(stage_, network, gateway, state);
    } else if (stage_->world.HasDesk(state)) {
      registry.adapter = std::make_unique<DeskAdapter>(
          DeskAdapter::Options{.name = registry.name,
                               .state = state,
                               .acknowledge_within = absl::Hours(24),
                               .answer_within = absl::Hours(24 * 7),
                               .look_every = stage_->world.look_every,
                               .clock = [gateway] { return gateway->Now(); }});
    } else {
      registry.adapter = std::make_unique<SimulatedRegistry>(stage_, gateway);
    }
  }
  return std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{gateway->state()},
                                         std::move(registries));
}

}  // namespace tracegate::simulation
