#ifndef TRACEGATE_GATEWAY_TRANSFERS_WASSENAAR_STATES_H_
#define TRACEGATE_GATEWAY_TRANSFERS_WASSENAAR_STATES_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace tracegate {

// The bytes of tables/wassenaar_states.csv.
std::string_view WassenaarStatesCsv();

// The States that take part in the Wassenaar Arrangement, and since when.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class WassenaarStates {
 public:
  // Reads a table with the header code,since,source: ISO 3166-1 alpha-2, the first day as 2017-12-08. Errors: INTERNAL
  // naming the line.
  static absl::StatusOr<std::unique_ptr<WassenaarStates>> Parse(std::string_view csv);

  // The table that the library carries.
  static const WassenaarStates& Standard();

  // Whether the State took part on that day.
  bool TookPart(std::string_view state, absl::CivilDay day) const;

 private:
  absl::flat_hash_map<std::string, absl::CivilDay> since_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_WASSENAAR_STATES_H_
