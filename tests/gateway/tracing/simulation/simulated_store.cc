#include "tests/gateway/tracing/simulation/simulated_store.h"

#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate::simulation {

absl::Status SimulatedStore::Commit(const WriteBatch& batch) {
  const absl::Status refused =
      Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk of the simulation refuses");
  if (away || process_dead) return refused;
  if (kill == Kill::kBefore) {
    Die();
    return refused;
  }
  const absl::Status written = Write(batch);
  if (written.ok()) on_commit(batch);
  if (kill == Kill::kAfter) Die();
  return written;
}

absl::Status SimulatedStore::Write(const WriteBatch& batch) {
  ++commits_;
  if (sabotage_ == Sabotage::kStoreLosesCommits && commits_ % 10 == 0) return absl::OkStatus();
  const absl::Status written = MemoryRecordStore::Commit(batch);
  if (!written.ok()) return written;
  if (sabotage_ == Sabotage::kStoreFlipsBits && commits_ == 5) {
    AlterEntry(batch.entries[0].index, [](EntryRow& row) { row.header.back() ^= 1; });
  }
  for (const TraceRow& row : batch.traces) {
    if (sabotage_ == Sabotage::kStoreForgetsTraces && !row.open) ForgetTrace(row.trace_id);
  }
  return written;
}

void SimulatedStore::Die() {
  kill = Kill::kNever;
  process_dead = true;
  on_kill();
}

}  // namespace tracegate::simulation
