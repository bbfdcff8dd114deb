#ifndef TRACEGATE_TESTS_ADAPTERS_REST_REST_REGISTRY_H_
#define TRACEGATE_TESTS_ADAPTERS_REST_REST_REGISTRY_H_

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/rest/rest_adapter.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/adapters/http/https_fixture.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/registry_calls.h"

namespace tracegate {

// The register of Norway as its API might give it: members in Norwegian, movements inside the record.
inline constexpr char kNorwegianMapping[] = R"yaml(
source: /treff
record_number: id
serial_search: {column: serienummer}
fields:
  - {column: /produsent/navn, to: firearm.manufacturer}
  - {column: produksjonsaar, to: firearm.year_of_manufacture}
  - {column: eier, to: holder.name}
events:
  - source: /bevegelser
    kind: EXPORT
    order_by: nr
    fields:
      - {column: dato, to: date, date_format: "%Y-%m-%d"}
      - {column: /til/land, to: to_state}
)yaml";

inline constexpr char kPistol[] =
    R"({"id":"N-1","serienummer":"AB-12 34","produsent":{"navn":"Kongsberg"},"produksjonsaar":1985,)"
    R"("eier":"Ski skytterlag","bevegelser":[{"nr":10,"dato":"1999-05-01","til":{"land":"SE"}},)"
    R"({"nr":9,"dato":"1990-01-02","til":{"land":"DK"}}]})";

// An answer to a search with these records.
inline std::string Hits(const std::vector<std::string>& records, const std::string& beside = "") {
  std::string list;
  for (const std::string& record : records) list += (list.empty() ? "" : ",") + record;
  return "{\"treff\":[" + list + "]" + beside + "}";
}

// A pistol of its own for each number.
inline std::string Numbered(int number) {
  return "{\"id\":" + std::to_string(number) + ",\"serienummer\":\"S1\"}";
}

// An API, its adapter, and calls to it.
class RestRegistryTest : public ::testing::Test, public HttpsFixture, public RegistryCalls {
 protected:
  ~RestRegistryTest() override { adapter_.reset(); }

  // Answers each target with a body, and all others with 404.
  void ServeBodies(std::map<std::string, std::string> bodies) {
    Serve([bodies = std::move(bodies)](const Request& request, Reply& reply) {
      const auto body = bodies.find(request.target);
      if (body != bodies.end()) return reply.Json(body->second);
      reply.Whole(404, "application/json", "{}");
    });
  }

  config::v1::RestRegistry Rest() {
    config::v1::RestRegistry config;
    *config.mutable_server() = Config();
    config.mutable_find()->set_path("/vaapen?serie={serial}");
    config.mutable_record()->set_path("/vaapen/{record_number}");
    return config;
  }

  absl::StatusOr<std::unique_ptr<RegistryAdapter>> TryOpen(const config::v1::RestRegistry& config,
                                                           const std::string& yaml) {
    return OpenRestAdapter(config, MappingOf(yaml), /*concurrency=*/2,
                           {.name = "sinarm",
                            .state = "NO",
                            .queue_max = 4,
                            .timeout = absl::Seconds(60),
                            .tell = [this](const std::string& trouble) {
                              const std::lock_guard lock(mutex_);
                              told_.push_back(trouble);
                            }});
  }
  void Open(const config::v1::RestRegistry& config, const std::string& yaml = kNorwegianMapping) {
    auto opened = TryOpen(config, yaml);
    ASSERT_TRUE(opened.ok()) << opened.status();
    adapter_ = *std::move(opened);
  }
  void Open() { Open(Rest()); }

  std::vector<std::string> Targets() {
    std::vector<std::string> targets;
    for (const Request& request : server().requests()) targets.push_back(request.target);
    return targets;
  }
  std::vector<std::string> told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  std::mutex mutex_;
  std::vector<std::string> told_;  // guarded by mutex_
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_REST_REST_REGISTRY_H_
