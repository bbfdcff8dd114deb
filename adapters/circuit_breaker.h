#ifndef TRACEGATE_ADAPTERS_CIRCUIT_BREAKER_H_
#define TRACEGATE_ADAPTERS_CIRCUIT_BREAKER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/cross_checker.h"
#include "adapters/partner_gateway.h"
#include "adapters/registry_adapter.h"
#include "adapters/registry_standing.h"
#include "tracegate/v1/reason.pb.h"

namespace tracegate {

// A registry that is not asked again at once after it has failed several times running, so that calls do not queue for
// what is down, and what comes back is not met by all who waited.
//
// Closed, every call goes through. After `failures_max` failures in a row (UNAVAILABLE or DEADLINE_EXCEEDED) it opens:
// calls are refused at once for a pause. Then one call goes through as a probe, while others are still refused: if it is
// answered in any way the breaker closes, if it fails the pause doubles. A question about health always goes through, and
// an answer to any call closes the breaker too.
//
// Thread safety, lifetime: as RegistryAdapter. Errors: as the registry's own; refused calls are UNAVAILABLE
// with when to try again.
class CircuitBreaker : public RegistryAdapter, public CrossChecker, public PartnerGateway {
 public:
  struct Options {
    std::string name;  // the registry's, for messages
    // Why a call is refused while it is open; UNAVAILABLE, as the registry's own failures are.
    v1::Reason reason = v1::REASON_REGISTRY_UNAVAILABLE;
    int failures_max = 5;  // at least 1
    absl::Duration pause_first = absl::Seconds(1);
    absl::Duration pause_max = absl::Seconds(30);
    std::function<absl::Time()> clock;  // no default
    // Called from any thread when it opens and when it closes; may be empty. Must not block.
    std::function<void(bool open)> tell_change = {};
    // The registry itself, where it says by itself what it knows; null: METHOD_UNKNOWN.
    CrossChecker* cross_checker = nullptr;
    // The registry itself, where it is another State's gateway; null: METHOD_UNKNOWN.
    PartnerGateway* partner = nullptr;
  };

  CircuitBreaker(std::unique_ptr<RegistryAdapter> registry, Options options);

  adapter::v1::DescribeResponse Describe() const override { return registry_->Describe(); }
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;
  void CrossCheck(RegistryCall call, v1::CrossCheckRequest request, CrossCheckDone done) override;
  void AskPartner(RegistryCall call, const char* method, std::string request,
                  PartnerDone done) override;

  // Whether calls are refused now, a probe under way or not.
  bool IsOpen() const;

  // The same, and when the registry last answered and last failed.
  RegistryStanding Standing() const;

 private:
  enum class Passage { kOrdinary, kProbe };

  absl::StatusOr<Passage> Enter();
  void Leave(Passage passage, const absl::Status& outcome);
  void Count(Passage passage, const absl::Status& outcome) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // `done`, told apart what the call was, once its outcome has been counted.
  template <typename Done>
  Done Counting(Passage passage, Done done);

  const Options options_;
  mutable absl::Mutex mutex_;
  int failures_ ABSL_GUARDED_BY(mutex_) = 0;  // in a row
  absl::Duration pause_ ABSL_GUARDED_BY(mutex_);
  absl::Time open_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
  bool probing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time last_answer_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Time last_failure_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  const std::unique_ptr<RegistryAdapter> registry_;  // the first to go: its calls end in here
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CIRCUIT_BREAKER_H_
