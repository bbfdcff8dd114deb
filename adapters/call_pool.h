#ifndef TRACEGATE_ADAPTERS_CALL_POOL_H_
#define TRACEGATE_ADAPTERS_CALL_POOL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/call_watch.h"
#include "adapters/registry_adapter.h"
#include "adapters/worker_pool.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// The threads on which an adapter with a blocking driver answers its calls, each within its bounds.
//
// Thread safety: all methods from any thread. Lifetime: destroying it cancels what is in flight and waits until every
// callback has returned; what the work uses outlives it.
class CallPool {
 public:
  struct Options {
    std::string registry;                        // its name, for messages
    size_t concurrency = 4;                      // at least 1
    size_t queue_max = 256;                      // that wait beside those that run
    absl::Duration timeout = absl::Seconds(10);  // of one call, its wait in the queue included
  };

  explicit CallPool(Options options)
      : options_(std::move(options)), workers_(options_.concurrency, options_.queue_max) {}
  ~CallPool() { closing_ = true; }

  // Gives `done` what `work(worker, watch)` returns, on a worker; refuses at once where the call is over, or with a hint
  // (OVERLOADED) where the queue is full.
  template <typename Done, typename Work>
  void Run(const RegistryCall& call, Done done, Work work) {
    const absl::Time deadline = std::min(call.deadline, absl::Now() + options_.timeout);
    CallWatch watch(options_.registry, deadline, call.cancelled, &closing_);
    if (absl::Status may_go_on = watch.Check(); !may_go_on.ok()) return done(std::move(may_go_on));
    const bool taken = workers_.Submit([watch = std::move(watch), done, work = std::move(work)](
                                           size_t worker) { done(work(worker, watch)); });
    if (taken) return;
    done(RetryableFailure(v1::REASON_OVERLOADED,
                          "registry '" + options_.registry + "' has too many calls waiting",
                          absl::Seconds(1)));
  }

 private:
  const Options options_;
  std::atomic<bool> closing_ = false;
  WorkerPool workers_;  // the first to go: it waits for what it took
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CALL_POOL_H_
