#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_STORE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_STORE_H_

#include <functional>

#include "tests/gateway/storage/memory_record_store.h"
#include "tests/gateway/tracing/simulation/sabotage.h"

namespace tracegate::simulation {

// The disk of a gateway: stays while the gateway comes and goes, refuses to write while it is told to, and may be where
// a process is killed.
//
// Thread safety: none; the simulation has one thread.
class SimulatedStore : public MemoryRecordStore {
 public:
  // When, of a commit, the process is killed.
  enum class Kill { kNever, kBefore, kAfter };

  explicit SimulatedStore(Sabotage sabotage) : sabotage_(sabotage) {}

  // While one of these is true every commit is refused.
  bool away = false;
  bool process_dead = false;
  // At the next commit; then `on_kill` runs.
  Kill kill = Kill::kNever;
  std::function<void()> on_kill;
  std::function<void(const WriteBatch&)> on_commit;

  absl::Status Commit(const WriteBatch& batch) override;

 private:
  absl::Status Write(const WriteBatch& batch);
  void Die();

  const Sabotage sabotage_;
  int commits_ = 0;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SIMULATED_STORE_H_
