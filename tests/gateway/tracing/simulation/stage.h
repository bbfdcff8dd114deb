#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_STAGE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_STAGE_H_

#include <utility>

#include "tests/gateway/tracing/simulation/chance.h"
#include "tests/gateway/tracing/simulation/event_queue.h"
#include "tests/gateway/tracing/simulation/history.h"
#include "tests/gateway/tracing/simulation/observer.h"
#include "tests/gateway/tracing/simulation/sabotage.h"
#include "tests/gateway/tracing/simulation/world.h"

namespace tracegate::simulation {

// What everybody in one simulation shares.
struct Stage {
  Chance chance;
  const World world;
  EventQueue queue;
  Sabotage sabotage = Sabotage::kNone;
  Observer* observer = nullptr;
  History history;
  bool calm = false;  // faults have ended

  Stage(uint64_t seed, Sabotage wrong)
      : chance(seed), world(DrawWorld(chance)), queue(world.start), sabotage(wrong) {}

  template <typename... Words>
  void Note(const Words&... words) {
    history.Note(queue.Now() - world.start, words...);
  }
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_STAGE_H_
