// tracegate: what people type to ask their State's gateway.

#include <CLI/CLI.hpp>
#include <iostream>

#include "absl/time/clock.h"
#include "adapters/marking/table_directory.h"
#include "gateway/cli/adapter_commands.h"
#include "gateway/cli/certs_commands.h"
#include "gateway/cli/desk_commands.h"
#include "gateway/cli/directory_commands.h"
#include "gateway/cli/liaison_commands.h"
#include "gateway/cli/log_commands.h"
#include "gateway/cli/mapping_commands.h"
#include "gateway/cli/marks_commands.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/policy_commands.h"
#include "gateway/cli/report_commands.h"
#include "gateway/cli/retention_commands.h"
#include "gateway/cli/session.h"
#include "gateway/cli/trace_commands.h"
#include "gateway/cli/transfer_commands.h"
#include "gateway/daemon/configuration.h"
#include "gateway/daemon/retention_check.h"
#include "gateway/identity/tls_floor.h"

namespace {

void AddConfigCommands(CLI::App* app, tracegate::Session* session) {
  auto* config = app->add_subcommand("config", "Look at a gateway's configuration");
  config->require_subcommand(1);
  auto* check = config->add_subcommand("check", "Say what is wrong with a configuration file");
  auto file = std::make_shared<std::string>();
  check->add_option("FILE", *file, "Gateway configuration, YAML")->required();
  check->callback([=] {
    const auto loaded = tracegate::LoadConfiguration(*file, absl::Now());
    if (!loaded.ok()) {
      session->exit = tracegate::ReportFailure(loaded.status(), session->json);
      return;
    }
    if (const auto kept = tracegate::CheckRetentionKept(*loaded); !kept.ok()) {
      session->exit = tracegate::ReportFailure(kept, session->json);
      return;
    }
    std::cout << *file << ": sound; speaks as " << loaded->gateway_id << ", "
              << loaded->registries->registries().size() << " registries, "
              << loaded->proto.agreements_size() << " agreements\n";
  });
}

// Before any command reads marks.
void UseTables(const std::string& directory) {
  const auto loaded = tracegate::LoadTables(directory);
  if (!loaded.ok()) throw CLI::ValidationError("--tables", std::string(loaded.message()));
}

}  // namespace

int main(int argc, char** argv) {
  tracegate::Session session;
  CLI::App app("Tracegate: ask where a weapon came from, across borders.");
  app.require_subcommand(1);
  app.add_option("--profile", session.profile, "Which gateway, and as whom: a YAML file")
      ->envname("TRACEGATE_PROFILE");
  app.add_flag("--json", session.json, "Replies as JSON, one line each");
  app.add_option_function<std::string>(
         "--tables", [](const std::string& directory) { UseTables(directory); },
         "Folder with rows of one's own for the tables by which marks are read")
      ->envname("TRACEGATE_TABLES");
  app.footer(
      "Exit codes: 0 done; 1 refused, the reason is printed; 2 wrong arguments, profile, request "
      "or\n"
      "configuration; 3 no gateway answered; 4 the trace is recorded and goes on; 5 the marks "
      "would make the\n"
      "trace fail; 6 a receipt, log, checkpoint or proof does not verify; 7 a certificate or CRL "
      "ends soon;\n"
      "8 one has ended.");
  tracegate::AddTraceCommands(&app, &session);
  tracegate::AddDeskCommands(&app, &session);
  tracegate::AddDirectoryCommands(&app, &session);
  tracegate::AddLiaisonCommands(&app, &session);
  tracegate::AddTransferCommands(&app, &session);
  tracegate::AddReportCommands(&app, &session);
  tracegate::AddLogCommands(&app, &session);
  tracegate::AddReceiptCommands(&app, &session);
  tracegate::AddCheckpointCommands(&app, &session);
  tracegate::AddProofCommands(&app, &session);
  tracegate::AddMarksCommands(&app, &session);
  AddConfigCommands(&app, &session);
  tracegate::AddMappingCommands(&app, &session);
  tracegate::AddAdapterCommands(&app, &session);
  tracegate::AddCertsCommands(&app, &session);
  tracegate::AddPolicyCommands(&app, &session);
  tracegate::AddRetentionCommands(&app, &session);
  tracegate::AddHoldCommands(&app, &session);
  if (const auto status = tracegate::RequireTls13(); !status.ok()) {
    return tracegate::ReportFailure(status, false);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? tracegate::kExitOk : tracegate::kExitUsage;
  }
  return session.exit;
}
