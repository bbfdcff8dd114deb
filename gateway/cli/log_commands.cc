#include "gateway/cli/log_commands.h"

#include <iostream>
#include <memory>

#include "absl/time/time.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/json.h"
#include "gateway/cli/log_export_command.h"
#include "gateway/cli/log_key_command.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/show_entry.h"
#include "gateway/cli/table.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

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

}  // namespace

void AddLogCommands(CLI::App* app, Session* session) {
  auto* log = app->add_subcommand("log", "Read the evidence log, and verify it");
  log->require_subcommand(1);
  // So that --json may stand behind the command as well. Set before, it is what the commands inherit.
  log->fallthrough();
  AddList(log, session);
  AddShow(log, session);
  AddCheckpoint(log, session);
  AddLogExport(log, session);
  AddLogKey(log, session);
  AddLogVerify(log, session);
}

}  // namespace tracegate
