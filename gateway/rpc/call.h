#ifndef TRACEGATE_GATEWAY_RPC_CALL_H_
#define TRACEGATE_GATEWAY_RPC_CALL_H_

#include <functional>
#include <memory>
#include <optional>
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

// What a streaming caller sends, taken as fast as it can be worked on: the caller waits meanwhile. Thread-safe.
class RequestStream {
 public:
  // Runs once, from any thread: the next message, or nothing where the caller has sent its last or is gone.
  using Taken = std::function<void(std::optional<std::string>)>;

  virtual ~RequestStream() = default;

  // One at a time: not again before `taken` has run.
  virtual void Next(Taken taken) = 0;
};

// Serves the items of one stream, several at once, each as if it were a call of its own. Thread-safe.
class ItemServer {
 public:
  virtual ~ItemServer() = default;

  // The reply to one item, or why there is none. It may outlive the server.
  virtual void Serve(std::string item, ReplyDone done) = 0;
  // The reply that tells of the failure of that item alone.
  virtual std::string Failed(const std::string& item, const absl::Status& why) const = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_CALL_H_
