#ifndef TRACEGATE_ADAPTERS_HTTP_TROUBLE_TELLER_H_
#define TRACEGATE_ADAPTERS_HTTP_TROUBLE_TELLER_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// Tells whoever keeps a registry why it could not be asked, or did not answer as its mapping says: once, until something
// else is the matter or it answered in between.
//
// Thread safety: all methods from any thread.
class TroubleTeller {
 public:
  // `tell` may be empty.
  explicit TroubleTeller(std::function<void(const std::string& trouble)> tell)
      : tell_(std::move(tell)) {}

  // How a call to the registry ended.
  void Note(const absl::Status& outcome) {
    const v1::Reason reason = outcome.ok() ? v1::REASON_UNSPECIFIED : DetailOf(outcome).reason();
    const bool is_trouble =
        reason == v1::REASON_REGISTRY_UNAVAILABLE || reason == v1::REASON_REGISTRY_MISMATCH;
    if (!tell_ || (!outcome.ok() && !is_trouble)) return;
    const std::string trouble = std::string(outcome.message());
    {
      const absl::MutexLock lock(&mutex_);
      if (trouble == last_) return;
      last_ = trouble;
    }
    if (!outcome.ok()) tell_(trouble);
  }

 private:
  const std::function<void(const std::string& trouble)> tell_;
  absl::Mutex mutex_;
  std::string last_ ABSL_GUARDED_BY(mutex_);  // empty: it answered
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_TROUBLE_TELLER_H_
