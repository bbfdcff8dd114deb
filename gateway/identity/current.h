#ifndef TRACEGATE_GATEWAY_IDENTITY_CURRENT_H_
#define TRACEGATE_GATEWAY_IDENTITY_CURRENT_H_

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// Something immutable that is replaced as a whole while others use it: trust, agreements, certificates. Whoever took
// one goes on with that one to the end of what it does.
//
// Thread safety: safe.
template <typename T>
class Current {
 public:
  explicit Current(std::shared_ptr<const T> value) : value_(std::move(value)) {}

  std::shared_ptr<const T> Now() const {
    absl::ReaderMutexLock lock(&mutex_);
    return value_;
  }

  void Replace(std::shared_ptr<const T> value) {
    absl::MutexLock lock(&mutex_);
    value_.swap(value);
  }

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<const T> value_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CURRENT_H_
