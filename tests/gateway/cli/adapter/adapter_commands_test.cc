#include "gateway/cli/adapter_commands.h"

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/cli/command_run.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char kConfig[] = R"yaml(
states: [BR]
server: {listen: "127.0.0.1:0"}
identity:
  certificate_chain: gateway.pem
  private_key: gateway.key
  trust: [{state: BR, trust_domain: br.example, bundle: br.pem, no_revocation: true}]
storage: {sqlite: {file: records.db}}
evidence: {origin: br.example/log, signing_key: log.key}
registries:
  - {name: sinarm, state: BR, csv: {folder: ., mapping: sinarm.yaml}}
  - {name: portugal, state: PT, peer: {address: "127.0.0.1:1"}}
  - {name: broken, state: DE, plugin: {command: [nothing.py]}}
)yaml";

constexpr char kMapping[] = R"yaml(
source: armas.csv
record_number: registo
serial_search: {column: numero}
fields: [{column: marca, to: firearm.manufacturer}]
)yaml";

class AdapterCommands : public testing::Test {
 protected:
  AdapterCommands() {
    Write("gateway.yaml", kConfig);
    Write("sinarm.yaml", kMapping);
    Write("armas.csv", "registo,numero,marca\n7,AB-12 34,TAURUS\n8,AB-12 35,INA\n");
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
  }

  // Runs `tracegate adapter test` with those arguments; what it prints is in said_ and complained_.
  int Test(std::vector<std::string> arguments, bool json = false) {
    return TestOf(folder_.File("gateway.yaml"), std::move(arguments), json);
  }

  int TestOf(const std::string& config, std::vector<std::string> arguments, bool json = false) {
    arguments.insert(arguments.begin(), {"adapter", "test", config});
    if (json) arguments.insert(arguments.begin(), "--json");
    CommandRun run = RunCommand(&AddAdapterCommands, arguments);
    said_ = std::move(run.said);
    complained_ = std::move(run.complained);
    return run.exit;
  }

  const TempFolder folder_;
  std::string said_;
  std::string complained_;
};

TEST_F(AdapterCommands, TestPassesAnAdapterWhoseWeaponIsNamedByItsRecord) {
  EXPECT_EQ(Test({"--registry", "sinarm", "--record", "7"}), kExitOk) << said_ << complained_;
  EXPECT_THAT(said_, AllOf(HasSubstr("sinarm"), HasSubstr("finds_known"),
                           HasSubstr("21 passed, 0 failed, 0 skipped")));
}

TEST_F(AdapterCommands, TestPassesTheExampleThatTheManualBeginsWith) {
  const std::string examples = TRACEGATE_SOURCE_DIR "/docs/examples/adapters/";
  EXPECT_EQ(TestOf(examples + "gateway.yaml",
                   {"--registry", "in-node", "--known", examples + "known.yaml"}),
            kExitOk)
      << said_ << complained_;
  EXPECT_THAT(said_, HasSubstr("21 passed, 0 failed, 0 skipped"));
}

TEST_F(AdapterCommands, TestTakesAWeaponFromAFileAndSaysWhatDiffers) {
  Write("known.yaml", "record_number: 7\nfirearm: {serial_number: AB-12 34}\n");
  EXPECT_EQ(Test({"--registry", "sinarm", "--known", folder_.File("known.yaml")}), kExitOk)
      << said_ << complained_;
  Write("known.yaml",
        "record_number: 7\nfirearm: {serial_number: AB-12 34, manufacturer: {verbatim: INA}}\n");
  EXPECT_EQ(Test({"--registry", "sinarm", "--known", folder_.File("known.yaml")}), kExitRefused);
  EXPECT_THAT(said_, AllOf(HasSubstr("finds_known: FAILED: record 7"), HasSubstr(" failed, ")));
}

TEST_F(AdapterCommands, TestSkipsWhatNeedsAWeaponWhereNoneIsNamed) {
  EXPECT_EQ(Test({"--registry", "sinarm"}), kExitOk) << said_ << complained_;
  EXPECT_THAT(said_, HasSubstr("15 passed, 0 failed, 6 skipped"));
}

TEST_F(AdapterCommands, TestPrintsJsonLines) {
  EXPECT_EQ(Test({"--registry", "sinarm"}, /*json=*/true), kExitOk);
  EXPECT_THAT(said_, HasSubstr(R"({"registry":"sinarm","case":"finds_nothing","proves":)"));
  EXPECT_THAT(said_, HasSubstr(R"("verdict":"skipped","why":"needs a weapon)"));
}

TEST_F(AdapterCommands, TestSaysWhatIsWrongWithItsArguments) {
  EXPECT_EQ(Test({"--registry", "portugal"}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("--registry: names no registry that has an adapter"));
  EXPECT_EQ(Test({"--record", "7"}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("must name one of several"));
  EXPECT_EQ(Test({"--registry", "sinarm", "--record", "7", "--known", "x"}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("expected one of them"));
  Write("known.yaml", "record_number: 7\n");
  EXPECT_EQ(Test({"--registry", "sinarm", "--known", folder_.File("known.yaml")}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("firearm.serial_number"));
  EXPECT_EQ(Test({"--registry", "broken"}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("nothing.py' is no program that may be run"));
  EXPECT_EQ(Test({"--registry", "sinarm", "--record", "77"}), kExitRefused);
  EXPECT_THAT(complained_, HasSubstr("RECORD_NOT_FOUND"));
}

}  // namespace
}  // namespace tracegate
