#ifndef TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_ROUNDS_H_
#define TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_ROUNDS_H_

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/liaison_house.h"
#include "gateway/liaison/subscription_book.h"

namespace tracegate {

// Asks the States of each subscription that stands, at once and then again and again, and sees to its end: it expires, or
// is revoked once no State may be asked for it any more. Asking is a cross-check of the subscriber's agency, with all that
// makes one lawful.
//
// Thread safety: all methods from any thread. Lifetime: everything given outlives it, and it the timers and the checks
// that run.
class SubscriptionRounds {
 public:
  // Checks under way at once; a subscription whose turn comes past that waits a minute.
  static constexpr int kAtOnceMax = 32;

  SubscriptionRounds(const LiaisonHouse& liaison, absl::Duration ask_every, SubscriptionBook* book,
                     CrossChecks* checks)
      : liaison_(liaison), ask_every_(ask_every), book_(book), checks_(checks) {}

  // Takes up all that stand, each at some moment of the first interval. Once, before calls are served.
  void Begin();

  // A subscription is new: its States are asked at once.
  void AskAtOnce(const std::string& id);

  // Its end was moved, or it was ended.
  void Changed(const std::string& id);

 private:
  struct Turn {
    absl::Time next;
    Timers::Id timer = 0;
    bool asking = false;
  };

  void AskAt(const std::string& id, absl::Time when);
  void Wake(const std::string& id);
  // Whether its States are to be asked now.
  bool IsDue(const std::string& id, absl::Time now);
  void Ask(const v1::Subscription& subscription);
  void Asked(const std::string& id, const absl::Status& status);
  void WakeAt(const std::string& id, absl::Time when) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void End(const std::string& id, v1::SubscriptionState state);
  // Something could not be done now.
  void WakeLater(const std::string& id);
  void Forget(const std::string& id);
  absl::Duration Share(double least, double most) const;

  const LiaisonHouse liaison_;
  const absl::Duration ask_every_;
  SubscriptionBook* const book_;
  CrossChecks* const checks_;

  absl::Mutex mutex_;
  std::map<std::string, Turn> turns_ ABSL_GUARDED_BY(mutex_);  // by subscription
  int asking_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_ROUNDS_H_
