#include "gateway/cli/alert_commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/enum_word.h"
#include "gateway/cli/recorded_reply.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_alert.h"
#include "gateway/cli/typed_transfer.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

void AddRaise(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "alert", "Tell States that may be affected of a diversion (ATT 11(4))");
  auto request = std::make_shared<v1::RaiseDiversionAlertRequest>();
  auto id = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  auto states = std::make_shared<std::vector<std::string>>();
  command->add_option("--file", *file, "RaiseDiversionAlertRequest, YAML or JSON")->required();
  command->add_option("--to", *states, "States to tell; else all that the transfer names");
  command->add_option("--request-id", *id,
                      "Id of this request: the same id says the same thing again");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto read = ReadRequest(*file, request.get()); !read.ok()) return read;
      if (!id->empty()) request->set_request_id(*id);
      if (!states->empty()) request->mutable_to_states()->Assign(states->begin(), states->end());
      return CallOnceAndShow<v1::DiversionAlert>("RaiseDiversionAlert", request.get(), kWait,
                                                 connection, session->json, ShowAlert);
    });
  });
}

void AddAlerts(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "alerts", "Alerts that your State raised or was told of, newest first");
  auto request = std::make_shared<v1::ListAlertsRequest>();
  auto states = std::make_shared<std::vector<std::string>>();
  auto categories = std::make_shared<std::vector<std::string>>();
  auto open = std::make_shared<bool>(false);
  auto page_size = std::make_shared<int>(0);
  command->add_option("--alert", *request->mutable_alert_id(), "Only that one, by its id");
  command->add_option("--state", *states, "Only alerts that name one of these States");
  command->add_option("--category", *categories, "e.g. small_arms_and_light_weapons");
  command->add_flag("--open", *open, "Only those that the raising State has not closed");
  command->add_option("--page-size", *page_size, "Alerts a page, 1 to 200");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto added = AddCategories(*categories, request->mutable_categories()); !added.ok()) {
        return added;
      }
      request->mutable_states()->Assign(states->begin(), states->end());
      request->set_open_only(*open);
      request->set_page_size(*page_size);
      const auto list = connection.client->Call<v1::ListAlertsResponse>(
          TransferMethod("ListAlerts"), *request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowAlerts(*list));
      return kExitOk;
    });
  });
}

void AddFollowUp(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand("follow-up", "Say what came of an alert");
  auto request = std::make_shared<v1::FollowUpAlertRequest>();
  auto measures = std::make_shared<std::vector<std::string>>();
  auto concluded = std::make_shared<bool>(false);
  v1::AlertFollowUp& word = *request->mutable_follow_up();
  command->add_option("ALERT", *request->mutable_alert_id(), "Alert id")->required();
  command->add_option("--text", *word.mutable_text(), "What was done or found")->required();
  command->add_option("--measure", *measures,
                      "A measure taken, e.g. shipment_held or investigation; repeatable");
  command->add_flag("--concluded", *concluded,
                    "Nothing more will come of it; of the State that raised it, it is closed");
  command->add_option("--request-id", *request->mutable_request_id(),
                      "Id of this request: the same id says the same thing again");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::AlertFollowUp& typed = *request->mutable_follow_up();
      for (const std::string& measure : *measures) {
        const auto number = EnumNumber("--measure", measure, *v1::DiversionMeasure_descriptor());
        if (!number.ok()) return number.status();
        typed.add_measures(static_cast<v1::DiversionMeasure>(*number));
      }
      typed.set_concluded(*concluded);
      return CallOnceAndShow<v1::DiversionAlert>("FollowUpAlert", request.get(), kWait, connection,
                                                 session->json, ShowAlert);
    });
  });
}

}  // namespace

void AddAlertCommands(CLI::App* transfer, Session* session) {
  AddRaise(transfer, session);
  AddAlerts(transfer, session);
  AddFollowUp(transfer, session);
}

}  // namespace tracegate
