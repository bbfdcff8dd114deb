#ifndef TRACEGATE_GATEWAY_DAEMON_ERASURE_ROUNDS_H_
#define TRACEGATE_GATEWAY_DAEMON_ERASURE_ROUNDS_H_

#include <stop_token>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/evidence/retention/content_eraser.h"

namespace tracegate {

// Erases what has run out, on a thread of its own: at once, and then every `interval`. The operations log says what was
// erased, and what went wrong; then the next round tries again.
//
// Lifetime: what the eraser's options point to outlives it. The destructor ends a round after the batch it is at.
class ErasureRounds {
 public:
  ErasureRounds(ContentEraser::Options options, absl::Duration interval);
  ~ErasureRounds();

 private:
  void Loop(std::stop_token stop);
  void EraseOnce(std::stop_token stop);

  ContentEraser eraser_;  // the thread's own
  const absl::Duration interval_;
  absl::Mutex mutex_;
  std::jthread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_ERASURE_ROUNDS_H_
