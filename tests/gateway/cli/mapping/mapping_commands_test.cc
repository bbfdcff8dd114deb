#include "gateway/cli/mapping_commands.h"

#include <filesystem>
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
using testing::Not;

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
)yaml";

constexpr char kMapping[] = R"yaml(
source: armas.csv
record_number: registo
serial_search: {column: numero}
fields:
  - {column: marca, to: firearm.manufacturer}
  - {column: tipo, to: firearm.type, codes: tipos}
code_tables:
  tipos: {codes: {P: SELF_LOADING_PISTOL}}
)yaml";

class MappingCommands : public testing::Test {
 protected:
  MappingCommands() {
    Write("gateway.yaml", kConfig);
    Write("sinarm.yaml", kMapping);
    Write("armas.csv", "registo,numero,marca,tipo\n7,AB-12 34,TAURUS,P\n8,X1,INA,Z\n9,X1\n");
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
  }

  // Runs `tracegate` with those arguments; what it prints is in said_ and complained_.
  int Run(const std::vector<std::string>& arguments) {
    CommandRun run = RunCommand(&AddMappingCommands, arguments);
    said_ = std::move(run.said);
    complained_ = std::move(run.complained);
    return run.exit;
  }

  int Try(const std::vector<std::string>& what) {
    std::vector<std::string> arguments = {"mapping", "try", "--config",
                                          folder_.File("gateway.yaml")};
    arguments.insert(arguments.end(), what.begin(), what.end());
    return Run(arguments);
  }

  const TempFolder folder_;
  std::string said_;
  std::string complained_;
};

TEST_F(MappingCommands, CheckSaysWhatAMappingReads) {
  EXPECT_EQ(Run({"mapping", "check", folder_.File("sinarm.yaml")}), kExitOk);
  EXPECT_THAT(said_, HasSubstr("sound; reads 4 columns of armas.csv"));
}

TEST_F(MappingCommands, CheckNamesTheLineThatIsWrong) {
  Write("bad.yaml",
        "source: armas.csv\nrecord_number: n\nserial_search: {column: s}\n"
        "fields:\n  - {column: m, to: firearm.maker}\n");
  EXPECT_EQ(Run({"mapping", "check", folder_.File("bad.yaml")}), kExitUsage);
  EXPECT_THAT(complained_, AllOf(HasSubstr("bad.yaml:5:"), HasSubstr("firearm.maker")));
}

TEST_F(MappingCommands, TryShowsTheRecordBesideItsTranslation) {
  EXPECT_EQ(Try({"--serial", "ab1234"}), kExitOk) << complained_;
  EXPECT_THAT(said_, AllOf(HasSubstr("record 7"), HasSubstr("AB-12 34"),
                           HasSubstr("firearm.manufacturer.verbatim"), HasSubstr("TAURUS"),
                           HasSubstr("FIREARM_TYPE_SELF_LOADING_PISTOL"),
                           HasSubstr("held against what was asked: probable"),
                           HasSubstr("1 records"), Not(HasSubstr("lost"))));
  EXPECT_THAT(complained_, HasSubstr("armas.csv: 1 rows skipped, 2 read; line 4 has fewer fields"));
}

TEST_F(MappingCommands, TryShowsWhatIsLost) {
  EXPECT_EQ(Try({"--record", "8", "--registry", "sinarm"}), kExitOk) << complained_;
  EXPECT_THAT(said_, AllOf(HasSubstr("lost"), HasSubstr("tipo"), Not(HasSubstr("held against"))));
}

TEST_F(MappingCommands, TryPrintsJsonLines) {
  EXPECT_EQ(Try({"--record", "7", "--json"}), kExitOk);
  EXPECT_THAT(said_, AllOf(HasSubstr("\"record_number\":\"7\""), testing::EndsWith("}\n")));
}

TEST_F(MappingCommands, TrySaysWhatIsMissing) {
  EXPECT_EQ(Try({}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("--serial"));
  EXPECT_EQ(Try({"--serial", "X1", "--registry", "portugal"}), kExitUsage);
  EXPECT_THAT(complained_, HasSubstr("--registry"));
  EXPECT_NE(Try({"--record", "77"}), kExitOk);
  EXPECT_THAT(complained_, HasSubstr("RECORD_NOT_FOUND"));
  std::filesystem::remove(folder_.File("armas.csv"));
  EXPECT_NE(Try({"--serial", "X1"}), kExitOk);
  EXPECT_THAT(complained_, HasSubstr("armas.csv is not there"));
}

}  // namespace
}  // namespace tracegate
