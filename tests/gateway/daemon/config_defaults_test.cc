#include "gateway/daemon/config_defaults.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using config::v1::GatewayConfig;
using testing::HasSubstr;

GatewayConfig Sound() {
  GatewayConfig config;
  config.add_states("BR");
  config.mutable_server()->set_listen("localhost:0");
  config.mutable_identity()->set_certificate_chain("gateway.pem");
  config.mutable_identity()->set_private_key("gateway.key");
  auto* trust = config.mutable_identity()->add_trust();
  trust->set_state("BR");
  trust->set_trust_domain("br.example");
  trust->set_bundle("BR.pem");
  trust->set_no_revocation(true);
  config.mutable_storage()->mutable_sqlite()->set_file("records.db");
  config.mutable_evidence()->set_origin("br.example/tracegate");
  config.mutable_evidence()->set_signing_key("log.key");
  return config;
}

absl::Status Checked(const std::function<void(GatewayConfig*)>& change) {
  GatewayConfig config = Sound();
  change(&config);
  FillDefaults(&config);
  return CheckConfig(config, YamlPlaces());
}

TEST(ConfigDefaults, AreSound) {
  GatewayConfig config = Sound();
  FillDefaults(&config);
  EXPECT_TRUE(CheckConfig(config, YamlPlaces()).ok());
  EXPECT_EQ(config.limits().calls_per_minute(), 6000);
  EXPECT_EQ(config.limits().calls_per_day(), -1);
  EXPECT_EQ(config.harvest_guard().window().seconds(), 24 * 3600);
  EXPECT_EQ(config.liaison().subscriptions_max(), 1000);
  EXPECT_EQ(config.liaison().ask_every().seconds(), 24 * 3600);
}

TEST(ConfigDefaults, KeepWhatTheFileSays) {
  GatewayConfig config = Sound();
  config.mutable_limits()->set_calls_per_minute(-1);
  config.mutable_harvest_guard()->set_requests_min(7);
  FillDefaults(&config);
  EXPECT_EQ(config.limits().calls_per_minute(), -1);
  EXPECT_EQ(config.harvest_guard().requests_min(), 7);
}

struct Edge {
  std::string key;
  std::function<void(GatewayConfig*)> refused;
  std::function<void(GatewayConfig*)> taken;
};

TEST(CheckConfig, RefusesLimitsOneStepFromSoundAndNamesTheKey) {
  const std::vector<Edge> edges = {
      {"limits.calls_per_minute", [](auto* c) { c->mutable_limits()->set_calls_per_minute(-2); },
       [](auto* c) { c->mutable_limits()->set_calls_per_minute(-1); }},
      {"liaison.subscriptions_max",
       [](auto* c) { c->mutable_liaison()->set_subscriptions_max(-1); },
       [](auto* c) { c->mutable_liaison()->set_subscriptions_max(1); }},
      {"liaison.subscriptions_max",
       [](auto* c) { c->mutable_liaison()->set_subscriptions_max(100'001); },
       [](auto* c) { c->mutable_liaison()->set_subscriptions_max(100'000); }},
      {"liaison.ask_every",
       [](auto* c) { c->mutable_liaison()->mutable_ask_every()->set_seconds(59); },
       [](auto* c) { c->mutable_liaison()->mutable_ask_every()->set_seconds(60); }},
      {"liaison.ask_every",
       [](auto* c) { c->mutable_liaison()->mutable_ask_every()->set_seconds(30 * 86400 + 1); },
       [](auto* c) { c->mutable_liaison()->mutable_ask_every()->set_seconds(30 * 86400); }},
      {"limits.calls_at_once", [](auto* c) { c->mutable_limits()->set_calls_at_once(-2); },
       [](auto* c) { c->mutable_limits()->set_calls_at_once(-1); }},
      {"limits.calls_per_day", [](auto* c) { c->mutable_limits()->set_calls_per_day(-2); },
       [](auto* c) { c->mutable_limits()->set_calls_per_day(1); }},
      {"limits.strangers_per_minute",
       [](auto* c) { c->mutable_limits()->set_strangers_per_minute(-2); },
       [](auto* c) { c->mutable_limits()->set_strangers_per_minute(-1); }},
      {"limits.burst", [](auto* c) { c->mutable_limits()->set_burst(-1); },
       [](auto* c) { c->mutable_limits()->set_burst(1); }},
      {"harvest_guard.window",
       [](auto* c) { c->mutable_harvest_guard()->mutable_window()->set_seconds(59); },
       [](auto* c) { c->mutable_harvest_guard()->mutable_window()->set_seconds(60); }},
      {"harvest_guard.window",
       [](auto* c) { c->mutable_harvest_guard()->mutable_window()->set_seconds(7 * 86400 + 1); },
       [](auto* c) { c->mutable_harvest_guard()->mutable_window()->set_seconds(7 * 86400); }},
      {"harvest_guard.requests_min",
       [](auto* c) { c->mutable_harvest_guard()->set_requests_min(1001); },
       [](auto* c) { c->mutable_harvest_guard()->set_requests_min(1000); }},
      {"harvest_guard.alone_max", [](auto* c) { c->mutable_harvest_guard()->set_alone_max(2049); },
       [](auto* c) { c->mutable_harvest_guard()->set_alone_max(2048); }},
      {"harvest_guard.serial_step_max",
       [](auto* c) { c->mutable_harvest_guard()->set_serial_step_max(-1); },
       [](auto* c) { c->mutable_harvest_guard()->set_serial_step_max(1); }},
      {"harvest_guard.walking_percent",
       [](auto* c) { c->mutable_harvest_guard()->set_walking_percent(101); },
       [](auto* c) { c->mutable_harvest_guard()->set_walking_percent(100); }},
      {"harvest_guard.one_maker_percent",
       [](auto* c) { c->mutable_harvest_guard()->set_one_maker_percent(-1); },
       [](auto* c) { c->mutable_harvest_guard()->set_one_maker_percent(1); }},
      {"harvest_guard.hits_percent_min",
       [](auto* c) { c->mutable_harvest_guard()->set_hits_percent_min(101); },
       [](auto* c) { c->mutable_harvest_guard()->set_hits_percent_min(100); }},
      {"harvest_guard.slowed_max", [](auto* c) { c->mutable_harvest_guard()->set_slowed_max(-1); },
       [](auto* c) { c->mutable_harvest_guard()->set_slowed_max(1); }},
      {"harvest_guard.pressed_max",
       [](auto* c) { c->mutable_harvest_guard()->set_pressed_max(-1); },
       [](auto* c) { c->mutable_harvest_guard()->set_pressed_max(1); }},
  };
  for (const Edge& edge : edges) {
    const absl::Status refused = Checked(edge.refused);
    EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_CONFIG_INVALID) << edge.key;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(edge.key));
    EXPECT_TRUE(Checked(edge.taken).ok()) << edge.key << " " << Checked(edge.taken);
  }
}

config::v1::RetentionRule* AddRule(GatewayConfig* config, const std::string& id = "ten-years") {
  auto* rule = config->mutable_retention()->add_rules();
  rule->set_id(id);
  rule->set_trigger(config::v1::RETENTION_TRIGGER_ENTRY);
  rule->set_years(10);
  rule->set_source("ATT 12(4)");
  return rule;
}

TEST(CheckConfig, RefusesAnApiOneStepFromSoundAndNamesTheKey) {
  using config::v1::RestRegistry;
  const auto checked = [](const std::function<void(RestRegistry*)>& change) {
    return Checked([&](GatewayConfig* config) {
      auto* registry = config->add_registries();
      registry->set_name("br-registry");
      registry->set_state("BR");
      auto* rest = registry->mutable_rest();
      rest->mutable_server()->set_base_url("https://registry.example");
      rest->mutable_server()->set_ca_file("ca.pem");
      rest->set_mapping("mapping.yaml");
      rest->mutable_find()->set_path("/weapons?serial={serial}");
      rest->mutable_record()->set_path("/weapons/{record_number}");
      change(rest);
    });
  };
  EXPECT_TRUE(checked([](auto*) {}).ok()) << checked([](auto*) {});
  const std::vector<std::pair<std::string, std::function<void(RestRegistry*)>>> edges = {
      {"server.base_url", [](auto* rest) { rest->mutable_server()->clear_base_url(); }},
      {"server.ca_file", [](auto* rest) { rest->mutable_server()->clear_ca_file(); }},
      {"server.certificate_file", [](auto* rest) { rest->mutable_server()->set_key_file("k"); }},
      {"server.api_key.header", [](auto* rest) { rest->mutable_server()->mutable_api_key(); }},
      {"server.oauth.token_url", [](auto* rest) { rest->mutable_server()->mutable_oauth(); }},
      {"mapping", [](auto* rest) { rest->clear_mapping(); }},
      {"find.path", [](auto* rest) { rest->clear_find(); }},
      {"record.path", [](auto* rest) { rest->clear_record(); }},
  };
  for (const auto& [key, change] : edges) {
    const absl::Status status = checked(change);
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID) << key;
    EXPECT_THAT(std::string(status.message()), HasSubstr("registries[0].rest." + key));
  }
}

TEST(ConfigDefaults, FindTheFilesOfAnApiBesideTheConfiguration) {
  GatewayConfig config = Sound();
  auto* server = config.add_registries()->mutable_rest()->mutable_server();
  server->set_ca_file("ca.pem");
  server->mutable_oauth()->set_client_secret_file("/run/secret");
  ResolvePaths("/etc/tracegate/gateway.yaml", &config);
  EXPECT_EQ(server->ca_file(), "/etc/tracegate/ca.pem");
  EXPECT_EQ(server->key_file(), "");
  EXPECT_EQ(server->oauth().client_secret_file(), "/run/secret");
}

TEST(ConfigDefaults, LookForWhatHasRunOutOnceADayWhereThereIsRetentionAtAll) {
  GatewayConfig config = Sound();
  FillDefaults(&config);
  EXPECT_FALSE(config.has_retention());
  AddRule(&config);
  FillDefaults(&config);
  EXPECT_EQ(config.retention().interval().seconds(), 24 * 3600);
}

TEST(CheckConfig, RefusesRetentionOneStepFromSoundAndNamesTheKey) {
  const std::vector<Edge> edges = {
      {"retention.rules[0].id", [](auto* c) { AddRule(c, ""); }, [](auto* c) { AddRule(c); }},
      {"retention.rules[1].id",
       [](auto* c) {
         AddRule(c);
         AddRule(c);
       },
       [](auto* c) {
         AddRule(c);
         AddRule(c, "another");
       }},
      {"retention.rules[0].state", [](auto* c) { AddRule(c)->set_state("Brazil"); },
       [](auto* c) { AddRule(c)->set_state("BR"); }},
      {"retention.rules[0].kinds[1]",
       [](auto* c) {
         auto* rule = AddRule(c);
         rule->add_kinds(v1::ENTRY_KIND_CALL_REFUSED);
         rule->add_kinds(v1::ENTRY_KIND_CONTENT_ERASED);
       },
       [](auto* c) { AddRule(c)->add_kinds(v1::ENTRY_KIND_CALL_REFUSED); }},
      {"retention.rules[0].trigger", [](auto* c) { AddRule(c)->clear_trigger(); },
       [](auto* c) { AddRule(c)->set_trigger(config::v1::RETENTION_TRIGGER_TRACE_ENDED); }},
      {"retention.rules[0].years", [](auto* c) { AddRule(c)->set_years(101); },
       [](auto* c) { AddRule(c)->set_years(100); }},
      {"retention.rules[0].days", [](auto* c) { AddRule(c)->set_days(36501); },
       [](auto* c) { AddRule(c)->set_days(36500); }},
      {"retention.rules[0].days", [](auto* c) { AddRule(c)->set_days(-1); },
       [](auto* c) { AddRule(c)->set_days(0); }},
      {"retention.rules[0]", [](auto* c) { AddRule(c)->set_years(0); },
       [](auto* c) {
         auto* rule = AddRule(c);
         rule->set_years(0);
         rule->set_days(1);
       }},
      {"retention.rules[0].source", [](auto* c) { AddRule(c)->clear_source(); },
       [](auto* c) { AddRule(c)->set_source("Act 7"); }},
      {"retention.interval",
       [](auto* c) {
         AddRule(c);
         c->mutable_retention()->mutable_interval()->set_seconds(59);
       },
       [](auto* c) {
         AddRule(c);
         c->mutable_retention()->mutable_interval()->set_seconds(60);
       }},
      {"retention.interval",
       [](auto* c) { c->mutable_retention()->mutable_interval()->set_seconds(7 * 86400 + 1); },
       [](auto* c) { c->mutable_retention()->mutable_interval()->set_seconds(7 * 86400); }},
  };
  for (const Edge& edge : edges) {
    const absl::Status refused = Checked(edge.refused);
    EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_CONFIG_INVALID) << edge.key;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(edge.key));
    EXPECT_TRUE(Checked(edge.taken).ok()) << edge.key << " " << Checked(edge.taken);
  }
}

}  // namespace
}  // namespace tracegate
