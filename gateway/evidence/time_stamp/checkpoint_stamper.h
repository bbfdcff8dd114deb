#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CHECKPOINT_STAMPER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CHECKPOINT_STAMPER_H_

#include <memory>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/evidence/time_stamp/stamp_state.h"
#include "gateway/evidence/time_stamp/stamping.h"
#include "gateway/evidence/time_stamp/time_stamp_authority.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"

namespace tracegate {

// Has a log's newest checkpoint stamped by a time-stamp authority every `interval`, on a thread of its
// own: nobody's call waits for it, and no failure of it stops anything. The first attempt is made at
// once.
//
// Thread safety: all methods from any thread.
//
// Lifetime: the destructor cancels `authority` for good and waits for the callback that is running,
// not for the authority.
//
// Durability: a stamp is what `keep` made durable. A stop between the authority's answer and `keep`
// loses one token, which nobody needs: the next start asks anew.
//
// Errors: see Stamping.
class CheckpointStamper {
 public:
  // Errors: those of CheckStampingOptions.
  static absl::StatusOr<std::unique_ptr<CheckpointStamper>> Start(
      std::unique_ptr<TimeStampAuthority> authority,
      std::unique_ptr<const TimeStampVerifier> verifier, StampingOptions options);
  ~CheckpointStamper();

  StampState state() const { return stamping_.state(); }

  // Has the thread look at the clock again now, where it was set.
  void Wake();

 private:
  CheckpointStamper(std::unique_ptr<TimeStampAuthority> authority,
                    std::unique_ptr<const TimeStampVerifier> verifier, StampingOptions options);

  void Loop();
  // Waits until `next`; false where no turn is to follow.
  bool AwaitTurn(absl::Time next);

  const std::unique_ptr<TimeStampAuthority> authority_;
  const std::unique_ptr<const TimeStampVerifier> verifier_;
  const absl::Duration wait_max_;
  const std::function<absl::Time()> clock_;
  Stamping stamping_;

  absl::Mutex mutex_;
  absl::CondVar changed_;
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_CHECKPOINT_STAMPER_H_
