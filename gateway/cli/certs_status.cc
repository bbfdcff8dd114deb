#include <iostream>
#include <memory>
#include <sstream>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/certs_commands.h"
#include "gateway/cli/table.h"
#include "gateway/cli/typed_time.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/daemon/expiry_list.h"

namespace tracegate {
namespace {

std::string DaysLeft(const Expiry& expiry) {
  return expiry.until ? std::to_string(expiry.days_left) : "";
}

std::string Text(const std::vector<Expiry>& expiries) {
  Table table({"KEY", "NAME", "UNTIL", "DAYS", "STANDING", "NOTE"});
  for (const Expiry& expiry : expiries) {
    table.Add({expiry.key, expiry.name, expiry.until ? TimeText(*expiry.until) : "",
               DaysLeft(expiry), std::string(ExpiryStandingName(expiry.standing)), expiry.note});
  }
  return table.Text();
}

std::string Lines(const std::vector<Expiry>& expiries) {
  std::string lines;
  for (const Expiry& expiry : expiries) {
    nlohmann::json json = {{"key", expiry.key},
                           {"file", expiry.file},
                           {"name", expiry.name},
                           {"standing", ExpiryStandingName(expiry.standing)},
                           {"note", expiry.note}};
    if (expiry.until) json["until"] = TimeText(*expiry.until);
    if (expiry.until) json["days_left"] = expiry.days_left;
    lines += OneLine(json);
  }
  return lines;
}

ExitCode WorstOf(const std::vector<Expiry>& expiries) {
  ExitCode worst = kExitOk;
  for (const Expiry& expiry : expiries) {
    if (expiry.standing == ExpiryStanding::kEnded || expiry.standing == ExpiryStanding::kUnreadable)
      return kExitEnded;
    if (expiry.standing == ExpiryStanding::kEndsSoon) worst = kExitEndsSoon;
  }
  return worst;
}

absl::StatusOr<ExitCode> Status(const std::string& file, const std::string& typed_at, bool json) {
  config::v1::GatewayConfig config;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(file, &config, &places); !status.ok()) return status;
  auto at = typed_at.empty() ? absl::Now() : ParseTypedTime("--at", typed_at);
  if (!at.ok()) return at.status();
  const auto expiries = ExpiriesOf(config.identity(), *at);
  std::cout << (json ? Lines(expiries) : Text(expiries));
  return WorstOf(expiries);
}

}  // namespace

void AddCertsStatus(CLI::App* certs, Session* session) {
  auto* command = certs->add_subcommand("status", "Show when what a configuration names ends");
  command->fallthrough();
  auto file = std::make_shared<std::string>();
  auto at = std::make_shared<std::string>();
  command->add_option("--config", *file, "Gateway configuration, YAML")->required();
  command->add_option("--at", *at, "As of that instant, RFC 3339; else now");
  command->callback([=] { session->RunHere([&] { return Status(*file, *at, session->json); }); });
}

}  // namespace tracegate
