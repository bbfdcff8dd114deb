// Every kind of adapter, built from its configuration, passes the published cases.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "adapters/catalog.h"
#include "adapters/conformance/trial.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {
namespace {

const char* const kExamples = TRACEGATE_SOURCE_DIR "/docs/examples/adapters";

constexpr char kMapping[] = R"yaml(
source: SOURCE
record_number: record
serial_search: {column: serial}
fields:
  - {column: make, to: firearm.manufacturer}
  - {column: model, to: firearm.model}
  - {column: calibre, to: firearm.calibre}
)yaml";

constexpr char kWeapons[] = R"sql(
CREATE TABLE weapons (record TEXT, serial TEXT, make TEXT, model TEXT, calibre TEXT);
INSERT INTO weapons VALUES ('1001', 'AB-12 34', 'Taurus', 'PT 92', '9x19'),
  ('1002', 'AB-12 35', 'Taurus', 'PT 92', '9x19'), ('1003', '00042', 'Zastava', 'M70', '7.62x39');
)sql";

// What weapons.csv of the examples, and each registry here, says of record 1001.
v1::RegistryRecord Known() {
  v1::RegistryRecord known;
  known.set_record_number("1001");
  known.mutable_firearm()->set_serial_number("AB-12 34");
  known.mutable_firearm()->mutable_manufacturer()->set_verbatim("Taurus");
  known.mutable_firearm()->mutable_calibre()->set_verbatim("9x19");
  return known;
}

class AdapterContract : public ::testing::Test {
 protected:
  static std::string MappingFor(const std::string& source) {
    std::string yaml = kMapping;
    return yaml.replace(yaml.find("SOURCE"), 6, source);
  }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
    return folder_.File(name);
  }

  static config::v1::Registry Registry() {
    config::v1::Registry registry;
    registry.set_name("registry");
    registry.set_state("BR");
    return registry;
  }

  void PassesEveryCase(const config::v1::Registry& registry) {
    std::string troubles;
    auto adapter = BuildAdapter(
        registry, {.peer_trust = nullptr,
                   .clock = absl::Now,
                   .tell_trouble = [&](const std::string&, const std::string& trouble) {
                     troubles += trouble + "\n";
                   }});
    ASSERT_TRUE(adapter.ok()) << adapter.status();
    for (const TriedCase& one : TryAdapter(*std::move(adapter), {.known = Known()})) {
      EXPECT_TRUE(one.verdict.passed()) << one.tried->name << ": " << one.verdict.why;
    }
    EXPECT_EQ(troubles, "");
  }

  const TempFolder folder_;
};

TEST_F(AdapterContract, HoldsForFiles) {
  Write("weapons.csv",
        "record,serial,make,model,calibre\n1001,AB-12 34,Taurus,PT 92,9x19\n"
        "1002,AB-12 35,Taurus,PT 92,9x19\n1003,00042,Zastava,M70,7.62x39\n");
  auto registry = Registry();
  registry.mutable_csv()->set_folder(folder_.File("."));
  registry.mutable_csv()->set_mapping(Write("mapping.yaml", MappingFor("weapons.csv")));
  PassesEveryCase(registry);
}

TEST_F(AdapterContract, HoldsForADatabase) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.File("weapons.db").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, kWeapons, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  auto registry = Registry();
  registry.mutable_sql()->set_sqlite_file(folder_.File("weapons.db"));
  registry.mutable_sql()->set_mapping(Write("mapping.yaml", MappingFor("weapons")));
  PassesEveryCase(registry);
}

TEST_F(AdapterContract, HoldsForTheExampleInPython) {
  auto registry = Registry();
  auto& plugin = *registry.mutable_plugin();
  plugin.set_folder(kExamples);
  for (const char* part : {"/usr/bin/python3", "python/adapter.py", "weapons.csv"}) {
    plugin.add_command(part);
  }
  (*plugin.mutable_environment())["PYTHONPATH"] = PYTHON_STUBS;
  (*plugin.mutable_environment())["PYTHONDONTWRITEBYTECODE"] = "1";
  PassesEveryCase(registry);
}

TEST_F(AdapterContract, HoldsForTheExampleInNode) {
  auto registry = Registry();
  registry.mutable_plugin()->set_folder(kExamples);
  for (const char* part : {"/usr/bin/node", "node/adapter.js", "weapons.csv"}) {
    registry.mutable_plugin()->add_command(part);
  }
  PassesEveryCase(registry);
}

}  // namespace
}  // namespace tracegate
