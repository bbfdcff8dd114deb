#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMPING_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMPING_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/time_stamp/stamp_state.h"
#include "gateway/evidence/time_stamp/time_stamp_authority.h"
#include "gateway/evidence/time_stamp/time_stamp_verifier.h"

namespace tracegate {

// What a stamper works with. The callbacks run on the stamper's thread and may block; they have no
// defaults.
struct StampingOptions {
  absl::Duration interval = absl::Hours(1);  // from one stamp to the next; above 0
  absl::Duration grace =
      absl::Hours(24);  // a checkpoint may wait so long before the alert; 0 or more
  absl::Duration ask_timeout = absl::Seconds(30);  // of one request; above 0
  absl::Duration retry_first =
      absl::Seconds(10);  // doubled at each failure, up to `interval`; above 0
  // The note that has the newest stamp in the store, so that a restart does not stamp it again; empty:
  // none.
  std::string last_stamped = {};

  std::function<absl::Time()> clock;
  std::function<uint64_t()> random;  // 64 unguessable bits: nonces and jitter
  // The log's newest checkpoint, signed, as the store has it; empty where the log is.
  std::function<std::string()> newest;
  // Makes a verified token durable: of the checkpoint of that tree size, whose note that is. Called again for the same
  // size where it failed, with another token.
  std::function<absl::Status(int64_t tree_size, const std::string& note,
                             const TimeStampVerifier::Stamped& stamped)>
      keep;
  // An outage began (`beyond_grace`), or ended.
  std::function<void(const StampState& state)> alert;
};

// Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `time_stamp.<member>`.
absl::Status CheckStampingOptions(const StampingOptions& options);

// The work of a CheckpointStamper without its thread: what is done in one turn, and when the next one
// is due.
//
// Thread safety: Turn from one thread at a time; state from any. Lifetime: `authority` and `verifier`
// outlive it.
//
// Errors: what fails (the authority, a token that does not verify, `keep`) stands in the state and is
// tried again after a back-off: `retry_first` doubled at each failure in a row, at most `interval`,
// less up to half of it by chance so that gateways do not return together.
class Stamping {
 public:
  // `options` passed CheckStampingOptions.
  Stamping(TimeStampAuthority* authority, const TimeStampVerifier* verifier,
           StampingOptions options);

  // Stamps the newest checkpoint if that is due and it has no stamp, and tells of an outage that began
  // or ended. The instant, by the clock, before which another turn has nothing to do.
  absl::Time Turn();

  StampState state() const;

 private:
  void Try(absl::Time now);
  absl::Status Stamp(const std::string& note);
  void Succeeded(absl::Time now);
  void Failed(const absl::Status& status, absl::Time now);
  void TellOfOutage(absl::Time now);
  absl::Time NextTurn() const;
  absl::Duration RetryDelay(int failures);

  TimeStampAuthority* const authority_;
  const TimeStampVerifier* const verifier_;
  const StampingOptions options_;

  // The turning thread's own.
  std::string stamped_;  // note
  absl::Time next_try_ = absl::InfinitePast();

  mutable absl::Mutex mutex_;
  StampState state_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_STAMPING_H_
