#ifndef TRACEGATE_TESTS_INTEGRATION_IMPORT_REGISTRY_FIXTURE_H_
#define TRACEGATE_TESTS_INTEGRATION_IMPORT_REGISTRY_FIXTURE_H_

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/bench/bench_registry.h"
#include "tests/bench/loopback_fixture.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// A whole gateway, over a registry that has the weapons BenchSerial(0), BenchSerial(1), and so on.
class RegistryFixture : public LoopbackFixture {
 protected:
  void SetUp() override {
    LoopbackFixture::SetUp();
    place_ = folder_ + "/with_registry";
    ASSERT_TRUE(std::filesystem::create_directory(place_));
    ASSERT_TRUE(WriteBenchRegistry(place_ + "/registry.db").ok());
    auto gateway = LoopbackGateway::Start(
        {.folder = place_, .registry_file = "registry.db", .mapping_yaml = BenchMapping()});
    ASSERT_TRUE(gateway.ok()) << gateway.status();
    gateway_ = *std::move(gateway);
  }

  static v1::CreateTraceRequest RequestFor(const std::string& id, const std::string& serial) {
    v1::CreateTraceRequest create;
    create.set_request_id(id);
    v1::TraceRequest& request = *create.mutable_request();
    request.mutable_item()->mutable_weapon()->set_serial_number(serial);
    request.mutable_item()->mutable_weapon()->mutable_manufacturer()->set_verbatim("TAURUS");
    request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
    request.set_legal_justification("Lei 10.826/2003");
    request.mutable_recovery()->set_kind(v1::RECOVERY_KIND_SEIZED);
    request.mutable_recovery()->set_state("BR");
    request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
    request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
    return create;
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(place_ + "/" + name, std::ios::binary) << text;
  }

  std::string place_;  // the gateway's folder
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_IMPORT_REGISTRY_FIXTURE_H_
