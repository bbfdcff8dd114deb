#include <gtest/gtest.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "gateway/cli/session.h"
#include "gateway/cli/trace_commands.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "google/protobuf/util/json_util.h"
#include "protos/tracegate/failure.h"
#include "tests/bench/loopback_gateway.h"
#include "tests/integration/seizures/seizure_registry.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kFile[] = TRACEGATE_SOURCE_DIR "/../shared/data/seizures_rj_2020_2022_masked.csv";
constexpr size_t kRows = 22790;

constexpr char kRequest[] = R"(grounds: [NATIONAL_LAW]
legal_justification: Lei 10.826/2003
recovery: {kind: SEIZED, state: BR}
intended_use: CRIMINAL_INVESTIGATION
confidentiality: GIVEN
)";

void Write(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// A gateway whose registry has the file's own weapons, and an officer's profile beside it.
class SeizureImport : public testing::Test {
 protected:
  void Start(const std::vector<Seizure>& seizures) {
    ASSERT_TRUE(RequireTls13().ok());
    SetInfoLogged(false);
    std::string name =
        (std::filesystem::temp_directory_path() / "tracegate-import.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    ASSERT_TRUE(WriteSeizureRegistry(seizures, folder_ + "/registry.db").ok());
    auto gateway = LoopbackGateway::Start(
        {.folder = folder_, .registry_file = "registry.db", .mapping_yaml = SeizureMapping()});
    ASSERT_TRUE(gateway.ok()) << gateway.status();
    gateway_ = *std::move(gateway);
    Write(folder_ + "/request.yaml", kRequest);
    Write(folder_ + "/officer.pem", gateway_->officer().chain_pem);
    Write(folder_ + "/officer.key", gateway_->officer().key_pem);
    Write(folder_ + "/officer.yaml",
          "gateway: " + gateway_->address() +
              "\ntls_name: localhost\nroots: br.pem\ncertificate_chain: officer.pem\n"
              "private_key: officer.key\nlog_key: " +
              gateway_->verifier_key() + "\n");
  }

  void TearDown() override {
    gateway_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  // The lines that `trace import` of the file prints; `exit` gets its exit code.
  std::string Import(int* exit) {
    Session session;
    session.profile = folder_ + "/officer.yaml";
    session.json = true;
    CLI::App app;
    AddTraceCommands(&app, &session);
    std::vector<std::string> arguments = {"trace",
                                          "import",
                                          kFile,
                                          "--file",
                                          folder_ + "/request.yaml",
                                          "--batch",
                                          "rj-2022",
                                          "--column",
                                          "serial=serial_masked",
                                          "--column",
                                          "make=marca",
                                          "--column",
                                          "model=modelo",
                                          "--column",
                                          "type=tipo",
                                          "--column",
                                          "country=pais"};
    std::reverse(arguments.begin(), arguments.end());
    std::ostringstream out;
    auto* const cout = std::cout.rdbuf(out.rdbuf());
    app.parse(arguments);
    std::cout.rdbuf(cout);
    *exit = session.exit;
    return out.str();
  }

  std::string folder_;
  std::unique_ptr<LoopbackGateway> gateway_;
};

TEST_F(SeizureImport, AnswersEveryRowOfARealFileInOrder) {
  std::ifstream in(kFile, std::ios::binary);
  if (!in) {
    std::cout << "\n*** SKIPPED: no ../shared/data. Nothing was tested. ***\n" << std::endl;
    return;
  }
  std::stringstream csv;
  csv << in.rdbuf();
  const auto seizures = ReadSeizures(csv.str());
  ASSERT_TRUE(seizures.ok()) << seizures.status();
  ASSERT_NO_FATAL_FAILURE(Start(*seizures));

  const auto start = std::chrono::steady_clock::now();
  int exit = 0;
  std::istringstream lines(Import(&exit));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(exit, kExitRefused);  // some rows have no number

  std::set<std::string> requests, traces;
  std::map<std::string, int> failures;
  size_t rows = 0, traced_before = 0;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;  // the line's number
  for (std::string line; std::getline(lines, line); ++rows) {
    v1::ImportTracesResponse response;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &response, options).ok()) << rows;
    EXPECT_TRUE(line.starts_with("{\"line\":" + std::to_string(rows + 2) + ",")) << rows;
    requests.insert(response.request_id());
    if (response.has_failure()) {
      ++failures[ReasonName(response.failure().reason())];
      continue;
    }
    traces.insert(response.trace().trace_id());
    traced_before += std::ranges::any_of(response.trace().remarks(), [](const auto& remark) {
      return remark.kind() == v1::REMARK_KIND_TRACED_BEFORE;
    });
  }
  EXPECT_EQ(rows, kRows);
  EXPECT_EQ(requests.size(), kRows);
  EXPECT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures["QUALITY_GATE"] + traces.size(), kRows);
  EXPECT_GT(traced_before, 0u);  // the file has numbers twice
  std::cout << rows << " rows in " << took.count() << " s: " << traces.size() << " traced, "
            << failures["QUALITY_GATE"] << " stopped for their marks, " << traced_before
            << " traced before.\n";
}

}  // namespace
}  // namespace tracegate
