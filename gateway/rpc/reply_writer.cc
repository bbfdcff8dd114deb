#include "gateway/rpc/reply_writer.h"

#include <utility>

#include "gateway/rpc/grpc_bytes.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kQueueMax = 256;

}  // namespace

std::shared_ptr<ReplyWriter> ReplyWriter::Create() {
  std::shared_ptr<ReplyWriter> writer(new ReplyWriter);
  absl::MutexLock lock(&writer->mutex_);
  writer->self_ = writer;
  return writer;
}

bool ReplyWriter::Send(std::string reply) {
  absl::MutexLock lock(&mutex_);
  if (last_) return false;
  if (queue_.size() >= kQueueMax) {
    last_ = ToGrpcStatus(Failure(v1::REASON_OVERLOADED, "the caller takes replies too slowly"));
    while (queue_.size() > (writing_ ? 1u : 0u)) queue_.pop_back();
  } else {
    queue_.push_back(BufferOf(reply));
  }
  WriteNext();
  return true;
}

void ReplyWriter::Finish(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (last_) return;
  last_ = ToGrpcStatus(status);
  WriteNext();
}

bool ReplyWriter::closed() {
  absl::MutexLock lock(&mutex_);
  return last_.has_value();
}

void ReplyWriter::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  writing_ = false;
  queue_.pop_front();
  if (!ok) {
    queue_.clear();
    if (!last_) last_ = grpc::Status::CANCELLED;
  }
  WriteNext();
}

void ReplyWriter::OnCancel() {
  absl::MutexLock lock(&mutex_);
  if (!last_) last_ = grpc::Status::CANCELLED;
  while (queue_.size() > (writing_ ? 1u : 0u)) queue_.pop_back();
  WriteNext();
}

void ReplyWriter::OnDone() {
  std::shared_ptr<ReplyWriter> self;  // destroyed after the lock is released
  {
    absl::MutexLock lock(&mutex_);
    self = std::move(self_);
  }
}

void ReplyWriter::WriteNext() {
  if (writing_ || finished_) return;
  if (!queue_.empty()) {
    writing_ = true;
    StartWrite(&queue_.front());
  } else if (last_) {
    finished_ = true;
    grpc::ServerWriteReactor<grpc::ByteBuffer>::Finish(*last_);
  }
}

}  // namespace tracegate
