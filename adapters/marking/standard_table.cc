#include "adapters/marking/standard_table.h"

#include <cstdio>
#include <cstdlib>

namespace tracegate {

void EndForBadTable(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

}  // namespace tracegate
