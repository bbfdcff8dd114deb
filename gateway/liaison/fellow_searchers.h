#ifndef TRACEGATE_GATEWAY_LIAISON_FELLOW_SEARCHERS_H_
#define TRACEGATE_GATEWAY_LIAISON_FELLOW_SEARCHERS_H_

#include <deque>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/liaison_house.h"
#include "gateway/liaison/subscription_book.h"
#include "gateway/tracing/inquiry.h"

namespace tracegate {

// Tells agencies that ask about what may be one weapon of each other (deconfliction): by a trace, a cross-check or a
// subscription. Agencies of one State are told; of two States only where agreements both ways let each know, and else
// neither. Told is who asks and how to reach them, to agencies of this house: another State's are told by their own
// gateway, where it sees both.
//
// Looked at is what is on record of own agencies' traces, the subscriptions that stand, and the newest kRememberedMax
// inquiries of whatever kind since the start. That is done by and by, so that no reply tells by its delay what was found. An
// inquiry that has not been looked at when the process is killed tells nobody.
//
// Thread safety: all methods from any thread. Lifetime: everything given outlives it, and it the timers and the log.
class FellowSearchers {
 public:
  static constexpr size_t kRememberedMax = 4096;
  static constexpr size_t kWaitingMax = 4096;

  FellowSearchers(const LiaisonHouse& liaison, HitFeed* feed, const SubscriptionBook* standing)
      : liaison_(liaison), feed_(feed), standing_(standing) {}

  // Remembers what other States' gateways ask for and still wait for. Once, before calls are served. Errors: the store's.
  absl::Status Recall();

  // Somebody begins to ask. Returns at once, unless kWaitingMax wait.
  void Note(Inquiry inquiry);

  // Looks at what waits; nothing is noted any more.
  void Drain();

 private:
  // Somebody who asks, as far as others may come to know of it.
  struct Searcher {
    v1::TraceRequest request;  // the agency, what for and under which guarantee
    std::string number;        // the weapon's, folded
    v1::Term maker;
    v1::Handling handling;
    std::string trace_id;
    std::string cross_check_id;
    std::string subscription_id;
  };
  static Searcher SearcherOf(const Inquiry& inquiry);

  // False where nothing waits.
  bool LookAtNext();
  void Look(const Inquiry& inquiry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(order_);
  // Other agencies that ask about the weapon, each once.
  std::map<std::string, Searcher> OthersThan(const Inquiry& inquiry)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(order_);
  // Whether the inquiry with one of that one's ids waits to be looked at: then it will find who came before.
  bool StillWaits(const Searcher& searcher);
  void AddNotices(const Searcher& one, const Searcher& other, RecordDraft* draft) const;
  void AddNotice(const Searcher& to, const Searcher& of, const config::v1::Agreement* agreement,
                 RecordDraft* draft) const;
  void Remember(Searcher searcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(order_);

  const LiaisonHouse liaison_;
  HitFeed* const feed_;
  const SubscriptionBook* const standing_;

  absl::Mutex order_
      ABSL_ACQUIRED_BEFORE(mutex_);  // of looking: who comes later finds who came before
  std::deque<Searcher> remembered_ ABSL_GUARDED_BY(order_);  // newest last
  absl::Mutex mutex_;
  std::deque<Inquiry> waiting_ ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_FELLOW_SEARCHERS_H_
