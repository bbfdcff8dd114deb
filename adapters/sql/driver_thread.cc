#include "adapters/sql/driver_thread.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace tracegate {
namespace {

// How soon a call that is cancelled stops waiting.
constexpr std::chrono::milliseconds kLook{10};

}  // namespace

class DriverThread::Count {
 public:
  void Add(int change) {
    const std::lock_guard lock(mutex_);
    running_ += change;
    changed_.notify_all();
  }
  int running() const {
    const std::lock_guard lock(mutex_);
    return running_;
  }
  void AwaitNone(absl::Duration longest) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoMilliseconds(longest), [this] { return running_ == 0; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  int running_ = 0;  // guarded by mutex_
};

struct DriverThread::Shared {
  // With the mutex held.
  void Start(std::function<void()> next) {
    work = std::move(next);
    done = false;
    changed.notify_all();
  }

  std::mutex mutex;
  std::condition_variable changed;
  // Guarded by mutex.
  std::function<void()> work;
  bool done = true;
  bool closing = false;
};

std::shared_ptr<DriverThread::Count> DriverThread::NewCount() { return std::make_shared<Count>(); }

int DriverThread::Running(const Count& count) { return count.running(); }

void DriverThread::AwaitNone(const Count& count, absl::Duration longest) {
  count.AwaitNone(longest);
}

DriverThread::DriverThread(std::shared_ptr<Count> count) : shared_(std::make_shared<Shared>()) {
  count->Add(1);
  std::thread([shared = shared_, count = std::move(count)] {
    Work(shared);
    count->Add(-1);
  }).detach();
}

DriverThread::~DriverThread() {
  const std::lock_guard lock(shared_->mutex);
  shared_->closing = true;
  shared_->changed.notify_all();
}

void DriverThread::Work(const std::shared_ptr<Shared>& shared) {
  std::unique_lock lock(shared->mutex);
  while (true) {
    shared->changed.wait(lock, [&] { return shared->work != nullptr || shared->closing; });
    if (shared->work == nullptr) return;
    std::function<void()> work = std::exchange(shared->work, nullptr);
    lock.unlock();
    work();
    work = nullptr;  // with all that it owns
    lock.lock();
    shared->done = true;
    shared->changed.notify_all();
  }
}

void DriverThread::Leave(std::function<void()> work) {
  const std::lock_guard lock(shared_->mutex);
  shared_->Start(std::move(work));
}

bool DriverThread::Run(std::function<void()> work, const CallWatch& watch) {
  std::unique_lock lock(shared_->mutex);
  shared_->Start(std::move(work));
  while (!shared_->changed.wait_for(lock, kLook, [this] { return shared_->done; })) {
    if (!watch.Check().ok()) return false;
  }
  return true;
}

}  // namespace tracegate
