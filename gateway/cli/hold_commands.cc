#include <iostream>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "gateway/cli/json.h"
#include "gateway/cli/retention_commands.h"
#include "gateway/cli/table.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);
constexpr char kSetLegalHold[] = "/tracegate.v1.EvidenceService/SetLegalHold";
constexpr char kListLegalHolds[] = "/tracegate.v1.EvidenceService/ListLegalHolds";

std::string ShowHold(const v1::LegalHold& hold) {
  return "hold " + hold.hold_id() + (hold.lifted() ? " is lifted from " : " stands on ") +
         (hold.trace_id().empty() ? "all its traces" : "trace " + hold.trace_id()) + "\n";
}

std::string ShowHolds(const v1::ListLegalHoldsResponse& list) {
  Table table({"HOLD", "TRACE", "GROUND"});
  for (const auto& hold : list.holds()) {
    table.Add({hold.hold_id(), hold.trace_id(), hold.ground()});
  }
  std::string out = table.empty() ? "no holds stand\n" : table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

void Change(Session* session, const v1::LegalHold& hold) {
  session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
    v1::SetLegalHoldRequest request;
    *request.mutable_hold() = hold;
    const auto changed = connection.client->Call<v1::LegalHold>(kSetLegalHold, request, kWait);
    if (!changed.ok()) return changed.status();
    std::cout << (session->json ? JsonOf(*changed) + "\n" : ShowHold(*changed));
    return kExitOk;
  });
}

void AddSet(CLI::App* parent, Session* session) {
  auto* command = parent->add_subcommand("set", "Keep a trace's contents, whatever the rules say");
  auto hold = std::make_shared<v1::LegalHold>();
  command->add_option("TRACE", *hold->mutable_trace_id(), "Which trace")->required();
  command->add_option("--id", *hold->mutable_hold_id(), "Of the case")->required();
  command->add_option("--ground", *hold->mutable_ground(), "Court order, case number")->required();
  command->callback([=] { Change(session, *hold); });
}

void AddLift(CLI::App* parent, Session* session) {
  auto* command = parent->add_subcommand("lift", "Let a hold go, from all its traces or from one");
  auto hold = std::make_shared<v1::LegalHold>();
  hold->set_lifted(true);
  command->add_option("--id", *hold->mutable_hold_id(), "Of the case")->required();
  command->add_option("--trace", *hold->mutable_trace_id(), "Only from this trace");
  command->add_option("--ground", *hold->mutable_ground(), "Why it is lifted");
  command->callback([=] { Change(session, *hold); });
}

void AddList(CLI::App* parent, Session* session) {
  auto* command = parent->add_subcommand("list", "List the holds of your State that stand");
  auto request = std::make_shared<v1::ListLegalHoldsRequest>();
  auto page_size = std::make_shared<int>(0);
  command->add_option("--page-size", *page_size, "Holds a page, 1 to 500");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      request->set_page_size(*page_size);
      const auto list =
          connection.client->Call<v1::ListLegalHoldsResponse>(kListLegalHolds, *request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowHolds(*list));
      return kExitOk;
    });
  });
}

}  // namespace

void AddHoldCommands(CLI::App* app, Session* session) {
  auto* hold = app->add_subcommand("hold", "Legal holds: contents that must not be erased");
  hold->require_subcommand(1);
  hold->fallthrough();
  AddSet(hold, session);
  AddLift(hold, session);
  AddList(hold, session);
}

}  // namespace tracegate
