#include "gateway/cli/liaison_commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/cross_check_input.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/json.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/show_hit.h"
#include "gateway/cli/subscription_commands.h"
#include "gateway/cli/typed_purpose.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

std::string Method(const char* name) { return std::string("/tracegate.v1.LiaisonService/") + name; }

void AddCheck(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand(
      "check", "Ask many States whether they know a weapon: hit or no hit, and whom to ask");
  auto typed = std::make_shared<TypedCrossCheck>();
  auto wait_s = std::make_shared<int>(30);
  typed->AddTo(command);
  command->add_option("--wait", *wait_s, "Seconds to wait for the States' words")
      ->check(CLI::Range(1, 60));
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      const auto request = CrossCheckOf(*typed);
      if (!request.ok()) return request.status();
      std::vector<v1::CrossCheckResponse> words;
      bool proven = true;
      const auto status = connection.client->StreamRaw(
          Method("CrossCheck"), request->SerializeAsString(), absl::Seconds(*wait_s),
          [&](const std::string& bytes) {
            v1::CrossCheckResponse word;
            if (!word.ParseFromString(bytes)) return false;
            std::cout << (session->json ? JsonOf(word) + "\n" : ShowWord(word)) << std::flush;
            words.push_back(std::move(word));
            proven = ReceiptHolds(bytes, connection);
            return proven;
          });
      if (!proven) return kExitNoProof;
      if (!status.ok()) return status;
      if (!session->json) std::cout << ShowSummary(words);
      return kExitOk;
    });
  });
}

// Tells what comes until the stream ends; the cursor goes along. Whether something came.
absl::StatusOr<bool> WatchOnce(const Connection& connection, bool json,
                               v1::WatchHitsRequest* request, bool* proven) {
  bool came = false;
  const auto status = connection.client->StreamRaw(
      Method("WatchHits"), request->SerializeAsString(), absl::InfiniteDuration(),
      [&](const std::string& bytes) {
        v1::WatchHitsResponse event;
        if (!event.ParseFromString(bytes)) return false;
        *proven = ReceiptHolds(bytes, connection);
        if (!*proven) return false;
        std::cout << (json ? JsonOf(event) + "\n"
                           : ShowNotice(event.hit()) + "    --cursor " + event.cursor() + "\n")
                  << std::flush;
        request->set_cursor(event.cursor());
        came = true;
        return true;
      });
  if (!status.ok()) return status;
  return came;
}

void AddWatch(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand(
      "watch",
      "Hits on your State's records and of your own checks and subscriptions, as they happen");
  auto request = std::make_shared<v1::WatchHitsRequest>();
  auto subscriptions = std::make_shared<std::vector<std::string>>();
  command->add_option("--cursor", *request->mutable_cursor(), "Only what came behind this hit");
  command->add_option("--subscription", *subscriptions, "Only what answers these subscriptions");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      request->mutable_subscription_ids()->Assign(subscriptions->begin(), subscriptions->end());
      bool proven = true;
      while (true) {
        // The gateway ends a stream where more is waiting than a slow reader can be kept: then ask on. With nothing
        // left it ends because the gateway stops.
        const auto came = WatchOnce(connection, session->json, request.get(), &proven);
        if (!proven) return kExitNoProof;
        if (!came.ok()) return came.status();
        if (!*came) return kExitUnreachable;
      }
    });
  });
}

void AddLinks(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand(
      "links", "Other traces that hang together with one: same weapon, near serials, same dealer");
  auto request = std::make_shared<v1::FindLinksRequest>();
  auto kinds = std::make_shared<std::vector<std::string>>();
  auto use = std::make_shared<std::string>();
  auto distance = std::make_shared<int>(0);
  auto page_size = std::make_shared<int>(0);
  command->add_option("TRACE", *request->mutable_trace_id(), "Trace id")->required();
  command->add_option("--kind", *kinds,
                      "e.g. same_item, same_consignee, neighbouring_serial; else all");
  command->add_option("--serial-distance", *distance, "How far apart serials may be, 1 to 1000");
  command->add_option("--use", *use, "What the links are for, e.g. criminal_investigation")
      ->required();
  command->add_option("--justification", *request->mutable_justification(), "Why it is asked")
      ->required();
  command->add_option("--page-size", *page_size, "Links a page, 1 to 200");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      for (const std::string& word : *kinds) {
        const auto kind = EnumNumber("--kind", word, *v1::LinkKind_descriptor());
        if (!kind.ok()) return kind.status();
        request->add_kinds(static_cast<v1::LinkKind>(*kind));
      }
      const auto intended = IntendedUseOf(*use);
      if (!intended.ok()) return intended.status();
      request->set_intended_use(*intended);
      request->set_serial_distance_max(*distance);
      request->set_page_size(*page_size);
      const auto found = connection.client->Call<v1::FindLinksResponse>(
          Method("FindLinks"), *request, absl::Seconds(30));
      if (!found.ok()) return found.status();
      std::cout << (session->json ? JsonOf(*found) + "\n" : ShowLinks(*found));
      return kExitOk;
    });
  });
}

}  // namespace

void AddLiaisonCommands(CLI::App* app, Session* session) {
  auto* liaison = app->add_subcommand("liaison", "Between investigators: who knows this weapon");
  liaison->require_subcommand(1);
  AddCheck(liaison, session);
  AddWatch(liaison, session);
  AddSubscriptionCommands(liaison, session);
  AddLinks(liaison, session);
}

}  // namespace tracegate
