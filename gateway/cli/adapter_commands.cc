#include "gateway/cli/adapter_commands.h"

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "adapters/conformance/trial.h"
#include "gateway/cli/record_registries.h"
#include "gateway/cli/trial_report.h"
#include "gateway/daemon/configuration.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Typed {
  std::string config;
  std::string registry;
  std::string known;
  std::string record;
};

absl::Status Wrong(std::string_view option, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, what);
}

absl::StatusOr<std::vector<config::v1::Registry>> RegistriesMeant(const Typed& typed) {
  auto registries = RecordRegistries(typed.config, typed.registry);
  if (!registries.ok()) return registries.status();
  if (registries->empty()) return Wrong("--registry", "names no registry that has an adapter");
  const bool names_a_weapon = !typed.known.empty() || !typed.record.empty();
  if (registries->size() > 1 && names_a_weapon) {
    return Wrong("--registry", "must name one of several registries: the weapon is in one");
  }
  return registries;
}

// What adapters need here. Only one that is reached over TLS needs the files of the gateway's identity.
absl::StatusOr<AdapterSurroundings> SurroundingsFor(
    const Typed& typed, const std::vector<config::v1::Registry>& registries) {
  AdapterSurroundings surroundings = SurroundingsHere();
  for (const config::v1::Registry& registry : registries) {
    if (registry.plugin().address().empty() || surroundings.peer_trust != nullptr) continue;
    auto trust = LoadOwnTrust(typed.config, absl::Now());
    if (!trust.ok()) return trust.status();
    surroundings.peer_trust = *std::move(trust);
  }
  return surroundings;
}

// The weapon that the cases look for; none where none is named. `adapter` is one of its own, for this alone.
absl::StatusOr<std::optional<v1::RegistryRecord>> KnownWeapon(
    const Typed& typed, std::unique_ptr<RegistryAdapter> adapter) {
  v1::RegistryRecord known;
  if (!typed.record.empty()) {
    Bench bench(std::move(adapter), {});
    if (auto status = bench.AwaitHealth(); !status.ok()) return status;
    auto shown = bench.GetRecord(typed.record);
    if (!shown.ok()) return shown.status();
    known = std::move(*shown->mutable_record());
  } else if (!typed.known.empty()) {
    if (auto status = ReadYamlMessage(typed.known, &known); !status.ok()) return status;
  } else {
    return std::nullopt;
  }
  if (!known.record_number().empty() && !known.firearm().serial_number().empty()) return known;
  return Wrong(typed.record.empty() ? "--known" : "--record",
               "has no record_number or no firearm.serial_number, by which it is looked for");
}

absl::StatusOr<ExitCode> Test(const Typed& typed, bool json) {
  if (!typed.known.empty() && !typed.record.empty()) {
    return Wrong("--known", "names the weapon, and so does --record; expected one of them");
  }
  const auto registries = RegistriesMeant(typed);
  if (!registries.ok()) return registries.status();
  const auto surroundings = SurroundingsFor(typed, *registries);
  if (!surroundings.ok()) return surroundings.status();
  bool passed = true;
  for (const config::v1::Registry& registry : *registries) {
    auto scout = BuildAdapter(registry, *surroundings);
    if (!scout.ok()) return scout.status();
    auto known = KnownWeapon(typed, *std::move(scout));
    if (!known.ok()) return known.status();
    auto adapter = BuildAdapter(registry, *surroundings);
    if (!adapter.ok()) return adapter.status();
    const auto tried = TryAdapter(*std::move(adapter), {.known = *std::move(known)});
    std::cout << (json ? TrialLines(registry.name(), tried) : TrialReport(registry.name(), tried));
    passed = passed && HasPassed(tried);
  }
  return passed ? kExitOk : kExitRefused;
}

}  // namespace

void AddAdapterCommands(CLI::App* app, Session* session) {
  auto* adapter = app->add_subcommand("adapter", "Write or connect an adapter: try it");
  adapter->require_subcommand(1);
  adapter->fallthrough();
  auto* command = adapter->add_subcommand(
      "test", "Run the conformance cases over the adapters of a configuration, here");
  auto typed = std::make_shared<Typed>();
  command->add_option("CONFIG", typed->config, "Gateway configuration, YAML")->required();
  command->add_option("--registry", typed->registry, "One of its registries; else all");
  command->add_option("--known", typed->known,
                      "A weapon that the registry has: a RegistryRecord as YAML");
  command->add_option("--record", typed->record, "The number of a record that the registry has");
  command->callback([=] { session->RunHere([&] { return Test(*typed, session->json); }); });
}

}  // namespace tracegate
