#include "gateway/cli/subscription_commands.h"

#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/json.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_hit.h"
#include "gateway/cli/subscription_input.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

absl::StatusOr<ExitCode> Send(const v1::SubscribeRequest& request, const Connection& connection,
                              bool json) {
  const auto reply = connection.client->CallRaw("/tracegate.v1.LiaisonService/Subscribe",
                                                request.SerializeAsString(), absl::Seconds(30));
  if (!reply.ok()) {
    std::cerr << "request id: " << request.request_id() << "\n";
    return reply.status();
  }
  v1::Subscription subscription;
  if (!subscription.ParseFromString(*reply)) {
    return absl::InternalError("the reply cannot be read");
  }
  std::cout << (json ? JsonOf(subscription) + "\n" : ShowSubscription(subscription));
  return ReceiptHolds(*reply, connection) ? kExitOk : kExitNoProof;
}

void AddSubscribe(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand(
      "subscribe", "Be told of later hits on a weapon, and of others who ask about it");
  auto typed = std::make_shared<TypedSubscription>();
  typed->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      const auto request = SubscribeRequestOf(*typed);
      if (!request.ok()) return request.status();
      return Send(*request, connection, session->json);
    });
  });
}

void AddRenew(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand("renew", "Move the end of a subscription");
  auto id = std::make_shared<std::string>();
  auto typed = std::make_shared<TypedSubscription>();
  command->add_option("SUBSCRIPTION", *id, "Subscription id")->required();
  command->add_option("--until", typed->until, "How long from now on; a year at most")->required();
  command->add_option("--request-id", typed->request_id, "Id of this request");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      auto request = SubscribeRequestOf(*typed);
      if (!request.ok()) return request.status();
      request->set_subscription_id(*id);
      return Send(*request, connection, session->json);
    });
  });
}

void AddUnsubscribe(CLI::App* liaison, Session* session) {
  auto* command = liaison->add_subcommand("unsubscribe", "End a subscription now");
  auto request = std::make_shared<v1::SubscribeRequest>();
  command->add_option("SUBSCRIPTION", *request->mutable_subscription_id(), "Subscription id")
      ->required();
  command->add_option("--request-id", *request->mutable_request_id(), "Id of this request");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (request->request_id().empty()) request->set_request_id(MakeRequestId());
      // The gateway's clock may be behind; the beginning of time is over at any.
      request->mutable_expire_time()->set_seconds(0);
      return Send(*request, connection, session->json);
    });
  });
}

}  // namespace

void AddSubscriptionCommands(CLI::App* liaison, Session* session) {
  AddSubscribe(liaison, session);
  AddRenew(liaison, session);
  AddUnsubscribe(liaison, session);
}

}  // namespace tracegate
