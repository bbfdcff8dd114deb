#ifndef TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_
#define TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_

#include <grpcpp/grpcpp.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/call.h"

namespace tracegate {

// The gRPC end of a stream of replies: writes them one at a time, in order, and holds at most a bounded number that
// the caller has not taken yet; past it the stream ends as OVERLOADED.
//
// Lifetime: kept alive by its own stream until gRPC is done with it, and by whoever holds the pointer.
class ReplyWriter : public ReplyStream, public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  static std::shared_ptr<ReplyWriter> Create();

  bool Send(std::string reply) override;
  void Finish(absl::Status status) override;
  bool closed() override;

 private:
  ReplyWriter() = default;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::shared_ptr<ReplyWriter> self_ ABSL_GUARDED_BY(mutex_);  // until OnDone
  std::deque<grpc::ByteBuffer> queue_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::Status> last_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_
