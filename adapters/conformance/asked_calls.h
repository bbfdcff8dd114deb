#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_ASKED_CALLS_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_ASKED_CALLS_H_

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tracegate {

// How often each of many calls was answered, for as long as anybody may answer.
//
// Thread safety: all methods from any thread.
class AskedCalls {
 public:
  // One call's place in the count, and its first answer. Whoever answers late may hold it longer than anybody else.
  template <typename Answer>
  class Asked {
   public:
    void Take(Answer answer) {
      absl::MutexLock lock(&mutex_);
      if (++times_ == 1) answer_ = std::move(answer);
    }
    // None where it does not come within `patience`.
    std::optional<Answer> Await(absl::Duration patience) {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(
                                  +[](int* times) { return *times > 0; }, &times_),
                              patience);
      return answer_;
    }
    int times() {
      absl::MutexLock lock(&mutex_);
      return times_;
    }

   private:
    absl::Mutex mutex_;
    int times_ ABSL_GUARDED_BY(mutex_) = 0;
    std::optional<Answer> answer_ ABSL_GUARDED_BY(mutex_);
  };

  template <typename Answer>
  std::shared_ptr<Asked<Answer>> New() {
    auto asked = std::make_shared<Asked<Answer>>();
    absl::MutexLock lock(&mutex_);
    counts_.push_back([asked] { return asked->times(); });
    return asked;
  }

  // How many were answered not at all, and how many more than once.
  std::pair<int, int> LostAndRepeated() const {
    absl::MutexLock lock(&mutex_);
    int lost = 0, repeated = 0;
    for (const auto& times : counts_) {
      const int answers = times();
      lost += answers == 0;
      repeated += answers > 1;
    }
    return {lost, repeated};
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::function<int()>> counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_ASKED_CALLS_H_
