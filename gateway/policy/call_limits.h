#ifndef TRACEGATE_GATEWAY_POLICY_CALL_LIMITS_H_
#define TRACEGATE_GATEWAY_POLICY_CALL_LIMITS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/policy/day_count.h"
#include "gateway/policy/token_bucket.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// One call's place among those in flight. Gives it back when it ends; may outlive the limits.
class CallTicket {
 public:
  CallTicket() = default;
  explicit CallTicket(std::shared_ptr<std::atomic<int64_t>> in_flight)
      : in_flight_(std::move(in_flight)) {
    ++*in_flight_;
  }
  CallTicket(CallTicket&& other) noexcept = default;
  CallTicket& operator=(CallTicket&& other) noexcept {
    std::swap(in_flight_, other.in_flight_);
    return *this;
  }
  ~CallTicket() {
    if (in_flight_ != nullptr) --*in_flight_;
  }

 private:
  std::shared_ptr<std::atomic<int64_t>> in_flight_;
};

// How much each agency may call: a minute, at once, and a UTC day. Agencies do not feel each other. Callers that were
// not identified share one bound, which is on what the log keeps of them: so nobody without a certificate can make it
// grow without end.
//
// Thread safety: safe.
class CallLimits {
 public:
  // As configuration.md documents them: 0 is the default, -1 no such bound. At most `agencies_max` agencies are
  // remembered; idle ones are forgotten first, one at a limit never.
  explicit CallLimits(const config::v1::Limits& limits, size_t agencies_max = 4096);

  // Takes other bounds for the calls to come. Counts, and calls in flight, stay.
  void Configure(const config::v1::Limits& limits);

  // Lets a call of an identified caller in; keep the ticket while the call lasts. RESOURCE_EXHAUSTED with a retry hint:
  // RATE_LIMITED past a minute's or at once, QUOTA_EXCEEDED past the day's. A call that is turned away uses nothing up.
  absl::StatusOr<CallTicket> Enter(const Caller& caller, absl::Time now);

  // Counts one item of a stream that was let in: as a call, except that those at once are the stream's own matter, and that
  // it leaves a tenth of the burst to the agency's other calls. Errors as of Enter.
  absl::Status EnterItem(const Caller& caller, absl::Time now);

  // Whether the refusal of a caller that was not identified gets an entry of its own. Where it does not, it is counted.
  bool RecordsStranger(absl::Time now);

  // How many were only counted since this was last asked.
  int64_t TakeUncounted();

  // Agencies now remembered; for a gauge and for tests.
  size_t agencies() const;

 private:
  struct Agency {
    TokenBucket bucket;
    DayCount today;
    std::shared_ptr<std::atomic<int64_t>> in_flight;
    absl::Time last_call;
  };

  absl::StatusOr<Agency*> AgencyOf(const Caller& caller, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Counts a call, or an item, of the agency, or says why there is no room for it.
  absl::StatusOr<Agency*> Count(const Caller& caller, absl::Time now, bool is_item)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // OK where the agency is below that bound. `spare` calls stay left of the minute's.
  absl::Status RoomToday(const std::string& name, Agency* agency, absl::Time now) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RoomAtOnce(const std::string& name, const Agency& agency) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RoomThisMinute(const std::string& name, Agency* agency, absl::Time now,
                              int64_t spare) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Forgets those that are as if they had never called; where there are none, the one that was silent longest of those
  // not at a limit. False where every one is.
  bool ForgetIdle(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t agencies_max_;
  mutable absl::Mutex mutex_;
  config::v1::Limits limits_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, Agency> agencies_ ABSL_GUARDED_BY(mutex_);
  TokenBucket strangers_ ABSL_GUARDED_BY(mutex_);
  int64_t uncounted_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_CALL_LIMITS_H_
