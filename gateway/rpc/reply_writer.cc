#include "gateway/rpc/reply_writer.h"

#include <utility>

namespace tracegate {

ReplyWriter::ReplyWriter()
    : replies_({.write = [this](const grpc::ByteBuffer* reply) { StartWrite(reply); },
                .finish =
                    [this](grpc::Status status) {
                      grpc::ServerWriteReactor<grpc::ByteBuffer>::Finish(std::move(status));
                    }}) {}

std::shared_ptr<ReplyWriter> ReplyWriter::Create() {
  std::shared_ptr<ReplyWriter> writer(new ReplyWriter);
  absl::MutexLock lock(&writer->mutex_);
  writer->self_ = writer;
  return writer;
}

void ReplyWriter::OnDone() {
  std::shared_ptr<ReplyWriter> self;  // destroyed after the lock is released
  {
    absl::MutexLock lock(&mutex_);
    self = std::move(self_);
  }
}

}  // namespace tracegate
