#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/cli/session.h"
#include "gateway/cli/trace_commands.h"
#include "tests/gateway/cli/command_run.h"
#include "tests/integration/import/registry_fixture.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kRequest[] = R"(grounds: [NATIONAL_LAW]
legal_justification: Lei 10.826/2003
recovery: {kind: SEIZED, state: BR}
intended_use: CRIMINAL_INVESTIGATION
confidentiality: GIVEN
)";

class ImportCommand : public RegistryFixture {
 protected:
  void SetUp() override {
    RegistryFixture::SetUp();
    Write("request.yaml", kRequest);
    Write("officer.pem", gateway_->officer().chain_pem);
    Write("officer.key", gateway_->officer().key_pem);
    WriteProfile(gateway_->verifier_key());
  }

  void WriteProfile(const std::string& log_key) {
    Write("officer.yaml", "gateway: " + gateway_->address() +
                              "\ntls_name: localhost\nroots: br.pem\n"
                              "certificate_chain: officer.pem\nprivate_key: officer.key\n"
                              "log_key: " +
                              log_key + "\n");
  }

  // `trace import` of that CSV.
  CommandRun Import(const std::string& csv, std::vector<std::string> options = {},
                    bool json = false) {
    Write("seizure.csv", csv);
    Session session;
    session.profile = place_ + "/officer.yaml";
    session.json = json;
    CLI::App app;
    AddTraceCommands(&app, &session);
    std::vector<std::string> arguments = {"trace",
                                          "import",
                                          place_ + "/seizure.csv",
                                          "--file",
                                          place_ + "/request.yaml",
                                          "--batch",
                                          "foz-2026",
                                          "--language",
                                          "en"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    std::ostringstream out, errors;
    auto* const cout = std::cout.rdbuf(out.rdbuf());
    auto* const cerr = std::cerr.rdbuf(errors.rdbuf());
    try {
      app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError&) {
      session.exit = kExitUsage;
    }
    std::cout.rdbuf(cout);
    std::cerr.rdbuf(cerr);
    return {session.exit, out.str(), errors.str()};
  }

  static std::string Line(const CommandRun& run, size_t number) {
    std::istringstream lines(run.said);
    std::string line;
    for (size_t i = 0; i <= number; ++i) std::getline(lines, line);
    return line;
  }
};

TEST_F(ImportCommand, TracesEveryRowAndTellsOfEachInOrder) {
  const auto run =
      Import("reference,serial,make\nA1," + BenchSerial(1) + ",TAURUS\nA2,ZZ9988776," + "TAURUS\n");
  EXPECT_EQ(run.exit, kExitOk) << run.complained;
  EXPECT_THAT(Line(run, 1), HasSubstr("foz-2026-A1  answered"));
  EXPECT_THAT(Line(run, 2), HasSubstr("foz-2026-A2  answered"));
  EXPECT_THAT(run.complained, HasSubstr("2 of 2\n2 rows: 2 ended\n"));
}

TEST_F(ImportCommand, GivesTheSameTracesWhereItIsRunAgain) {
  const std::string csv = "serial,make\n" + BenchSerial(1) + ",TAURUS\n" + BenchSerial(2) + ",\n";
  const auto first = Import(csv, {}, true);
  const auto second = Import(csv, {}, true);
  EXPECT_EQ(first.exit, kExitOk) << first.complained;
  EXPECT_EQ(first.said, second.said);
  // A row that was added since is traced, the others are not again.
  const auto third = Import(csv + BenchSerial(3) + ",\n", {}, true);
  EXPECT_EQ(third.said.substr(0, first.said.size()), first.said);
  EXPECT_THAT(third.said, HasSubstr("{\"line\":4,\"request_id\":\"foz-2026-000003\""));
}

TEST_F(ImportCommand, GoesOnBehindARowThatFailsAndSaysWhichAndWhy) {
  const auto run = Import("serial,make\nRASPADO,TAURUS\n" + BenchSerial(1) + ",TAURUS\n");
  EXPECT_EQ(run.exit, kExitRefused);
  EXPECT_THAT(Line(run, 1), HasSubstr("failed"));
  EXPECT_THAT(Line(run, 1), HasSubstr("QUALITY_GATE: request.item.weapon.serial_number"));
  EXPECT_THAT(Line(run, 2), HasSubstr("answered"));
  EXPECT_THAT(run.complained, HasSubstr("2 rows: 1 ended, 1 failed\n"));
}

TEST_F(ImportCommand, PassesOverRowsThatCannotBeReadUnlessItIsStrict) {
  const std::string csv =
      "serial,make,cor\n" + BenchSerial(1) + ",TAURUS\n" + BenchSerial(2) + ",TAURUS,preta\n";
  const auto strict = Import(csv, {"--strict"});
  EXPECT_EQ(strict.exit, kExitUsage);
  EXPECT_THAT(strict.complained, HasSubstr("seizure.csv, line 2: has 2 fields, the header 3\n"));
  EXPECT_THAT(strict.complained, HasSubstr("nothing was sent"));
  EXPECT_EQ(strict.said, "");
  const auto run = Import(csv);
  EXPECT_EQ(run.exit, kExitRefused);
  EXPECT_THAT(run.complained, HasSubstr("nothing is read from column 'cor'"));
  EXPECT_THAT(run.complained, HasSubstr("line 2: has 2 fields, the header 3; passed over\n"));
  EXPECT_THAT(Line(run, 1), HasSubstr("foz-2026-000002  answered"));
  EXPECT_THAT(run.complained, HasSubstr("2 rows: 1 ended, 1 cannot be read\n"));
}

TEST_F(ImportCommand, TellsOfAWeaponThatStandsInTheFileTwice) {
  const auto run =
      Import("serial,make\n" + BenchSerial(1) + ",TAURUS\n" + BenchSerial(1) + ",TAURUS\n");
  EXPECT_EQ(run.exit, kExitOk) << run.complained;
  EXPECT_THAT(Line(run, 1), Not(HasSubstr("traced")));
  EXPECT_THAT(Line(run, 2), HasSubstr("has traced what may be the same weapon before: trace 01"));
}

TEST_F(ImportCommand, ChecksTheReceiptOfEachTrace) {
  WriteProfile("br.example/tracegate+03f6873e+AZ3HniLr5kQHeoukxJYY3xgCN6Qa9YTO6Iuah7vLEzbx");
  const auto run = Import("serial,make\n" + BenchSerial(1) + ",TAURUS\n");
  EXPECT_EQ(run.exit, kExitNoProof);
  EXPECT_THAT(run.complained, HasSubstr("does NOT verify"));
}

TEST_F(ImportCommand, RefusesWrongArgumentsByName) {
  const std::string csv = "serial\nA1234\n";
  const auto complaint = [&](std::vector<std::string> options) {
    const auto run = Import(csv, std::move(options));
    EXPECT_EQ(run.exit, kExitUsage);
    return run.complained;
  };
  EXPECT_THAT(complaint({"--delimiter", ";;"}), HasSubstr("one character"));
  EXPECT_THAT(complaint({"--column", "marca"}), HasSubstr("NAME=HEADER"));
  EXPECT_THAT(complaint({"--column", "maker=marca"}), HasSubstr("'maker' is none"));
  EXPECT_THAT(Import("serial\n").complained, HasSubstr("has no row that can be read"));
}

TEST_F(ImportCommand, SaysThatNoGatewayAnsweredAndHowToGoOn) {
  gateway_->Stop();
  const auto run = Import("serial\nA1234\n");
  EXPECT_EQ(run.exit, kExitUnreachable) << run.complained;
  EXPECT_THAT(run.complained, HasSubstr("1 rows: 0 ended, 1 not answered"));
  EXPECT_THAT(run.complained, HasSubstr("the same command goes on with the rest"));
}

}  // namespace
}  // namespace tracegate
