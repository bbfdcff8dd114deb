#ifndef TRACEGATE_GATEWAY_RPC_ITEM_EXCHANGE_H_
#define TRACEGATE_GATEWAY_RPC_ITEM_EXCHANGE_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/reply_queue.h"

namespace tracegate {

// The gRPC end of a call in which both sides stream. While the caller leaves replies untaken, nothing is read from it.
//
// Lifetime: kept alive by its own stream until gRPC is done with it, and by whoever holds the pointer.
class ItemExchange : public ReplyStream,
                     public RequestStream,
                     public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  static std::shared_ptr<ItemExchange> Create();

  bool Send(std::string reply) override { return replies_.Send(std::move(reply)); }
  void Finish(absl::Status status) override { replies_.Finish(std::move(status)); }
  bool closed() override { return replies_.closed(); }
  void Next(Taken taken) override;

 private:
  using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

  ItemExchange();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override { replies_.Cancelled(); }
  void OnDone() override;
  // Reads if somebody wants the next message and the caller takes its replies.
  void ReadIfWanted();

  ReplyQueue replies_;
  absl::Mutex mutex_;
  std::shared_ptr<ItemExchange> self_ ABSL_GUARDED_BY(mutex_);  // until OnDone
  Taken taken_ ABSL_GUARDED_BY(mutex_);                         // set while a message is wanted
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ByteBuffer message_;  // gRPC's while it reads
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_ITEM_EXCHANGE_H_
