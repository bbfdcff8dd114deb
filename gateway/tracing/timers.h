#ifndef TRACEGATE_GATEWAY_TRACING_TIMERS_H_
#define TRACEGATE_GATEWAY_TRACING_TIMERS_H_

#include <cstdint>
#include <functional>

#include "absl/time/time.h"

namespace tracegate {

// Runs things later.
//
// Thread safety: all methods from any thread, also from within a callback.
class Timers {
 public:
  using Id = uint64_t;

  virtual ~Timers() = default;

  // Runs `callback` once, at or after `when`, on a thread of the timers'. It must not block.
  virtual Id At(absl::Time when, std::function<void()> callback) = 0;

  // The callback will not start any more, unless it has started already. An unknown id is no error.
  virtual void Cancel(Id id) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TIMERS_H_
