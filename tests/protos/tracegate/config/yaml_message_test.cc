#include "protos/tracegate/config/yaml_message.h"

#include <gmock/gmock.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "protos/tracegate/failure.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/config/v1/mapping.pb.h"

namespace tracegate {
namespace {

using config::v1::GatewayConfig;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

GatewayConfig Read(std::string_view text, YamlPlaces* places = nullptr) {
  GatewayConfig config;
  const absl::Status status = ParseYamlMessage(text, "gateway.yaml", &config, places);
  EXPECT_TRUE(status.ok()) << status;
  return config;
}

// The message of the refusal, after checking that it is one of configuration.
std::string Refusal(std::string_view text) {
  GatewayConfig config;
  config.add_states("XX");
  const absl::Status status = ParseYamlMessage(text, "gateway.yaml", &config);
  EXPECT_FALSE(status.ok()) << text;
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_EQ(config.states_size(), 1) << "the message changed";
  return std::string(status.message());
}

TEST(YamlMessage, ReadsNestedListsEnumsAndDurations) {
  const GatewayConfig config = Read(R"(
states: [RS, ME]
server:
  listen: 127.0.0.1:0
  reflection: true
  message_bytes_max: 65536
  drain: 250ms
registries:
  - name: zastava
    state: RS
    sql: {sqlite_file: registry.db, mapping: zastava.yaml}
    timeout: 5m
agreements:
  - id: RS-ME
    legal_basis: ATT_8_3
    purposes: [CRIMINAL_INVESTIGATION, prosecution]
    handling: [H1, h3]
tracing: {expiry: 90d, retry_first: 2h, retry_max: 0s}
)");
  EXPECT_THAT(config.states(), ElementsAre("RS", "ME"));
  EXPECT_TRUE(config.server().reflection());
  EXPECT_EQ(config.server().message_bytes_max(), 65536);
  EXPECT_EQ(config.server().drain().nanos(), 250'000'000);
  EXPECT_EQ(config.registries(0).sql().mapping(), "zastava.yaml");
  EXPECT_EQ(config.registries(0).timeout().seconds(), 300);
  EXPECT_EQ(config.agreements(0).legal_basis(), v1::LEGAL_BASIS_ATT_8_3);
  EXPECT_THAT(config.agreements(0).purposes(),
              ElementsAre(v1::INTENDED_USE_CRIMINAL_INVESTIGATION, v1::INTENDED_USE_PROSECUTION));
  EXPECT_THAT(config.agreements(0).handling(),
              ElementsAre(v1::HANDLING_CODE_H1, v1::HANDLING_CODE_H3));
  EXPECT_EQ(config.tracing().expiry().seconds(), 90 * 86'400);
  EXPECT_EQ(config.tracing().retry_first().seconds(), 7'200);
  EXPECT_TRUE(config.tracing().has_retry_max());
}

TEST(YamlMessage, TakesTextAsWritten) {
  const GatewayConfig config = Read(R"(
states: [NO, no, 0123, 1e3, "true", 'null', 3.10, 2026-01-01]
)");
  EXPECT_THAT(config.states(),
              ElementsAre("NO", "no", "0123", "1e3", "true", "null", "3.10", "2026-01-01"));
}

TEST(YamlMessage, ReadsMapsOfTextAndOfMessages) {
  config::v1::Mapping mapping;
  const absl::Status status = ParseYamlMessage(R"(
code_tables:
  types:
    codes: {П: SELF_LOADING_PISTOL, 01: RIFLE, 1: CARBINE, NO: OTHER}
    otherwise: OTHER
)",
                                               "m.yaml", &mapping);
  ASSERT_TRUE(status.ok()) << status;
  const auto& codes = mapping.code_tables().at("types").codes();
  EXPECT_EQ(codes.size(), 4U);
  EXPECT_EQ(codes.at("П"), "SELF_LOADING_PISTOL");
  EXPECT_EQ(codes.at("01"), "RIFLE");
  EXPECT_EQ(codes.at("1"), "CARBINE");
}

TEST(YamlMessage, RepeatsWhatAnAliasNames) {
  const GatewayConfig config = Read(R"(
registries:
  - {name: a, timeout: &t 7s, peer: &p {address: "x:1"}}
  - {name: b, timeout: *t, peer: *p}
)");
  EXPECT_EQ(config.registries(1).timeout().seconds(), 7);
  EXPECT_EQ(config.registries(1).peer().address(), "x:1");
}

TEST(YamlMessage, KnowsWhereEachKeyStood) {
  YamlPlaces places;
  Read("states:\n  - DE\n  - AT\nregistries:\n  - name: a\n    sql:\n      mapping: m.yaml\n",
       &places);
  EXPECT_EQ(places.Of("states[1]"), "gateway.yaml:3:5");
  EXPECT_EQ(places.Of("registries[0].sql.mapping"), "gateway.yaml:7:7");
  EXPECT_EQ(places.Of("registries[0].sql.sqlite_file"), "gateway.yaml:6:5") << "the nearest key";
  EXPECT_EQ(places.Of("registries[0].state"), "gateway.yaml:5:5");
  EXPECT_EQ(places.Of("server"), "gateway.yaml");
  EXPECT_EQ(YamlPlaces().Of("server"), "");
  const absl::Status failure = places.Failure("registries[0].sql.mapping", "is no mapping");
  EXPECT_EQ(failure.message(), "gateway.yaml:7:7: registries[0].sql.mapping: is no mapping");
  EXPECT_EQ(DetailOf(failure).violations(0).field(), "registries[0].sql.mapping");
}

struct Wrong {
  const char* text;
  const char* starts_with;
  const char* says;
};

class YamlRefusal : public ::testing::TestWithParam<Wrong> {};

TEST_P(YamlRefusal, SaysWhereAndWhatWouldBeRight) {
  const std::string refusal = Refusal(GetParam().text);
  EXPECT_THAT(refusal, StartsWith(GetParam().starts_with));
  EXPECT_THAT(refusal, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Each, YamlRefusal,
    ::testing::Values(
        Wrong{"states: [DE]\nservr:\n  listen: x\n", "gateway.yaml:2:1: servr: is not a key here",
              "did you mean 'server'?"},
        Wrong{"xyzzy: 1\n", "gateway.yaml:1:1: xyzzy:", "expected one of states, server, identity"},
        Wrong{"Server: {}\n", "gateway.yaml:1:1: Server:", "did you mean 'server'?"},
        Wrong{"states: [DE]\nstates: [AT]\n", "gateway.yaml:2:1: states:", "written twice"},
        Wrong{"registries:\n  - sql: {}\n    peer: {}\n",
              "gateway.yaml:3:5: registries[0].peer:", "only one of 'sql' and 'peer'"},
        Wrong{"states: DE\n", "gateway.yaml:1:9: states:", "is a single value; expected a list"},
        Wrong{"server: [a]\n", "gateway.yaml:1:9: server:", "is a list; expected keys and values"},
        Wrong{"server:\n  listen: {a: b}\n", "gateway.yaml:2:11: server.listen:", "a single value"},
        Wrong{"server:\n  listen:\n", "gateway.yaml:", "has no value"},
        Wrong{"states: [null]\n", "gateway.yaml:1:10: states[0]:", "null as text is quoted"},
        Wrong{"server: {reflection: yes}\n",
              "gateway.yaml:1:22: server.reflection:", "neither true nor false"},
        Wrong{"server: {reflection: True}\n", "gateway.yaml:1:22:", "neither true nor false"},
        Wrong{"server: {message_bytes_max: 2147483648}\n", "gateway.yaml:1:29:", "to 2147483647"},
        Wrong{"server: {message_bytes_max: 0x10}\n", "gateway.yaml:1:29:", "whole number"},
        Wrong{"server: {message_bytes_max: 010}\n", "gateway.yaml:1:29:", "whole number"},
        Wrong{"server: {message_bytes_max: +1}\n", "gateway.yaml:1:29:", "whole number"},
        Wrong{"server: {message_bytes_max: 1.0}\n", "gateway.yaml:1:29:", "whole number"},
        Wrong{"server: {message_bytes_max: ''}\n", "gateway.yaml:1:29:", "whole number"},
        Wrong{"server: {drain: 10}\n",
              "gateway.yaml:1:17: server.drain:", "such as 250ms, 10s, 90d"},
        Wrong{"server: {drain: -1s}\n", "gateway.yaml:1:17:", "no length of time"},
        Wrong{"server: {drain: 1.5s}\n", "gateway.yaml:1:17:", "no length of time"},
        Wrong{"server: {drain: 3652501d}\n", "gateway.yaml:1:17:", "too long"},
        Wrong{"server: {drain: 99999999999999999999s}\n",
              "gateway.yaml:1:17:", "no length of time"},
        Wrong{"server: {drain: s}\n", "gateway.yaml:1:17:", "no length of time"},
        Wrong{"agreements: [{handling: [H9]}]\n",
              "gateway.yaml:1:26: agreements[0].handling[0]:", "is no HandlingCode; did you mean"},
        Wrong{"agreements: [{legal_basis: LEGAL_BASIS_ITI}]\n",
              "gateway.yaml:1:28:", "is no LegalBasis"},
        Wrong{"agreements: [{legal_basis: UNSPECIFIED}]\n",
              "gateway.yaml:1:28:", "is no LegalBasis"},
        Wrong{"agreements: [{legal_basis: Iti}]\n", "gateway.yaml:1:28:", "is no LegalBasis"},
        Wrong{"? [a, b]\n: c\n", "gateway.yaml:1:3: ", "a key that is no word"},
        Wrong{"states: [DE]\n---\nstates: [AT]\n", "gateway.yaml:2:1: ", "second document"},
        Wrong{"states: [DE\n", "gateway.yaml:", "is not YAML"},
        Wrong{"states:\n\t- DE\n", "gateway.yaml:2:", "is not YAML"},
        Wrong{"", "gateway.yaml: is empty", "expected keys"},
        Wrong{"# nothing\n", "gateway.yaml: is empty", "expected keys"},
        Wrong{"just text\n", "gateway.yaml:1:1: is a single value", "keys and values"},
        Wrong{"states: [*unknown]\n", "gateway.yaml:1:10: is not YAML", "anchor"},
        Wrong{"states: &a [DE, *a]\n", "gateway.yaml:1:17: an alias stands inside", "repeats"},
        Wrong{"states: !!set [DE]\n", "gateway.yaml:1:", "tag"},
        Wrong{"states: [DE]\nserver: {listen: \"a\xff\"}\n", "gateway.yaml:2:20: ", "UTF-8"},
        Wrong{"states: [DE]\n\x04\nserver: 1\n", "gateway.yaml:2:1: ", "control characters"},
        Wrong{"states: [DE, \"\\0\"]\n", "gateway.yaml:1:14: ", "control characters"},
        Wrong{"states: [DE]\n\"\\e[2J\": 1\n", "gateway.yaml:2:1: ", "control characters"},
        Wrong{"states: [\"\\\u0416\"]\n", "gateway.yaml:1:", "is not YAML"}));

TEST(YamlMessage, TakesLineBreaksAndTabsByEscapes) {
  EXPECT_THAT(Read("states: [\"a\\tb\\n\\u0416\"]\n").states(), ElementsAre("a\tb\n\u0416"));
}

TEST(YamlMessage, CutsWhatItQuotesBetweenCharacters) {
  std::string word;
  for (int i = 0; i < 40; ++i) word += "\u0416";
  // 63 and 64 bytes into a row of two-byte characters.
  for (const std::string& text : {"x" + word, word}) {
    const std::string refusal = Refusal("agreements: [{handling: [" + text + "]}]\n");
    EXPECT_THAT(refusal, HasSubstr("\u0416' is no HandlingCode")) << refusal;
  }
}

TEST(YamlMessage, RefusesAliasesThatMultiply) {
  std::string text = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += last + (j < 9 ? ", " : "]\n");
  }
  EXPECT_THAT(Refusal(text), HasSubstr("more than 100000 values"));
}

TEST(YamlMessage, RefusesDeepNesting) {
  EXPECT_THAT(Refusal("states: " + std::string(100'000, '[')), HasSubstr("is not YAML"));
  EXPECT_FALSE(Refusal("states: " + std::string(300, '[') + std::string(300, ']')).empty());
}

TEST(YamlMessage, RefusesAnEscapeThatBreaksOffInText) {
  const std::string refusal = Refusal("states: [\"DE\\");
  EXPECT_THAT(refusal, HasSubstr("is not YAML"));
  EXPECT_EQ(refusal.find('\x04'), std::string::npos);
}

TEST(YamlMessage, EndsAtAStrayComma) {
  for (const char* text : {",", "  states:\n , b\n"}) {
    EXPECT_THAT(Refusal(text), HasSubstr("a second document begins")) << text;
  }
}

TEST(YamlMessage, RefusesTextOverTheBound) {
  const std::string head = "states: [DE]\n#";
  EXPECT_THAT(Refusal(head + std::string((1 << 20) - head.size() + 1, 'x')),
              HasSubstr("is larger than 1048576 bytes"));
  Read(head + std::string((1 << 20) - head.size(), 'x'));
}

TEST(YamlMessage, ReadsNumbersToTheirLimits) {
  EXPECT_EQ(Read("server: {message_bytes_max: -2147483648}").server().message_bytes_max(),
            std::numeric_limits<int32_t>::min());
  EXPECT_EQ(Read("server: {message_bytes_max: 2147483647}").server().message_bytes_max(),
            std::numeric_limits<int32_t>::max());
  google::protobuf::UInt64Value whole;
  EXPECT_TRUE(ParseYamlMessage("value: 18446744073709551615", "n", &whole).ok());
  EXPECT_FALSE(ParseYamlMessage("value: 18446744073709551616", "n", &whole).ok());
  EXPECT_FALSE(ParseYamlMessage("value: -1", "n", &whole).ok());
  google::protobuf::DoubleValue real;
  EXPECT_TRUE(ParseYamlMessage("value: 0.5", "n", &real).ok());
  EXPECT_EQ(real.value(), 0.5);
  EXPECT_FALSE(ParseYamlMessage("value: nan", "n", &real).ok());
}

class YamlFile : public ::testing::Test {
 protected:
  YamlFile() : folder_(std::filesystem::path(::testing::TempDir()) / "yaml_message_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~YamlFile() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_;
};

TEST_F(YamlFile, IsReadFromItsPath) {
  const std::string path = folder_ / "g.yaml";
  std::ofstream(path) << "states: [DE]\n";
  GatewayConfig config;
  YamlPlaces places;
  ASSERT_TRUE(ReadYamlMessage(path, &config, &places).ok());
  EXPECT_EQ(config.states(0), "DE");
  EXPECT_EQ(places.Of("states[0]"), path + ":1:10");
}

TEST_F(YamlFile, ThatIsMissingIsNamed) {
  GatewayConfig config;
  const std::string path = folder_ / "none.yaml";
  const absl::Status status = ReadYamlMessage(path, &config);
  EXPECT_THAT(std::string(status.message()), StartsWith(path + ": cannot be read: No such file"));
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(ReadYamlMessage(folder_, &config).message()),
              HasSubstr("cannot be read: Is a directory"));
}

TEST_F(YamlFile, OverTheBoundIsRefused) {
  const std::string path = folder_ / "large.yaml";
  std::ofstream(path) << "#" << std::string(1 << 20, 'x');
  GatewayConfig config;
  EXPECT_THAT(std::string(ReadYamlMessage(path, &config).message()), HasSubstr("is larger than"));
}

}  // namespace
}  // namespace tracegate
