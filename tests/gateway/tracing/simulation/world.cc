#include "tests/gateway/tracing/simulation/world.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "tests/gateway/policy/example_agreement.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate::simulation {
namespace {

struct MakingState {
  const char* state;
  const char* maker;
};

constexpr MakingState kMakers[] = {{"AT", "Glock"}, {"BR", "Taurus"},  {"DE", "Walther"},
                                   {"BE", "FN"},    {"IT", "Beretta"}, {"AR", "Bersa"},
                                   {"ES", "Star"},  {"RS", "Zastava"}};

const char* MakerOf(const std::string& state) {
  return std::ranges::find(kMakers, state, &MakingState::state)->maker;
}

v1::LifeEvent Event(v1::LifeEventKind kind, int year) {
  v1::LifeEvent event;
  event.set_kind(kind);
  event.mutable_date()->set_year(year);
  return event;
}

// What the books of the last State on the way say, where its way ended.
void EndWay(Chance& chance, Holding* holding) {
  v1::RegistryRecord& record = holding->record;
  switch (chance.Below(4)) {
    case 0:
      *record.add_events() = Event(v1::LIFE_EVENT_KIND_THEFT, 2019);
      holding->says = v1::OUTCOME_REPORTED_LOST_OR_STOLEN;
      return;
    case 1:
      *record.add_events() = Event(v1::LIFE_EVENT_KIND_DESTRUCTION, 2020);
      holding->says = v1::OUTCOME_DESTROYED_ON_RECORD;
      return;
    case 2: holding->says = v1::OUTCOME_NO_RECORD_OF_EXPORT; return;
    default:
      *record.add_events() = Event(v1::LIFE_EVENT_KIND_DOMESTIC_TRANSFER, 2015);
      record.mutable_holder()->set_name("Maria Example");
      holding->says = v1::OUTCOME_LAST_HOLDER_IDENTIFIED;
  }
}

Weapon DrawWeapon(Chance& chance, const std::vector<std::string>& states, int number) {
  Weapon weapon;
  weapon.found_in = chance.OneOf(states);
  std::string state = chance.OneOf(states);
  v1::Firearm& firearm = *weapon.item.mutable_weapon();
  firearm.set_serial_number(absl::StrFormat("ABC%03d", 100 + number * 37));
  firearm.mutable_manufacturer()->set_verbatim(MakerOf(state));
  firearm.mutable_calibre()->set_verbatim("9x19");
  firearm.mutable_country_of_manufacture()->set_iso_code(state);
  int left = chance.Below(4);  // borders it crosses, if it meets no State twice
  while (!chance.OneIn(8)) {   // else the State has no record, and the way is lost
    Holding& holding = weapon.books[state];
    holding.record.set_record_number(absl::StrFormat("%s-%d", state, number));
    *holding.record.mutable_firearm() = firearm;
    const std::string& next = chance.OneOf(states);
    if (left-- == 0 || next == state || weapon.books.contains(next)) {
      EndWay(chance, &holding);
      break;
    }
    v1::LifeEvent exported = Event(v1::LIFE_EVENT_KIND_EXPORT, 2010);
    exported.set_to_state(next);
    exported.mutable_to_party()->set_name("Importer of " + next);
    *holding.record.add_events() = exported;
    holding.says = v1::OUTCOME_TRANSFERRED_TO_STATE;
    holding.next_state = next;
    state = next;
  }
  return weapon;
}

// Most pairs agreed on something; some agreements end while the simulation runs.
std::vector<config::v1::Agreement> DrawAgreements(Chance& chance, const World& world) {
  const std::vector<std::vector<std::string>> disclosures = {
      {"firearm", "events", "holder"},
      {"firearm", "events"},
      {"firearm.serial_number", "events.kind", "events.to_state"},
      {"record_number", "events.to_state"},
      {"firearm"}};
  std::vector<config::v1::Agreement> agreements;
  for (const std::string& asking : world.states) {
    for (const std::string& answering : world.states) {
      if (asking == answering || chance.OneIn(10)) continue;
      auto agreement = ExampleAgreement(asking, answering, chance.OneOf(disclosures));
      if (chance.OneIn(5)) {
        const absl::Time last = world.start + absl::Hours(24) * chance.Below(30);
        agreement.set_valid_until(absl::FormatTime("%Y-%m-%d", last, absl::UTCTimeZone()));
      }
      if (chance.OneIn(4)) agreement.mutable_answer_within()->set_seconds(3 * 24 * 3600);
      if (chance.OneIn(12)) agreement.mutable_quota()->set_per_day(chance.Between(1, 3));
      agreements.push_back(agreement);
    }
  }
  return agreements;
}

TracingLimits DrawLimits(Chance& chance) {
  TracingLimits limits;
  limits.open_traces_max = 100;
  limits.hops_max = chance.Between(3, 12);
  limits.hops_at_once = chance.Between(1, 3);
  limits.expiry = absl::Hours(24) * chance.OneOf(std::vector{2, 10, 30});
  limits.retry_first = chance.OneOf(std::vector{absl::Seconds(5), limits.expiry / 100});
  limits.retry_max = limits.expiry / 24;
  limits.reply_wait_max = absl::Minutes(1);
  return limits;
}

}  // namespace

v1::Outcome Weapon::TruthOf(const std::string& state) const {
  const auto found = books.find(state);
  return found == books.end() ? v1::OUTCOME_NO_RECORD : found->second.says;
}

bool World::HasDesk(const std::string& state) const {
  return std::ranges::count(by_desk, state) > 0;
}

const Weapon* World::Find(const std::string& serial_number) const {
  for (const Weapon& weapon : weapons) {
    if (weapon.item.weapon().serial_number() == serial_number) return &weapon;
  }
  return nullptr;
}

World DrawWorld(Chance& chance) {
  World world;
  world.start = absl::FromUnixSeconds(1'780'000'000) + absl::Minutes(chance.Below(24 * 60));
  const int gateways = chance.Between(2, 8);
  for (const MakingState& making : kMakers) world.states.emplace_back(making.state);
  while (static_cast<int>(world.states.size()) > gateways)
    world.states.erase(world.states.begin() + chance.Below(static_cast<int>(world.states.size())));
  for (const std::string& state : world.states) {
    if (chance.OneIn(3)) world.by_desk.push_back(state);
  }
  world.limits = DrawLimits(chance);
  world.look_every = absl::Hours(chance.Between(6, 24));
  const int weapons = chance.Between(2, 6);
  for (int i = 0; i < weapons; ++i) world.weapons.push_back(DrawWeapon(chance, world.states, i));
  world.agreements = DrawAgreements(chance, world);
  return world;
}

}  // namespace tracegate::simulation
