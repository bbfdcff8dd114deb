#ifndef TRACEGATE_GATEWAY_RPC_REPLY_QUEUE_H_
#define TRACEGATE_GATEWAY_RPC_REPLY_QUEUE_H_

#include <grpcpp/grpcpp.h>

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// The replies of one stream on their way out: written one at a time, in order. It holds at most a bounded number that the
// caller has not taken yet; past it the stream ends as OVERLOADED.
//
// Thread safety: all methods from any thread. Lifetime: what `wire` reaches outlives it.
class ReplyQueue {
 public:
  // Begins an operation of gRPC's, which never ends within the call.
  struct Wire {
    std::function<void(const grpc::ByteBuffer*)> write;
    std::function<void(grpc::Status)> finish;
  };

  explicit ReplyQueue(Wire wire) : wire_(std::move(wire)) {}

  // As of ReplyStream.
  bool Send(std::string reply);
  void Finish(absl::Status status);
  bool closed();

  // The write that was begun has ended.
  void Written(bool ok);
  // The caller is gone.
  void Cancelled();

  // Replies not written yet.
  size_t waiting();

 private:
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void DropUnwritten() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Wire wire_;
  absl::Mutex mutex_;
  std::deque<grpc::ByteBuffer> queue_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::Status> last_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_REPLY_QUEUE_H_
