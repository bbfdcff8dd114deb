#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_FAKE_TIME_STAMP_AUTHORITY_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_FAKE_TIME_STAMP_AUTHORITY_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "gateway/evidence/time_stamp/time_stamp_authority.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// An authority in memory that answers as it is told.
//
// Thread safety: all of it from any thread.
class FakeTimeStampAuthority : public TimeStampAuthority {
 public:
  using Answer = std::function<absl::StatusOr<std::string>(const std::string& request)>;

  // Without an answer it hangs until it is cancelled.
  explicit FakeTimeStampAuthority(Answer answer = nullptr) : answer_(std::move(answer)) {}

  absl::StatusOr<std::string> Ask(const std::string& request, absl::Duration /*timeout*/) override {
    Answer answer;
    {
      absl::MutexLock lock(&mutex_);
      ++asked_;
      changed_.SignalAll();
      while (!answer_ && !cancelled_) changed_.Wait(&mutex_);
      if (cancelled_) return Failure(v1::REASON_CANCELLED, "cancelled");
      answer = answer_;
    }
    return answer(request);
  }

  void Cancel() override {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
    changed_.SignalAll();
  }

  void AnswerWith(Answer answer) {
    absl::MutexLock lock(&mutex_);
    answer_ = std::move(answer);
    changed_.SignalAll();
  }

  int asked() const {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  void AwaitAsked(int times) const {
    absl::MutexLock lock(&mutex_);
    while (asked_ < times) changed_.Wait(&mutex_);
  }

 private:
  mutable absl::Mutex mutex_;
  mutable absl::CondVar changed_;
  Answer answer_;
  int asked_ = 0;
  bool cancelled_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_TIME_STAMP_FAKE_TIME_STAMP_AUTHORITY_H_
