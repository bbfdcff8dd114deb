#include "gateway/cli/retention_commands.h"

#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/forecast_report.h"
#include "gateway/cli/typed_time.h"
#include "gateway/daemon/config_defaults.h"

namespace tracegate {
namespace {

struct Typed {
  std::string config;
  std::string at;
};

absl::StatusOr<ExitCode> Plan(const Typed& typed, bool json) {
  config::v1::GatewayConfig config;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(typed.config, &config, &places); !status.ok()) return status;
  const auto at =
      typed.at.empty() ? absl::StatusOr<absl::Time>(absl::Now()) : ParseTypedTime("--at", typed.at);
  if (!at.ok()) return at.status();
  const auto log = RetainedLogIn(config.storage().sqlite().file());
  if (!log.ok()) return log.status();
  const auto forecast = ForecastRetention(**log, RetentionPlan(config.retention()), *at);
  if (!forecast.ok()) return forecast.status();
  std::cout << (json ? OneLine(ForecastReport(*forecast, *at)) : ForecastText(*forecast, *at));
  return kExitOk;
}

}  // namespace

void AddRetentionCommands(CLI::App* app, Session* session) {
  auto* retention = app->add_subcommand("retention", "See what retention would erase");
  retention->require_subcommand(1);
  retention->fallthrough();
  auto* command = retention->add_subcommand(
      "plan", "Say what a configuration's rules would erase from its log; nothing is changed");
  auto typed = std::make_shared<Typed>();
  command->add_option("--config", typed->config, "Gateway configuration, YAML")->required();
  command->add_option("--at", typed->at, "The instant to judge at, RFC 3339; else now");
  command->callback([=] { session->RunHere([&] { return Plan(*typed, session->json); }); });
}

}  // namespace tracegate
