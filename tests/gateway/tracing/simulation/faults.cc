#include "tests/gateway/tracing/simulation/faults.h"

#include <utility>

namespace tracegate::simulation {

Faults::Faults(Stage* stage, SimulatedNetwork* network, std::vector<SimulatedGateway*> gateways)
    : stage_(stage),
      network_(network),
      gateways_(std::move(gateways)),
      end_(stage->world.start + absl::Hours(24) * stage->chance.Between(3, 30)) {
  for (SimulatedGateway* gateway : gateways_) {
    gateway->skew = DrawSkew();
    gateway->on_death = [this, gateway] { ComeBack(*gateway); };
  }
}

void Faults::Begin() {
  Happen(8, [this](SimulatedGateway& gateway) { Stop(gateway); });
  Happen(5, [this](SimulatedGateway& gateway) { Part(gateway); });
  Happen(4, [this](SimulatedGateway& gateway) { TakeDiskAway(gateway); });
  Happen(3, [this](SimulatedGateway& gateway) { EndAgreement(gateway); });
  stage_->queue.At(end_, [this] { CalmDown(); });
}

void Faults::Happen(int times_max, const std::function<void(SimulatedGateway&)>& fault) {
  const int times = stage_->chance.Below(times_max + 1);
  for (int i = 0; i < times; ++i) {
    SimulatedGateway* gateway = stage_->chance.OneOf(gateways_);
    const absl::Duration when = (end_ - stage_->world.start) * stage_->chance.Below(1000) / 1000;
    gateway->At(stage_->world.start + when, [gateway, fault] { fault(*gateway); });
  }
}

void Faults::Stop(SimulatedGateway& gateway) {
  if (!gateway.up()) return;
  switch (stage_->chance.Below(4)) {
    case 0: gateway.Drain(); return ComeBack(gateway);
    case 1: return gateway.Kill();
    case 2: gateway.store().kill = SimulatedStore::Kill::kBefore; return;
    default: gateway.store().kill = SimulatedStore::Kill::kAfter;
  }
}

void Faults::ComeBack(SimulatedGateway& gateway) {
  const absl::Duration away = stage_->chance.Between(absl::Seconds(1), absl::Hours(72));
  gateway.At(stage_->queue.Now() + away, [this, &gateway] {
    if (gateway.up()) return;
    gateway.skew = DrawSkew();
    gateway.Start();
  });
}

void Faults::Part(SimulatedGateway& gateway) {
  const SimulatedGateway* other = stage_->chance.OneOf(gateways_);
  const absl::Duration lasts = stage_->chance.Between(absl::Hours(1), absl::Hours(24 * 21));
  stage_->Note(gateway.state(), " and ", other->state(), " are parted for ",
               absl::FormatDuration(lasts));
  network_->Part(gateway.state(), other->state(), stage_->queue.Now() + lasts);
}

void Faults::TakeDiskAway(SimulatedGateway& gateway) {
  const absl::Duration lasts = stage_->chance.Between(absl::Seconds(10), absl::Hours(48));
  stage_->Note(gateway.state(), "'s disk refuses for ", absl::FormatDuration(lasts));
  gateway.store().away = true;
  gateway.At(stage_->queue.Now() + lasts, [&gateway] { gateway.store().away = false; });
}

void Faults::EndAgreement(SimulatedGateway& gateway) {
  if (gateway.agreements().empty()) return;
  gateway.EndAgreement(stage_->chance.OneOf(gateway.agreements()).id());
}

void Faults::CalmDown() {
  stage_->Note("faults end");
  stage_->calm = true;
  for (SimulatedGateway* gateway : gateways_) {
    gateway->store().away = false;
    gateway->store().kill = SimulatedStore::Kill::kNever;
    gateway->At(end_, [gateway] {
      if (!gateway->up()) gateway->Start();
    });
  }
}

absl::Duration Faults::DrawSkew() {
  if (stage_->chance.OneIn(2)) return absl::ZeroDuration();
  const absl::Duration skew = stage_->chance.Between(absl::Milliseconds(1), absl::Hours(6));
  return stage_->chance.OneIn(2) ? skew : -skew;
}

}  // namespace tracegate::simulation
