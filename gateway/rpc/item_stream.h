#ifndef TRACEGATE_GATEWAY_RPC_ITEM_STREAM_H_
#define TRACEGATE_GATEWAY_RPC_ITEM_STREAM_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/policy/access_table.h"
#include "gateway/policy/call_limits.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/incoming_call.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// One admitted call of a caller that streams: each item is recorded, counted and answered as a call of its own, and told in
// the order of arrival. At most kItemsAtOnce items, and about kItemBytesAtOnce bytes of them, are worked on at once; past
// them, and past the agency's calls a minute, nothing is read and the caller waits.
//
// An item that fails is told as such and the stream goes on; it ends where the gateway stops (DRAINING).
//
// Thread safety: all methods from any thread. Lifetime: what it waits for holds it; what is pointed to outlives it.
class ItemStream : public std::enable_shared_from_this<ItemStream> {
 public:
  static constexpr size_t kItemsAtOnce = 128;
  static constexpr size_t kItemBytesAtOnce = 4 << 20;

  struct Parts {
    EvidenceLog* log = nullptr;
    CallLimits* limits = nullptr;
    Timers* timers = nullptr;
    std::function<absl::Time()> clock;
    size_t message_bytes_max = 0;
  };

  ItemStream(Parts parts, IncomingCall incoming, Call call, RecordRule rule,
             std::shared_ptr<ItemServer> server, std::shared_ptr<RequestStream> source,
             std::shared_ptr<ReplyStream> sink);

  // Keeps `holding` until the stream is over, and takes the first item.
  void Begin(std::shared_ptr<void> holding);

  // Takes no more items; once those taken are told, the stream ends with that status. False where it is over.
  bool Drain(const absl::Status& why);

  // Ends at once, whatever is being worked on. False where it is over.
  bool Cut(const absl::Status& why);

 private:
  // An item in work, or one whose answer waits for those before it.
  struct Item {
    std::string request;
    std::optional<absl::StatusOr<std::string>> answer;
  };

  void TakeNext();
  void Taken(std::optional<std::string> item);
  // Serves the item once its agency may make another call.
  void Admit(std::string item);
  void Serve(std::string item, const absl::Status& verdict);
  void Answered(uint64_t number, absl::StatusOr<std::string> answer);
  // Tells what may be told by now.
  void Tell() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void EndIfDone() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Records a refusal of the whole call, then ends it.
  void Refuse(const absl::Status& why) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Parts parts_;
  const IncomingCall incoming_;
  const Call call_;
  const RecordRule rule_;
  const std::shared_ptr<RequestStream> source_;
  const std::shared_ptr<ReplyStream> sink_;
  absl::Mutex mutex_;
  // Let go once the stream is over: items that it still works on hold the stream.
  std::shared_ptr<ItemServer> server_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<void> holding_ ABSL_GUARDED_BY(mutex_);
  std::deque<Item> items_ ABSL_GUARDED_BY(mutex_);  // in order of arrival
  uint64_t told_ ABSL_GUARDED_BY(mutex_) = 0;       // the number of items_.front()
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool taking_ ABSL_GUARDED_BY(mutex_) = false;
  bool taken_all_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status drained_ ABSL_GUARDED_BY(mutex_);
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_ITEM_STREAM_H_
