#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_AUDIENCE_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_AUDIENCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/tracing/listeners.h"
#include "gateway/tracing/timers.h"

namespace tracegate {

// Who hears of one trace: callers that wait for its end, and watchers.
//
// Thread safety: none; its owner guards it, and lets go of its own lock before it calls anybody.
class TraceAudience {
 public:
  // The reply as it goes on the wire: a serialised v1::Trace with its receipt.
  using Reply = std::function<void(absl::StatusOr<std::string>)>;
  struct Watcher {
    // A serialised v1::Trace without receipt, at each change; `ended` with the last. Empty where there is nothing new.
    std::function<void(const std::string& trace, bool ended)> hear;
    // Whether nobody listens any more. It may not call back.
    std::function<bool()> gone = [] { return false; };
  };
  struct Watching {
    Watcher watcher;
    int64_t seen;  // the revision that the watcher has

    bool gone() const { return watcher.gone(); }
  };
  using Watchers = std::vector<std::shared_ptr<Watching>>;

  struct Waiter {
    uint64_t number;
    Reply reply;
    Timers::Id timer;
  };

  uint64_t NextNumber() { return next_number_++; }
  void Add(Waiter waiter) { waiters_.push_back(std::move(waiter)); }
  // The waiter goes; nothing where it is gone.
  std::optional<Waiter> Take(uint64_t number);
  std::vector<Waiter> TakeAll() { return std::exchange(waiters_, {}); }
  bool anybody_waits() const { return !waiters_.empty(); }
  std::vector<uint64_t> numbers() const;

  void Add(Watcher watcher, int64_t seen);
  bool anybody_watches() const { return watchers_.size() > 0; }
  // The watchers that have not seen `revision`.
  Watchers Hear(int64_t revision);
  // All of them; they go.
  Watchers LetGo() { return watchers_.TakeAll(); }

 private:
  std::vector<Waiter> waiters_;
  Listeners<Watching> watchers_;
  uint64_t next_number_ = 1;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_AUDIENCE_H_
