#include "adapters/marking/standard_table.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace tracegate {
namespace {

std::atomic<bool> any_made{false};

}  // namespace

void EndForBadTable(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

void NoteStandardTable() { any_made.store(true, std::memory_order_relaxed); }

bool AnyStandardTableMade() { return any_made.load(std::memory_order_relaxed); }

}  // namespace tracegate
