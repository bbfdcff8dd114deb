#ifndef TRACEGATE_TESTS_BENCH_LOOPBACK_FIXTURE_H_
#define TRACEGATE_TESTS_BENCH_LOOPBACK_FIXTURE_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "tests/bench/loopback_gateway.h"

namespace tracegate {

// A whole gateway for each test, in a folder of its own. Its registry's file is missing: nothing is found, and what is
// asked waits.
class LoopbackFixture : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(RequireTls13().ok());
    SetInfoLogged(false);
  }

  void SetUp() override {
    std::string name =
        (std::filesystem::temp_directory_path() / "tracegate-loopback.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto gateway = LoopbackGateway::Start(
        {.folder = folder_, .registry_file = folder_ + "/registry.db", .mapping_yaml = kMapping});
    ASSERT_TRUE(gateway.ok()) << gateway.status();
    gateway_ = *std::move(gateway);
  }

  void TearDown() override {
    gateway_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string folder_;
  std::unique_ptr<LoopbackGateway> gateway_;

 private:
  static constexpr char kMapping[] = R"(
source: arma
record_number: id
serial_search: {column: num_serie}
fields:
  - {column: num_serie, to: firearm.serial_number}
)";
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_LOOPBACK_FIXTURE_H_
