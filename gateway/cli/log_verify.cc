#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/log_verdict.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/verifier_keys.h"
#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Typed {
  std::string database;
  std::string folder;
  std::vector<std::string> keys;
};

absl::StatusOr<std::unique_ptr<audit::LogSource>> OpenSource(const Typed& typed) {
  if (typed.database.empty() == typed.folder.empty()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "--database",
                        "say which log: --database FILE or --export DIR, not both");
  }
  if (!typed.folder.empty()) return audit::ExportFolder::Open(typed.folder);
  return audit::DatabaseLog::Open(typed.database);
}

absl::StatusOr<ExitCode> Verify(const Typed& typed, bool json) {
  const auto keys = TypedVerifierKeys(typed.keys);
  if (!keys.ok()) return keys.status();
  const auto source = OpenSource(typed);
  if (!source.ok()) return source.status();
  const absl::Time start = absl::Now();
  const auto report = audit::AuditLog(**source, *keys);
  if (!report.ok()) return report.status();
  const absl::Duration took = absl::Now() - start;
  std::cout << (json ? OneLine(LogVerdict(*report, took)) : LogVerdictText(*report, took));
  return report->wrong ? kExitNoProof : kExitOk;
}

}  // namespace

void AddLogVerify(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand(
      "verify", "Check a whole log against its public key, and name the first thing wrong");
  auto typed = std::make_shared<Typed>();
  command->add_option("--database", typed->database, "A record store's file, or a copy of it");
  command->add_option("--export", typed->folder, "Folder of an exported log");
  command->add_option("--key", typed->keys, "C2SP verifier key of the log; may be repeated")
      ->required();
  command->callback([=] { session->RunHere([&] { return Verify(*typed, session->json); }); });
}

}  // namespace tracegate
