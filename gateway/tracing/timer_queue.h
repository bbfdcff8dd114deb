#ifndef TRACEGATE_GATEWAY_TRACING_TIMER_QUEUE_H_
#define TRACEGATE_GATEWAY_TRACING_TIMER_QUEUE_H_

#include <map>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// Timers by the system clock, with one thread.
//
// Lifetime: Stop, and so the destructor, waits for a callback that is running and drops those that have not started.
class TimerQueue : public Timers {
 public:
  TimerQueue();
  ~TimerQueue() override;

  Id At(absl::Time when, std::function<void()> callback) override;
  void Cancel(Id id) override;

  // No callback starts any more; At takes none. Not from within a callback.
  void Stop();

 private:
  using Key = std::pair<absl::Time, Id>;
  void Run();

  absl::Mutex mutex_;
  absl::CondVar earlier_;
  std::map<Key, std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  std::map<Id, absl::Time> when_ ABSL_GUARDED_BY(mutex_);
  Id next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TIMER_QUEUE_H_
