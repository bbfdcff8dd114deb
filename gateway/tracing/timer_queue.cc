#include "gateway/tracing/timer_queue.h"

#include "absl/time/clock.h"

namespace tracegate {

TimerQueue::TimerQueue() : thread_([this] { Run(); }) {}

TimerQueue::~TimerQueue() { Stop(); }

void TimerQueue::Stop() {
  std::map<Key, std::function<void()>> dropped;  // destroyed after the lock is released
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
    when_.clear();
    earlier_.Signal();
  }
  if (thread_.joinable()) thread_.join();
}

Timers::Id TimerQueue::At(absl::Time when, std::function<void()> callback) {
  absl::MutexLock lock(&mutex_);
  const Id id = next_id_++;
  if (stopping_) return id;
  const auto at = waiting_.emplace(Key{when, id}, std::move(callback)).first;
  when_.emplace(id, when);
  if (at == waiting_.begin()) earlier_.Signal();
  return id;
}

void TimerQueue::Cancel(Id id) {
  std::function<void()> dropped;  // destroyed after the lock is released
  absl::MutexLock lock(&mutex_);
  const auto when = when_.find(id);
  if (when == when_.end()) return;
  const auto at = waiting_.find(Key{when->second, id});
  dropped = std::move(at->second);
  waiting_.erase(at);
  when_.erase(when);
}

void TimerQueue::Run() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      earlier_.Wait(&mutex_);
      continue;
    }
    const auto first = waiting_.begin();
    if (first->first.first > absl::Now()) {
      earlier_.WaitWithDeadline(&mutex_, first->first.first);
      continue;
    }
    auto callback = std::move(first->second);
    when_.erase(first->first.second);
    waiting_.erase(first);
    mutex_.Unlock();
    callback();
    callback = nullptr;
    mutex_.Lock();
  }
}

}  // namespace tracegate
