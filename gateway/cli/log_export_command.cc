#include "gateway/cli/log_export_command.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/time/time.h"
#include "gateway/cli/local_file.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr char kExportLog[] = "/tracegate.v1.EvidenceService/ExportLog";
constexpr absl::Duration kExportWait = absl::Minutes(5);

// Entries in the bundles that one call gave.
int64_t EntriesIn(const std::string& headers) {
  int64_t entries = 0;
  for (size_t at = 0; at + 2 <= headers.size(); ++entries) {
    at += 2 + (static_cast<uint8_t>(headers[at]) << 8 | static_cast<uint8_t>(headers[at + 1]));
  }
  return entries;
}

absl::Status WriteFileBelow(const std::filesystem::path& folder,
                            const v1::ExportLogResponse& file) {
  const std::filesystem::path path = std::filesystem::path(file.path()).lexically_normal();
  if (path.is_absolute() || path.empty() || *path.begin() == "..") {
    return FieldFailure(v1::REASON_FIELD_INVALID, "path", "leads out of the folder");
  }
  std::error_code error;
  std::filesystem::create_directories((folder / path).parent_path(), error);
  return WriteNewFile((folder / path).string(), file.data(), 0600);
}

absl::StatusOr<ExitCode> ExportLog(Connection& connection, const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "DIR", folder.string() + " is not empty");
  }
  int64_t entries = 0;
  for (bool is_complete = false; !is_complete;) {
    v1::ExportLogRequest request;
    request.set_from_index(entries);
    absl::Status written;
    const int64_t before = entries;
    const absl::Status streamed = connection.client->StreamRaw(
        kExportLog, request.SerializeAsString(), kExportWait, [&](const std::string& bytes) {
          v1::ExportLogResponse file;
          if (!file.ParseFromString(bytes)) written = absl::InternalError("a file cannot be read");
          if (written.ok()) written = WriteFileBelow(folder, file);
          if (file.path().starts_with("tile/entries/")) entries += EntriesIn(file.data());
          is_complete = is_complete || file.path() == "checkpoint";
          return written.ok();
        });
    if (!written.ok()) return written;
    if (!streamed.ok()) return streamed;
    if (!is_complete && entries == before) return absl::InternalError("the export does not go on");
  }
  std::cout << folder.string() << ": " << entries << " entries; the newest checkpoint is in "
            << (folder / "checkpoint").string() << "\n";
  return kExitOk;
}

}  // namespace

void AddLogExport(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand(
      "export", "Write the log as files that other tools read and check (C2SP tlog-tiles)");
  auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "Where to; must be empty or not exist yet")->required();
  command->callback([=] {
    session->Run([&](Connection& connection) { return ExportLog(connection, *folder); });
  });
}

}  // namespace tracegate
