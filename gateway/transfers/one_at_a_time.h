#ifndef TRACEGATE_GATEWAY_TRANSFERS_ONE_AT_A_TIME_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ONE_AT_A_TIME_H_

#include <deque>
#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// Lets what concerns one name happen one after another, though each may take a while: nobody waits on a thread.
//
// Thread safety: all methods from any thread.
class OneAtATime {
 public:
  // Runs `turn` now, or once those before it have left. It leaves exactly once, when all is done.
  void Enter(const std::string& name, std::function<void()> turn);
  void Leave(const std::string& name);

 private:
  absl::Mutex mutex_;
  // Who waits behind the one whose turn it is.
  absl::flat_hash_map<std::string, std::deque<std::function<void()>>> waiting_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ONE_AT_A_TIME_H_
