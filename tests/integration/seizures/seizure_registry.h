#ifndef TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_REGISTRY_H_
#define TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/integration/seizures/seizure_file.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The weapons as a registry in Portuguese, as they are; record number i + 1 is seizures[i]. Its serial column is indexed,
// and so is the folded expression of SeizureMapping. Statements for an empty database, SQLite or PostgreSQL.
std::vector<std::string> SeizureRegistrySql(const std::vector<Seizure>& seizures);

// Same, into a new SQLite file.
absl::Status WriteSeizureRegistry(const std::vector<Seizure>& seizures, const std::string& file);

// The mapping of that registry, YAML.
std::string SeizureMapping();

// The weapon as an officer would describe it in a request: the file's own words.
v1::Firearm WeaponOf(const Seizure& seizure);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_SEIZURES_SEIZURE_REGISTRY_H_
