#include "gateway/cli/log_repair_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "gateway/daemon/configuration.h"
#include "gateway/evidence/log_head.h"
#include "gateway/storage/sqlite_record_store.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::StatusOr<ExitCode> RepairLog(const std::string& config, bool dry_run) {
  const auto configuration = LoadConfiguration(config, absl::Now());
  if (!configuration.ok()) return configuration.status();
  const auto& evidence = configuration->proto.evidence();
  const auto keys =
      LogKeys::Create({.origin = evidence.origin(),
                       .signing_key_pem = configuration->signing_key_pem,
                       .next_signing_key_pem = configuration->next_signing_key_pem,
                       .former = {evidence.former_keys().begin(), evidence.former_keys().end()}});
  if (!keys.ok()) return keys.status();
  // Opening takes the file's lock: a gateway that runs is not disturbed.
  const auto store =
      SqliteRecordStore::Open({.file = configuration->proto.storage().sqlite().file()});
  if (!store.ok()) return store.status();
  const auto odd = PlanRepair(**store, **keys);
  if (!odd.ok()) {
    std::cout << "cannot be repaired: only a copy can put this right "
                 "(docs/operating/running.md, when the log is damaged)\n";
    return odd.status();
  }
  for (const auto& [level, index] : *odd) {
    std::cout << "tile " << index << " of level " << level
              << (dry_run ? " would be made anew\n" : " is made anew\n");
  }
  if (odd->empty()) std::cout << "nothing to repair: entries, tiles and checkpoint agree\n";
  if (odd->empty() || dry_run) return kExitOk;
  if (auto repaired = RepairTiles(**store); !repaired.ok()) return repaired;
  return kExitOk;
}

}  // namespace

void AddLogRepair(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand(
      "repair", "Put right what follows from the signed entries, with the gateway stopped");
  auto config = std::make_shared<std::string>();
  auto dry_run = std::make_shared<bool>(false);
  command->add_option("--config", *config, "Gateway configuration, YAML")->required();
  command->add_flag("--dry-run", *dry_run, "Say what would be done, and change nothing");
  command->callback([=] { session->RunHere([&] { return RepairLog(*config, *dry_run); }); });
}

}  // namespace tracegate
