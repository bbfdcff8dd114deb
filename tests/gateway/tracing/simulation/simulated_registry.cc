#include "tests/gateway/tracing/simulation/simulated_registry.h"

#include <algorithm>

#include "tests/gateway/tracing/simulation/simulated_gateway.h"

namespace tracegate::simulation {

void SimulatedRegistry::Find(RegistryCall, adapter::v1::FindRequest request, FindDone done) {
  const PendingCalls::Id id = calls_.Add(std::move(done));
  const absl::Duration takes = stage_->chance.Between(absl::Milliseconds(1), absl::Seconds(10));
  here_->AtIfAlive(stage_->queue.Now() + takes,
                   [this, id, request = std::move(request)] { calls_.Answer(id, Look(request)); });
}

PendingCalls::Found SimulatedRegistry::Look(const adapter::v1::FindRequest& request) {
  if (!stage_->calm && stage_->chance.OneIn(8))
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, "the registry is away");
  adapter::v1::FindResponse found;
  found.mutable_records();
  for (const Weapon& weapon : stage_->world.weapons) {
    const auto holding = weapon.books.find(here_->state());
    if (holding == weapon.books.end()) continue;
    if (std::ranges::count(request.serial_spellings(), weapon.item.weapon().serial_number()))
      *found.mutable_records()->add_records() = holding->second.record;
  }
  return found;
}

}  // namespace tracegate::simulation
