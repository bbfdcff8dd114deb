#include "gateway/policy/limit_defaults.h"

namespace tracegate {
namespace {

template <typename Message>
void DefaultTo(int value, int (Message::*get)() const, void (Message::*set)(int),
               Message* message) {
  if ((message->*get)() == 0) (message->*set)(value);
}

}  // namespace

void FillDefaults(config::v1::Limits* limits) {
  using L = config::v1::Limits;
  DefaultTo(6000, &L::calls_per_minute, &L::set_calls_per_minute, limits);
  DefaultTo(1000, &L::burst, &L::set_burst, limits);
  DefaultTo(256, &L::calls_at_once, &L::set_calls_at_once, limits);
  DefaultTo(-1, &L::calls_per_day, &L::set_calls_per_day, limits);
  DefaultTo(600, &L::strangers_per_minute, &L::set_strangers_per_minute, limits);
}

void FillDefaults(config::v1::HarvestGuard* guard) {
  using G = config::v1::HarvestGuard;
  auto* window = guard->mutable_window();
  if (window->seconds() == 0 && window->nanos() == 0) window->set_seconds(24 * 3600);
  DefaultTo(200, &G::requests_min, &G::set_requests_min, guard);
  DefaultTo(1000, &G::alone_max, &G::set_alone_max, guard);
  DefaultTo(10, &G::serial_step_max, &G::set_serial_step_max, guard);
  DefaultTo(60, &G::walking_percent, &G::set_walking_percent, guard);
  DefaultTo(95, &G::one_maker_percent, &G::set_one_maker_percent, guard);
  DefaultTo(2, &G::hits_percent_min, &G::set_hits_percent_min, guard);
  DefaultTo(50, &G::slowed_max, &G::set_slowed_max, guard);
  DefaultTo(5000, &G::pressed_max, &G::set_pressed_max, guard);
}

}  // namespace tracegate
