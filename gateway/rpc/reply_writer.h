#ifndef TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_
#define TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/reply_queue.h"

namespace tracegate {

// The gRPC end of a stream of replies.
//
// Lifetime: kept alive by its own stream until gRPC is done with it, and by whoever holds the pointer.
class ReplyWriter : public ReplyStream, public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  static std::shared_ptr<ReplyWriter> Create();

  bool Send(std::string reply) override { return replies_.Send(std::move(reply)); }
  void Finish(absl::Status status) override { replies_.Finish(std::move(status)); }
  bool closed() override { return replies_.closed(); }

 private:
  ReplyWriter();

  void OnWriteDone(bool ok) override { replies_.Written(ok); }
  void OnCancel() override { replies_.Cancelled(); }
  void OnDone() override;

  ReplyQueue replies_;
  absl::Mutex mutex_;
  std::shared_ptr<ReplyWriter> self_ ABSL_GUARDED_BY(mutex_);  // until OnDone
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_REPLY_WRITER_H_
