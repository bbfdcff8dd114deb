#include "gateway/cli/mapping_commands.h"

#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "adapters/mapping/mapping.h"
#include "adapters/marking/match.h"
#include "gateway/cli/json.h"
#include "gateway/cli/record_registries.h"
#include "gateway/cli/translation_report.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kRecordsShown = 10;
constexpr absl::Duration kReadyWait = absl::Seconds(60);
constexpr absl::Duration kReadyLook = absl::Milliseconds(20);

struct Typed {
  std::string config;
  std::string registry;
  std::string serial;
  std::string record;
};

absl::Status Wrong(std::string_view option, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, what);
}

absl::StatusOr<ExitCode> Check(const std::string& file) {
  const auto mapping = Mapping::Load(file);
  if (!mapping.ok()) return mapping.status();
  std::cout << file << ": sound; reads " << mapping->records().columns.size() << " columns of "
            << mapping->records().name;
  for (const SourceTable& table : mapping->related()) {
    std::cout << ", " << table.columns.size() << " of " << table.name;
  }
  std::cout << "\n";
  return kExitOk;
}

// The registry of that name, or the only one that has a mapping.
absl::StatusOr<config::v1::Registry> RegistryNamed(const Typed& typed) {
  const auto registries = RecordRegistries(typed.config, typed.registry);
  if (!registries.ok()) return registries.status();
  if (registries->size() == 1) return registries->front();
  return Wrong("--registry", registries->empty() ? "names no registry with a mapping"
                                                 : "must name one of several registries");
}

absl::Status HealthOf(RegistryAdapter& registry) {
  std::promise<absl::Status> answered;
  registry.Health({}, [&](const absl::Status& status) { answered.set_value(status); });
  return answered.get_future().get();
}

// Files are read first, an adapter's process is started first; what is only unavailable may become ready.
absl::Status WaitUntilReady(RegistryAdapter& registry) {
  const absl::Time until = absl::Now() + kReadyWait;
  absl::Status health = HealthOf(registry);
  while (absl::IsUnavailable(health) && absl::Now() < until &&
         health.message().find(" being ") != std::string_view::npos) {
    absl::SleepFor(kReadyLook);
    health = HealthOf(registry);
  }
  return health;
}

void Show(const v1::RegistryRecord& record, const v1::Candidate* match, bool json) {
  std::cout << (json ? JsonOf(record) + "\n" : TranslationReport(record, match));
}

absl::StatusOr<ExitCode> TryRecord(RegistryAdapter& registry, const std::string& number,
                                   bool json) {
  adapter::v1::GetRecordRequest request;
  request.set_record_number(number);
  std::promise<absl::StatusOr<adapter::v1::GetRecordResponse>> answered;
  registry.GetRecord({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
  const auto found = answered.get_future().get();
  if (!found.ok()) return found.status();
  Show(found->record(), nullptr, json);
  return kExitOk;
}

absl::StatusOr<ExitCode> TrySerial(RegistryAdapter& registry, const std::string& serial,
                                   bool json) {
  v1::Item item;
  item.mutable_weapon()->set_serial_number(serial);
  const ItemReading asked(std::move(item));
  adapter::v1::FindRequest request;
  request.set_candidates_max(kRecordsShown);
  request.set_serial_pattern(asked.serial.pattern);
  for (std::string& spelling : SpellingsToAsk(asked.serial)) {
    request.add_serial_spellings(std::move(spelling));
  }
  std::promise<absl::StatusOr<adapter::v1::FindResponse>> answered;
  registry.Find({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
  const auto found = answered.get_future().get();
  if (!found.ok()) return found.status();
  for (const v1::RegistryRecord& record : found->records().records()) {
    const v1::Candidate match = Compare(asked, record);
    Show(record, &match, json);
  }
  if (json) return kExitOk;
  std::cout << found->records().records_size() << " records"
            << (found->records().more() ? ", and more" : "") << "\n";
  return kExitOk;
}

absl::StatusOr<ExitCode> Try(const Typed& typed, bool json) {
  if (typed.serial.empty() == typed.record.empty()) {
    return Wrong("--serial", "is what to look for, or --record; expected one of them");
  }
  const auto registry = RegistryNamed(typed);
  if (!registry.ok()) return registry.status();
  const auto adapter = BuildAdapter(*registry, SurroundingsHere());
  if (!adapter.ok()) return adapter.status();
  if (absl::Status ready = WaitUntilReady(**adapter); !ready.ok()) return ready;
  return typed.record.empty() ? TrySerial(**adapter, typed.serial, json)
                              : TryRecord(**adapter, typed.record, json);
}

}  // namespace

void AddMappingCommands(CLI::App* app, Session* session) {
  auto* mapping = app->add_subcommand("mapping", "Connect a registry: check and try its mapping");
  mapping->require_subcommand(1);
  mapping->fallthrough();
  auto* check = mapping->add_subcommand("check", "Say what is wrong with a mapping");
  auto file = std::make_shared<std::string>();
  check->add_option("FILE", *file, "Mapping, YAML")->required();
  check->callback([=] { session->RunHere([&] { return Check(*file); }); });

  auto* command = mapping->add_subcommand(
      "try", "Ask a configured registry here, and show its records beside their translation");
  auto typed = std::make_shared<Typed>();
  command->add_option("--config", typed->config, "Gateway configuration, YAML")->required();
  command->add_option("--registry", typed->registry, "Its name, where there are several");
  command->add_option("--serial", typed->serial, "A serial number to look for, as read");
  command->add_option("--record", typed->record, "A record's own number");
  command->callback([=] { session->RunHere([&] { return Try(*typed, session->json); }); });
}

}  // namespace tracegate
