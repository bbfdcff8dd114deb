#include "adapters/plugin/plugin_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

config::v1::PluginRegistry Config(const std::string& yaml) {
  config::v1::PluginRegistry config;
  const absl::Status read = ParseYamlMessage(yaml, "plugin.yaml", &config);
  EXPECT_TRUE(read.ok()) << read;
  return config;
}

TEST(PluginConfig, TakesAProgramOrAnAddress) {
  EXPECT_TRUE(CheckPluginConfig(Config("command: [/bin/cat, -u]\nfolder: /\n"
                                       "environment: {DSN: a=b}"))
                  .ok());
  const std::string roots = ::testing::TempDir() + "/plugin_config_roots.pem";
  std::ofstream(roots) << "-----BEGIN CERTIFICATE-----\n";
  const auto remote = Config("address: adapter.example:7000\nroots: " + roots);
  EXPECT_TRUE(CheckPluginConfig(remote).ok()) << CheckPluginConfig(remote);
}

struct Wrong {
  const char* yaml;
  const char* field;
  const char* says;
};

class PluginConfigRefusal : public ::testing::TestWithParam<Wrong> {};

TEST_P(PluginConfigRefusal, NamesTheField) {
  const v1::FailureDetail detail = DetailOf(CheckPluginConfig(Config(GetParam().yaml)));
  EXPECT_EQ(detail.reason(), v1::REASON_CONFIG_INVALID);
  ASSERT_EQ(detail.violations_size(), 1);
  EXPECT_EQ(detail.violations(0).field(), GetParam().field);
  EXPECT_THAT(detail.violations(0).description(), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Each, PluginConfigRefusal,
    ::testing::Values(
        Wrong{"{}", "plugin.command", "expected one of them"},
        Wrong{"command: [/bin/cat]\naddress: a:1", "plugin.command", "expected one of them"},
        Wrong{"command: [/nothing/there]", "plugin.command", "no program"},
        Wrong{"command: [/]", "plugin.command", "no program"},
        Wrong{"command: [/etc/passwd]", "plugin.command", "no program"},
        Wrong{"command: [/bin/cat]\nfolder: /nothing/there", "plugin.folder", "is no folder"},
        Wrong{"command: [/bin/cat]\nroots: ca.pem", "plugin.roots", "beside command"},
        Wrong{"command: [/bin/cat]\ntls_name: a", "plugin.tls_name", "beside command"},
        Wrong{"command: [/bin/cat]\nenvironment: {2A: x}", "plugin.environment", "'2A'"},
        Wrong{"command: [/bin/cat]\nenvironment: {A-B: x}", "plugin.environment", "'A-B'"},
        Wrong{"command: [/bin/cat]\nenvironment: {TRACEGATE_ADAPTER_SOCKET: x}",
              "plugin.environment", "does not begin with"},
        Wrong{"address: adapter.example", "plugin.address", "host:port"},
        Wrong{"address: \":7000\"", "plugin.address", "host:port"},
        Wrong{"address: a:1\nfolder: /", "plugin.folder", "beside address"},
        Wrong{"address: a:1\nenvironment: {A: x}", "plugin.environment", "beside address"},
        Wrong{"address: a:1", "plugin.roots", "is missing"},
        Wrong{"address: a:1\nroots: /etc/passwd", "plugin.roots", "holds no certificate"}));

TEST(PluginConfig, GivesACommandLittleOfItsOwnEnvironment) {
  setenv("TRACEGATE_TEST_SECRET", "x", 1);
  setenv("LANG", "C.UTF-8", 1);
  setenv("TZ", "UTC", 1);
  const auto command = CommandOf(Config("command: [/bin/cat, -u]\nenvironment: {TZ: Asia/Dili}"));
  EXPECT_THAT(command.arguments, ::testing::ElementsAre("/bin/cat", "-u"));
  EXPECT_THAT(command.environment, Contains("LANG=C.UTF-8"));
  EXPECT_THAT(command.environment, Contains("TZ=Asia/Dili"));
  EXPECT_THAT(command.environment, Not(Contains("TZ=UTC")));
  EXPECT_THAT(command.environment, Not(Contains(HasSubstr("SECRET"))));
}

}  // namespace
}  // namespace tracegate
