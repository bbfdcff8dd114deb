#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_WORLD_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_WORLD_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/tracing/house.h"
#include "tests/gateway/tracing/simulation/chance.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate::simulation {

// What one State's books say of a weapon.
struct Holding {
  v1::RegistryRecord record;
  v1::Outcome says;
  std::string next_state;
};

struct Weapon {
  v1::Item item;         // as found
  std::string found_in;  // whose officers trace it
  std::map<std::string, Holding> books;

  // What that State answers for truth.
  v1::Outcome TruthOf(const std::string& state) const;
};

// The States, what they agreed, and the weapons there are. Constant.
struct World {
  absl::Time start;
  std::vector<std::string> states;   // 2 to 8, a gateway each
  std::vector<std::string> by_desk;  // those whose registry is a desk
  std::vector<config::v1::Agreement> agreements;
  std::vector<Weapon> weapons;
  TracingLimits limits;
  absl::Duration look_every;  // of desks

  bool HasDesk(const std::string& state) const;
  // Of a weapon with that serial number; null where there is none.
  const Weapon* Find(const std::string& serial_number) const;
};

World DrawWorld(Chance& chance);

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_WORLD_H_
