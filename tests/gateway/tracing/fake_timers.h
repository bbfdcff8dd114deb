#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_TIMERS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_TIMERS_H_

#include <map>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// Timers and the clock they go by: time stands until the test moves it, and callbacks run on the test's thread.
class FakeTimers : public Timers {
 public:
  Id At(absl::Time when, std::function<void()> callback) override {
    absl::MutexLock lock(&mutex_);
    const Id id = next_id_++;
    if (!stopped_) waiting_.emplace(std::pair(when, id), std::move(callback));
    return id;
  }

  void Cancel(Id id) override {
    std::function<void()> dropped;
    absl::MutexLock lock(&mutex_);
    for (auto at = waiting_.begin(); at != waiting_.end(); ++at) {
      if (at->first.second != id) continue;
      dropped = std::move(at->second);
      waiting_.erase(at);
      return;
    }
  }

  absl::Time Now() {
    absl::MutexLock lock(&mutex_);
    return now_;
  }

  // Moves the clock and runs what is due, in order of time.
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
    while (!waiting_.empty() && waiting_.begin()->first.first <= now_) {
      auto callback = std::move(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      mutex_.Unlock();
      callback();
      callback = nullptr;
      mutex_.Lock();
    }
  }

  // Waits until that many callbacks wait; false after half a minute.
  bool AwaitWaiting(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&] { return waiting_.size() >= count; };
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
  }

  // Drops what waits and takes nothing any more.
  void Stop() {
    std::map<std::pair<absl::Time, Id>, std::function<void()>> dropped;
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    dropped.swap(waiting_);
  }

  // Takes callbacks again, for the next life.
  void GoOn() {
    absl::MutexLock lock(&mutex_);
    stopped_ = false;
  }

 private:
  absl::Mutex mutex_;
  absl::Time now_ = absl::FromUnixSeconds(1'780'000'000);  // 2026-05-28
  std::map<std::pair<absl::Time, Id>, std::function<void()>> waiting_;
  Id next_id_ = 1;
  bool stopped_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_FAKE_TIMERS_H_
