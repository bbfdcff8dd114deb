#ifndef TRACEGATE_ADAPTERS_WORKER_POOL_H_
#define TRACEGATE_ADAPTERS_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tracegate {

// A fixed number of threads for work that blocks, with a queue that has a bound.
//
// Thread safety: Submit may be called from any thread, a worker's included.
//
// Lifetime: the destructor takes no more work, runs what was taken, and waits for it: every task that
// Submit accepted runs exactly once. A task that should rather give up is told so by its owner. The pool
// is not destroyed by one of its own tasks.
class WorkerPool {
 public:
  // Told which of the workers runs it, 0 to workers - 1: what one worker owns needs no lock.
  using Task = std::function<void(size_t worker)>;

  // At least one worker; `queue_max` tasks may wait beside those that run.
  WorkerPool(size_t workers, size_t queue_max);
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False where the queue is full: the task was not taken and never runs.
  [[nodiscard]] bool Submit(Task task);

 private:
  void Work(size_t worker);

  const size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<Task> queue_;
  size_t idle_ = 0;
  bool closing_ = false;

  std::vector<std::thread> workers_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_WORKER_POOL_H_
