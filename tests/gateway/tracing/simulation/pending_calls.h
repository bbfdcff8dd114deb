#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_PENDING_CALLS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_PENDING_CALLS_H_

#include <cstdint>
#include <map>
#include <utility>

#include "adapters/registry_adapter.h"
#include "protos/tracegate/failure.h"

namespace tracegate::simulation {

// Calls of an adapter that were not answered yet; each is answered once, the last of them as cancelled when the adapter
// ends.
class PendingCalls {
 public:
  using Id = uint64_t;
  using Found = absl::StatusOr<adapter::v1::FindResponse>;

  PendingCalls() = default;
  ~PendingCalls() {
    for (auto& [id, done] : std::exchange(pending_, {}))
      done(Failure(v1::REASON_CANCELLED, "the adapter ends"));
  }
  PendingCalls(const PendingCalls&) = delete;
  PendingCalls& operator=(const PendingCalls&) = delete;

  Id Add(RegistryAdapter::FindDone done) {
    pending_.emplace(next_, std::move(done));
    return next_++;
  }

  // Nothing where it was answered before.
  void Answer(Id id, Found found) {
    if (auto node = pending_.extract(id)) node.mapped()(std::move(found));
  }

 private:
  std::map<Id, RegistryAdapter::FindDone> pending_;
  Id next_ = 1;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_PENDING_CALLS_H_
