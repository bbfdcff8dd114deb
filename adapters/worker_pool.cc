#include "adapters/worker_pool.h"

#include <algorithm>
#include <utility>

namespace tracegate {

WorkerPool::WorkerPool(size_t workers, size_t queue_max) : queue_max_(queue_max) {
  for (size_t i = 0; i < std::max<size_t>(workers, 1); ++i) {
    workers_.emplace_back([this, i] { Work(i); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

bool WorkerPool::Submit(Task task) {
  {
    const std::lock_guard lock(mutex_);
    // A task that an idle worker is about to take does not wait, so it has no place in the bound.
    if (closing_ || queue_.size() >= queue_max_ + idle_) return false;
    queue_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::Work(size_t worker) {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    {
      const Task task = std::exchange(queue_.front(), nullptr);
      queue_.pop_front();
      lock.unlock();
      task(worker);
    }
    lock.lock();
  }
}

}  // namespace tracegate
