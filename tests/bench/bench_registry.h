#ifndef TRACEGATE_TESTS_BENCH_BENCH_REGISTRY_H_
#define TRACEGATE_TESTS_BENCH_BENCH_REGISTRY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace tracegate {

inline constexpr int kBenchWeapons = 100'000;

// Writes an invented registry of kBenchWeapons into a new SQLite file. Weapon `n` has BenchSerial(n).
absl::Status WriteBenchRegistry(const std::string& file);

// The mapping of that registry, YAML.
std::string BenchMapping();

// The same number of characters for every n.
std::string BenchSerial(int n);

// Serialised CreateTraceRequests for weapons of that registry, all of one length: made in advance, so that a load pays
// only for a copy. `to_state` is empty for an officer's; a peer names the State it asks and the agency it asks for.
//
// Thread safety: immutable.
class BenchRequests {
 public:
  struct Asker {
    std::string state;   // whose agency asks, and where the weapon was found
    std::string agency;  // empty: the certificate's
    std::string to_state;
  };
  explicit BenchRequests(const Asker& asker);

  // The request with an id made of `number`; which weapon it is about follows from `number` too.
  std::string Make(uint64_t number) const;

 private:
  std::string requests_[1024];  // without the id, which is put in front
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_BENCH_REGISTRY_H_
