#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/log_verdict.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/verifier_keys.h"
#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Typed {
  std::string database;
  std::string folder;
  std::vector<std::string> keys;
  std::vector<std::string> kept;  // files
};

absl::StatusOr<std::unique_ptr<audit::LogSource>> OpenSource(const Typed& typed) {
  if (typed.database.empty() == typed.folder.empty()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "--database",
                        "say which log: --database FILE or --export DIR, not both");
  }
  if (!typed.folder.empty()) return audit::ExportFolder::Open(typed.folder);
  return audit::DatabaseLog::Open(typed.database);
}

absl::StatusOr<std::vector<audit::SignedCheckpoint>> OpenKept(
    const Typed& typed, const std::vector<audit::VerifierKey>& keys) {
  std::vector<audit::SignedCheckpoint> kept;
  for (const std::string& file : typed.kept) {
    const auto note = ReadLocalFile(file);
    if (!note.ok()) return note.status();
    auto checkpoint = audit::OpenCheckpoint(*note, keys);
    if (!checkpoint.ok()) {
      return FieldFailure(v1::REASON_CONFIG_INVALID, "--kept",
                          file + " does not verify: " + std::string(checkpoint.status().message()));
    }
    kept.push_back(*std::move(checkpoint));
  }
  return kept;
}

absl::StatusOr<ExitCode> Verify(const Typed& typed, bool json) {
  const auto keys = TypedVerifierKeys(typed.keys);
  if (!keys.ok()) return keys.status();
  auto kept = OpenKept(typed, *keys);
  if (!kept.ok()) return kept.status();
  const auto source = OpenSource(typed);
  if (source.status().code() == absl::StatusCode::kDataLoss) {
    ReportFailure(source.status(), json);
    return kExitNoProof;
  }
  if (!source.ok()) return source.status();
  const absl::Time start = absl::Now();
  const auto report = audit::AuditLog(**source, *keys, *std::move(kept));
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
  command->add_option("--kept", typed->kept,
                      "Checkpoints kept from earlier, files: the log must still have them");
  command->callback([=] { session->RunHere([&] { return Verify(*typed, session->json); }); });
}

}  // namespace tracegate
