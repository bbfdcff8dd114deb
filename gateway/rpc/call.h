#ifndef TRACEGATE_GATEWAY_RPC_CALL_H_
#define TRACEGATE_GATEWAY_RPC_CALL_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"

namespace tracegate {

// A call that passed identity and policy.
struct Call {
  Caller caller;
  std::string method;  // "/package.Service/Method"
  absl::Time deadline = absl::InfiniteFuture();
};

// Runs once, from any thread: the serialised reply, or why there is none.
using ReplyDone = std::function<void(absl::StatusOr<std::string>)>;

// Where a streaming handler puts its replies. Thread-safe; after Finish nothing is sent.
class ReplyStream {
 public:
  virtual ~ReplyStream() = default;

  // Queues one serialised reply; false once the caller is gone or the stream has finished.
  virtual bool Send(std::string reply) = 0;
  virtual void Finish(absl::Status status) = 0;
  // Whether the caller is gone or the stream has finished.
  virtual bool closed() = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_CALL_H_
