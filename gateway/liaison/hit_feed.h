#ifndef TRACEGATE_GATEWAY_LIAISON_HIT_FEED_H_
#define TRACEGATE_GATEWAY_LIAISON_HIT_FEED_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/listeners.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// The hits of each State in the order of the log (HIT_NOTIFIED), told from any place on, then each as it happens: nothing
// is told that is not durable, and nothing between the two is missed. It keeps where they stand, eight bytes a hit, and of
// subscriptions what was told; the log has the rest.
//
// Thread safety: all methods from any thread. Lifetime: `store` outlives it.
class HitFeed {
 public:
  // Who hears of hits. Neither may block.
  struct Listener {
    // One notice and where it stands in the log; whether it was passed on.
    std::function<bool(int64_t index, const v1::HitNotice& notice)> hear;
    std::function<bool()> gone;
    std::function<void(absl::Status)> end;
  };

  // Below what a stream holds for a slow caller.
  static constexpr int kBacklogMax = 200;

  // Reads from the log where hits stand. Errors: the store's.
  static absl::StatusOr<std::unique_ptr<HitFeed>> Open(RecordStore* store);

  // Takes the notices among entries that were just made durable, the first of them at that index. In the order of the
  // log: from its callbacks.
  void Take(int64_t first_index, const std::vector<EntryDraft>& entries);

  // Tells that State's hits from `from_index` on, first those that stand in the log: kBacklogMax at most, then it ends
  // without an error, so that whoever has much to catch up on does it in steps. Those whose content was erased are passed
  // over. Errors: the store's, or DRAINING, to `end`.
  void Listen(const std::string& state, int64_t from_index, Listener listener);

  // Whether the searcher was told of that before under the same subscription: of a hit in that State, at that office, as
  // certain. False of hits that are no subscription's.
  bool WasTold(const v1::HitNotice& notice) const;

  // The gateway stops: every listener is let go without an error.
  void Drain();

  // Listeners now; for tests.
  size_t listeners() const;

 private:
  struct Hits {
    std::vector<int64_t> indexes;  // ascending
    Listeners<const Listener> listeners;
  };

  void MarkTold(const v1::HitNotice& notice) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  explicit HitFeed(RecordStore* store) : store_(store) {}

  // The next few places from `from` on; where there are none, the listener stays for those to come.
  std::vector<int64_t> NextOrStay(const std::string& state, int64_t from,
                                  const std::shared_ptr<const Listener>& listener);
  void Tell(const std::string& state, int64_t index, const v1::HitNotice& notice);

  RecordStore* const store_;
  mutable absl::Mutex mutex_;
  std::map<std::string, Hits, std::less<>> hits_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> told_ ABSL_GUARDED_BY(mutex_);  // as WasTold
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_HIT_FEED_H_
