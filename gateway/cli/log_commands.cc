#include "gateway/cli/log_commands.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/time/time.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/json.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/show_entry.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);
constexpr absl::Duration kExportWait = absl::Minutes(5);

std::string Method(const char* name) {
  return std::string("/tracegate.v1.EvidenceService/") + name;
}

// The last part of "/tracegate.v1.TraceService/CreateTrace".
std::string ShortMethod(const std::string& method) { return method.substr(method.rfind('/') + 1); }

std::string ShortActor(const std::string& spiffe_id) {
  constexpr std::string_view kScheme = "spiffe://";
  return spiffe_id.starts_with(kScheme) ? spiffe_id.substr(kScheme.size()) : spiffe_id;
}

std::string ShowEntries(const v1::ListEntriesResponse& list) {
  Table table({"ENTRY", "TIME (UTC)", "WHAT", "WHO", "TO", "TRACE", "BYTES"});
  for (const auto& entry : list.entries()) {
    const auto& header = entry.parsed_header();
    std::string what = Words(v1::EntryKind_Name(header.kind()), "ENTRY_KIND_");
    if (!header.method().empty()) what += " " + ShortMethod(header.method());
    if (!header.reason().empty()) what += " " + header.reason();
    table.Add({std::to_string(entry.index()),
               absl::FormatTime("%Y-%m-%d %H:%M:%E3S",
                                absl::FromUnixMicros(header.record_time_us()), absl::UTCTimeZone()),
               what, header.actor().empty() ? "(nobody identified)" : ShortActor(header.actor()),
               header.to_state(), header.trace_id(), std::to_string(header.content_bytes())});
  }
  std::string out = table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

void AddList(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand("list", "List what the gateway recorded, oldest first");
  auto page_size = std::make_shared<int>(0);
  auto token = std::make_shared<std::string>();
  auto trace = std::make_shared<std::string>();
  auto kinds = std::make_shared<std::vector<std::string>>();
  auto newest = std::make_shared<bool>(false);
  command->add_option("--page-size", *page_size, "Entries a page, 1 to 500");
  command->add_option("--page-token", *token, "Continue a list");
  command->add_option("--trace", *trace, "Only entries of this trace");
  command->add_option("--kind", *kinds, "Only these kinds, e.g. call_refused");
  command->add_flag("--newest", *newest, "Newest first");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::ListEntriesRequest request;
      request.set_page_size(*page_size);
      request.set_page_token(*token);
      request.set_trace_id(*trace);
      request.set_newest_first(*newest);
      for (const std::string& kind : *kinds) {
        auto number = EnumNumber("--kind", kind, *v1::EntryKind_descriptor());
        if (!number.ok()) return number.status();
        request.add_kinds(static_cast<v1::EntryKind>(*number));
      }
      auto response =
          connection.client->Call<v1::ListEntriesResponse>(Method("ListEntries"), request, kWait);
      if (!response.ok()) return response.status();
      std::cout << (session->json ? JsonOf(*response) + "\n" : ShowEntries(*response));
      return kExitOk;
    });
  });
}

void AddShow(CLI::App* log, Session* session) {
  auto* command =
      log->add_subcommand("show", "Show one entry, and its content where you may see it");
  auto index = std::make_shared<int64_t>(0);
  command->add_option("index", *index, "Which entry, from 0")->required();
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::GetEntryRequest request;
      request.set_index(*index);
      auto entry = connection.client->Call<v1::Entry>(Method("GetEntry"), request, kWait);
      if (!entry.ok()) return entry.status();
      std::cout << (session->json ? JsonOf(*entry) + "\n" : ShowEntry(*entry));
      return kExitOk;
    });
  });
}

void AddCheckpoint(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand("checkpoint", "Show the newest signed checkpoint");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      auto checkpoint = connection.client->Call<v1::Checkpoint>(Method("GetCheckpoint"),
                                                                v1::GetCheckpointRequest(), kWait);
      if (!checkpoint.ok()) return checkpoint.status();
      std::cout << (session->json ? JsonOf(*checkpoint) + "\n" : checkpoint->note());
      return kExitOk;
    });
  });
}

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
    const absl::Status streamed =
        connection.client->StreamRaw(Method("ExportLog"), request.SerializeAsString(), kExportWait,
                                     [&](const std::string& bytes) {
                                       v1::ExportLogResponse file;
                                       if (!file.ParseFromString(bytes))
                                         written = absl::InternalError("a file cannot be read");
                                       if (written.ok()) written = WriteFileBelow(folder, file);
                                       if (file.path().starts_with("tile/entries/"))
                                         entries += EntriesIn(file.data());
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

void AddExport(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand(
      "export", "Write the log as files that other tools read and check (C2SP tlog-tiles)");
  auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "Where to; must be empty or not exist yet")->required();
  command->callback([=] {
    session->Run([&](Connection& connection) { return ExportLog(connection, *folder); });
  });
}

}  // namespace

void AddLogCommands(CLI::App* app, Session* session) {
  auto* log = app->add_subcommand("log", "Read the evidence log");
  log->require_subcommand(1);
  AddList(log, session);
  AddShow(log, session);
  AddCheckpoint(log, session);
  AddExport(log, session);
}

}  // namespace tracegate
