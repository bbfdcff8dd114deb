#include "gateway/cli/directory_commands.h"

#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/json.h"
#include "gateway/cli/show_state.h"
#include "tracegate/v1/directory.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

std::string Method(const char* name) {
  return std::string("/tracegate.v1.DirectoryService/") + name;
}

void AddList(CLI::App* directory, Session* session) {
  auto* command = directory->add_subcommand("list", "The States known to your gateway");
  auto request = std::make_shared<v1::ListStatesRequest>();
  auto page_size = std::make_shared<int>(0);
  auto served = std::make_shared<bool>(false);
  command->add_option("--page-size", *page_size, "States a page, 1 to 200");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  command->add_option("--service", *request->mutable_service(),
                      "Only States that answer it, e.g. tracegate.v1.TraceService");
  command->add_flag("--served", *served, "Only States that can be asked here");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      request->set_page_size(*page_size);
      request->set_served_only(*served);
      auto list =
          connection.client->Call<v1::ListStatesResponse>(Method("ListStates"), *request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowStates(*list));
      return kExitOk;
    });
  });
}

void AddShow(CLI::App* directory, Session* session) {
  auto* command = directory->add_subcommand(
      "show", "One State: contacts, marks, agreements, whether it answers just now");
  auto request = std::make_shared<v1::GetStateRequest>();
  command
      ->add_option("STATE", *request->mutable_code(),
                   "ISO 3166-1 alpha-2, or alpha-4 of a former State: DE, DDDE")
      ->required();
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      auto state = connection.client->Call<v1::State>(Method("GetState"), *request, kWait);
      if (!state.ok()) return state.status();
      std::cout << (session->json ? JsonOf(*state) + "\n" : ShowState(*state));
      return kExitOk;
    });
  });
}

}  // namespace

void AddDirectoryCommands(CLI::App* app, Session* session) {
  auto* directory = app->add_subcommand("directory", "Whom one can ask, and how to reach them");
  directory->require_subcommand(1);
  AddList(directory, session);
  AddShow(directory, session);
}

}  // namespace tracegate
